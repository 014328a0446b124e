#include "tests/driving/driver.hpp"

#include <algorithm>
#include <cmath>

namespace plus7::test {
namespace {

constexpr double step_s = 0.25;
constexpr double door_m = 0.5;  // so near counts as there

// Invented but ordinary numbers: walkers 4.5 … 6 km/h, bicycles 14 … 22, cars below the sign in town.
struct Vehicle {
    double accelerate, brake;  // m/s²
    double least_mps, most_mps;
    StreetWalk::Reach reach;
    double light_every_m;  // mean distance between waits at lights; 0: none
};
Vehicle vehicle_of(Profile profile) {
    if (profile == Profile::car) return {1.6, 2.2, 5, 25, {600, 4000}, 450};
    if (profile == Profile::bike) return {0.8, 1.5, 3.9, 6.1, {300, 2500}, 700};
    return {0.8, 1.0, 1.2, 1.65, {150, 900}, 0};
}

// The speed at which a turn of so many degrees is taken.
double corner_mps(Profile profile, double turn_deg, double cruise) {
    if (profile == Profile::foot || turn_deg < 15) return cruise;
    const double car = turn_deg < 45 ? 8.5 : turn_deg < 100 ? 4.5 : 2.2;
    return std::min(cruise, profile == Profile::car ? car : car * 0.7);
}

}  // namespace

core::Result<Driver> Driver::start(std::shared_ptr<const Streets> streets, Profile profile, std::uint64_t seed) {
    auto walk = StreetWalk::begin(std::move(streets), profile, vehicle_of(profile).reach, seed);
    if (!walk) return walk.error();
    return Driver(std::move(*walk), profile, seed);
}

Driver::Driver(StreetWalk walk, Profile profile, std::uint64_t seed)
    : walk_(std::move(walk)),
      profile_(profile),
      dice_(seed ^ 0x9e3779b97f4a7c15ULL),
      temper_(between(dice_, 0.75, 1)),
      path_({walk_.place()}) {
    plan();
    // Not everybody is at the start of a way when the day is looked at.
    at_m_ = between(dice_, 0, 0.5) * path_.length_m();
    pass_limits();
    wait_s_ = between(dice_, 0, 20);
    at_customer_ = false;
}

void Driver::plan() {
    const auto route = walk_.next();
    path_ = Path(route.line);
    const auto vehicle = vehicle_of(profile_);
    const double legal = route.length_m / std::max(route.seconds, 1.0);
    const double possible = profile_ == Profile::car ? legal : vehicle.most_mps;
    cruise_mps_ = std::clamp(possible * temper_, vehicle.least_mps, vehicle.most_mps);
    limits_.clear();
    for (const auto& corner : path_.corners())
        limits_.push_back({corner.at_m, corner_mps(profile_, corner.turn_deg, cruise_mps_)});
    if (vehicle.light_every_m > 0) add_lights(vehicle.light_every_m);
    limits_.push_back({path_.length_m(), 0});
    next_limit_ = 0;
    at_m_ = 0;
    speed_mps_ = 0;
}

void Driver::add_lights(double every_m) {
    for (double at = between(dice_, 0.2, 1.8) * every_m; at < path_.length_m() - 30;
         at += between(dice_, 0.2, 1.8) * every_m)
        limits_.push_back({at, 0, between(dice_, 4, 40)});
    std::sort(limits_.begin(), limits_.end(), [](const Limit& a, const Limit& b) { return a.at_m < b.at_m; });
}

Moment Driver::advance(double seconds) {
    arrived_ = false;
    for (double left = seconds; left > 0; left -= step_s) step(std::min(step_s, left));
    Moment moment{path_.place_at(at_m_), speed_mps_, {}, arrived_};
    if (speed_mps_ > 0) moment.course_deg = path_.course_at(at_m_);
    return moment;
}

void Driver::step(double seconds) {
    if (wait_s_ > 0) {
        speed_mps_ = 0;
        wait_s_ -= seconds;
        if (wait_s_ <= 0 && at_customer_) {
            at_customer_ = false;
            plan();
        }
        return;
    }
    const auto vehicle = vehicle_of(profile_);
    speed_mps_ = std::min(speed_mps_ + vehicle.accelerate * seconds, allowed_mps());
    at_m_ = std::min(at_m_ + speed_mps_ * seconds, path_.length_m());
    pass_limits();
    if (path_.length_m() - at_m_ > door_m) return;
    speed_mps_ = 0;
    at_customer_ = arrived_ = true;
    wait_s_ = between(dice_, least_stop_s, most_stop_s);
}

double Driver::allowed_mps() const {
    const double brake = vehicle_of(profile_).brake;
    double allowed = cruise_mps_;
    for (auto i = next_limit_; i < limits_.size(); ++i) {
        const double ahead = std::max(0.0, limits_[i].at_m - at_m_);
        if (ahead > cruise_mps_ * cruise_mps_ / (2 * brake) + cruise_mps_) break;
        // So fast that after one more step braking still suffices: v·s + (v² − there²) / 2b = ahead.
        const double there = limits_[i].speed_mps, lag = brake * step_s;
        allowed = std::min(allowed, std::max(there, std::sqrt(lag * lag + there * there + 2 * brake * ahead) - lag));
    }
    return std::max(allowed, 0.3);  // the last decimetres are crept
}

void Driver::pass_limits() {
    while (next_limit_ < limits_.size() && limits_[next_limit_].at_m <= at_m_ + door_m) {
        if (limits_[next_limit_].wait_s > 0) wait_s_ = limits_[next_limit_].wait_s;
        ++next_limit_;
    }
}

}  // namespace plus7::test
