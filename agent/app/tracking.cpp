#include "agent/app/tracking.hpp"

#include <algorithm>

namespace plus7::agent::app {
namespace {

SamplingPolicy thinned(SamplingPolicy policy, int times) {
    policy.interval *= times;
    policy.stationary_interval *= times;
    policy.distance_m *= times;
    return policy;
}

}  // namespace

Tracking::Tracking(store::TrackStore& track, SamplingPolicy sampling, Live live)
    : track_(track), sampling_(sampling), sampler_(sampling), live_(std::move(live)) {}

void Tracking::start(std::optional<core::TimeMs> since) { go_on(since, 0, wire::GapReason::no_fix); }

void Tracking::go_on(std::optional<core::TimeMs> since, double distance_m, wire::GapReason reason) {
    active_ = true;
    resting_ = false;
    sampler_.reset();
    last_ = since;
    stopped_from_.reset();
    reason_ = gpsd_gone_ ? wire::GapReason::no_gpsd : reason;
    kept_.reset();
    distance_m_ = distance_m;
}

core::Status Tracking::finish(std::optional<core::TimeMs> now) {
    // A break that the shift ends with is its last gap; one that outlives the process is stated when it is over.
    if (resting_ && now)
        if (const auto stated = resume(now); !stated) return stated;
    if (!active_) return {};
    active_ = false;
    core::Status settled;
    if (now) settled = settle_gap(*now);
    const auto sealed = track_.finish();
    return settled ? sealed : settled;
}

core::Status Tracking::rest(std::optional<core::TimeMs> since) {
    const auto sealed = finish(since);
    rest_on(since, distance_m_);
    return sealed;
}

void Tracking::rest_on(std::optional<core::TimeMs> since, double distance_m) {
    active_ = false;
    resting_ = true;
    last_ = since;
    distance_m_ = distance_m;
}

core::Status Tracking::resume(std::optional<core::TimeMs> now) {
    if (!resting_) return {};
    if (last_ && now && *last_ < *now)
        if (const auto stated = track_.declare_gap({*last_, *now, wire::GapReason::pause, {}}); !stated) return stated;
    go_on(now, distance_m_, wire::GapReason::no_fix);
    return {};
}

core::Status Tracking::fix(const model::Fix& fix, std::chrono::milliseconds mono) {
    gpsd_gone_ = false;
    if (!active_ || (last_ && fix.time <= *last_)) return {};
    if (step_ >= store::StorageStep::stop_tracks) {
        if (!stopped_from_) stopped_from_ = last_.value_or(fix.time);
        live_(fix);
        return {};
    }
    if (!battery_low_) live_(fix);
    if (const auto settled = settle_gap(fix.time); !settled) return settled;  // the gap stays owed
    last_ = fix.time;
    return keep(fix, mono);
}

core::Status Tracking::settle_gap(core::TimeMs until) {
    const auto reason = stopped_from_ ? wire::GapReason::storage : reason_;
    const auto from = stopped_from_ ? stopped_from_ : last_;
    if (!from || until <= *from) return {};
    const bool told = stopped_from_ || reason_ == wire::GapReason::no_gpsd;
    if (!told && until - *from <= gap_after) return {};
    // A declared gap is the end of the stretch before it, for the sampler and for the way.
    sampler_.reset();
    kept_.reset();
    if (const auto stated = track_.declare_gap({*from, until, reason, {}}); !stated) return stated;
    stopped_from_.reset();
    reason_ = wire::GapReason::no_fix;
    last_ = until;
    return {};
}

core::Status Tracking::keep(const model::Fix& fix, std::chrono::milliseconds mono) {
    const auto taken = sampler_.take(fix);
    if (!taken) return {};
    if (kept_ && !taken->is_stationary) distance_m_ += core::distance_m(kept_->place, taken->place);
    kept_ = taken;
    ++kept_fixes_;
    if (battery_low_) live_(*taken);
    return track_.add(*taken, mono);
}

void Tracking::gpsd_lost() {
    gpsd_gone_ = true;
    reason_ = wire::GapReason::no_gpsd;
}

core::Status Tracking::tick(std::chrono::milliseconds mono, bool online) { return track_.tick(mono, online); }

void Tracking::storage(store::StorageStep step) {
    step_ = step;
    follow_policy();
}

void Tracking::save_battery(bool low) {
    battery_low_ = low;
    follow_policy();
}

void Tracking::set_sampling(SamplingPolicy sampling) {
    sampling_ = sampling;
    follow_policy();
}

void Tracking::follow_policy() {
    const int for_space = step_ >= store::StorageStep::thin_tracks ? thinning : 1;
    sampler_.set_policy(thinned(sampling_, std::max(for_space, battery_low_ ? saving : 1)));
}

}  // namespace plus7::agent::app
