// Notices a session that is connected but gets no fact acked, whatever the reason. Pure; storage thread.
#pragma once
#include <optional>

#include "agent/sync/timings.hpp"

namespace plus7::agent::sync {

class Watchdog {
  public:
    enum class Advice { none, new_client, new_process };

    explicit Watchdog(const Timings& timings) : timings_(timings) {}

    // A fact was acked, or central said that it cannot take facts from this device now.
    void progress() {
        stuck_ = Milliseconds{0};
        advised_ = Milliseconds{0};
    }
    // Called about once a second. Only time spent connected with an unacked fact counts, so that a device that was
    // offline for a week is not restarted when it comes back. new_process is advised again after each further limit.
    Advice tick(Milliseconds now, bool connected, bool fact_waits);

  private:
    const Timings timings_;
    std::optional<Milliseconds> last_;  // of the tick before, if that time counts
    Milliseconds stuck_{0};             // connected, a fact waiting, no ack
    Milliseconds advised_{0};           // `stuck_` when a new client was advised last
};

}  // namespace plus7::agent::sync
