#include "agent/sync/watchdog.hpp"

namespace plus7::agent::sync {

Watchdog::Advice Watchdog::tick(Milliseconds now, bool connected, bool fact_waits) {
    if (!fact_waits) progress();
    if (!connected || !fact_waits) {
        last_.reset();
        return Advice::none;
    }
    if (last_) stuck_ += now - *last_;
    last_ = now;
    if (stuck_ >= timings_.process_limit) {
        progress();
        return Advice::new_process;
    }
    if (stuck_ - advised_ < timings_.client_limit) return Advice::none;
    advised_ = stuck_;
    return Advice::new_client;
}

}  // namespace plus7::agent::sync
