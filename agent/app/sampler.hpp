// Decides which of gpsd's fixes are worth keeping: by time, distance and turn, and rarely while the courier stands.
// Pure: no clock, no I/O; time is that of the fixes. Owned by Tracking, one thread.
#pragma once
#include <chrono>
#include <optional>

#include "shared/model/fix.hpp"

namespace plus7::agent::app {

// Comes from central's policy (view row `policy/sampling`); these defaults hold until one is applied.
struct SamplingPolicy {
    std::chrono::milliseconds interval{std::chrono::seconds{5}};              // moving: at least this often
    std::chrono::milliseconds stationary_interval{std::chrono::seconds{60}};  // standing: this often
    std::chrono::milliseconds stationary_after{std::chrono::seconds{45}};  // within the radius for so long = standing
    double distance_m = 40;                                                // moving: sooner after this way
    double turn_deg = 25;                                                  // moving: sooner at a turn of this much
    double turn_speed_mps = 1.5;                                           // below it the course of a receiver is noise
    double stationary_radius_m = 15;                                       // leaving this circle ends standing at once
    double worst_accuracy_m = 150;                                         // a fix worse than this says nothing
};

class Sampler {
  public:
    explicit Sampler(SamplingPolicy policy) : policy_(policy) {}

    void set_policy(SamplingPolicy policy) { policy_ = policy; }
    // Forget the past: a new shift, or a gap.
    void reset() { *this = Sampler(policy_); }

    // The fix to keep, with is_turn and is_stationary set; nothing if this one adds too little, is invalid, inaccurate,
    // or not newer than the last one taken.
    std::optional<model::Fix> take(const model::Fix& fix);

    bool is_stationary() const { return stationary_; }

  private:
    bool is_usable(const model::Fix& fix) const;
    void follow_anchor(const model::Fix& fix);
    bool turned(const model::Fix& fix) const;

    SamplingPolicy policy_;
    std::optional<model::Fix> kept_;    // the last fix taken
    std::optional<model::Fix> anchor_;  // where the circle of standing lies
    bool stationary_ = false;
};

}  // namespace plus7::agent::app
