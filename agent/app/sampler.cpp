#include "agent/app/sampler.hpp"

namespace plus7::agent::app {

bool Sampler::is_usable(const model::Fix& fix) const {
    if (!core::is_valid(fix.place)) return false;
    if (fix.accuracy_m && *fix.accuracy_m > policy_.worst_accuracy_m) return false;
    return !kept_ || fix.time > kept_->time;
}

void Sampler::follow_anchor(const model::Fix& fix) {
    if (!anchor_ || core::distance_m(anchor_->place, fix.place) > policy_.stationary_radius_m) {
        anchor_ = fix;
        stationary_ = false;
        return;
    }
    stationary_ = fix.time - anchor_->time >= policy_.stationary_after;
}

bool Sampler::turned(const model::Fix& fix) const {
    if (!fix.course_deg || !kept_->course_deg || fix.speed_mps.value_or(0) < policy_.turn_speed_mps) return false;
    return core::turn_deg(*fix.course_deg, *kept_->course_deg) >= policy_.turn_deg;
}

std::optional<model::Fix> Sampler::take(const model::Fix& fix) {
    if (!is_usable(fix)) return std::nullopt;
    const bool was_stationary = stationary_;
    follow_anchor(fix);

    model::Fix taken = fix;
    taken.is_stationary = stationary_;
    taken.is_turn = kept_ && !stationary_ && turned(fix);
    const auto due = stationary_ ? policy_.stationary_interval : policy_.interval;
    const bool keep = !kept_ || fix.time - kept_->time >= due || taken.is_turn || (was_stationary && !stationary_) ||
                      (!stationary_ && core::distance_m(kept_->place, fix.place) >= policy_.distance_m);
    if (!keep) return std::nullopt;
    kept_ = taken;
    return taken;
}

}  // namespace plus7::agent::app
