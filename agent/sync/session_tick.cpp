// What the session does by itself as time passes.
#include "agent/sync/session.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::agent::sync {

void Session::tick() {
    const auto now = clock_.mono();
    const bool waits_for_welcome = phase_ == Phase::greeting || phase_ == Phase::held;
    if (waits_for_welcome && now >= hello_at_) say_hello();
    if (phase_ == Phase::running) {
        if (now - asked_blobs_ >= options_.timings.resend_most) {
            asked_blobs_ = now;
            saved(stores_.blobs().ask_again(), "blobs to confirm");
        }
        relay_.pump();
        const auto since = now - state_at_;
        if (since >= options_.timings.state_interval && stores_.unacked() != state_unacked_) publish_state();
    }
    if (!wipe_checked_) wipe_if_due();
    live_.tick(now, phase_ == Phase::running);
    watch();
}

void Session::watch() {
    const bool connected = phase_ != Phase::offline && phase_ != Phase::held;
    switch (watchdog_.tick(clock_.mono(), connected, stores_.fact_waits())) {
        case Watchdog::Advice::none:
            return;
        case Watchdog::Advice::new_client:
            uplink_.renew_client("connected, but no fact is acked");
            return;
        case Watchdog::Advice::new_process:
            runtime::log_error("no fact is acked: the process starts anew");
            if (options_.restart_process) options_.restart_process();
            return;
    }
}

void Session::offer_live(const model::Fix& fix) {
    live_.offer(fix);
    live_.tick(clock_.mono(), phase_ == Phase::running);
}

wire::DeviceState Session::state(bool online) const { return {online, nonce_, options_.boot, stores_.unacked()}; }

void Session::publish_state() {
    const auto now = state(true);
    state_at_ = clock_.mono();
    state_unacked_ = now.unacked;
    uplink_.publish(wire::TopicKind::state, wire::encode(now), {});
}

}  // namespace plus7::agent::sync
