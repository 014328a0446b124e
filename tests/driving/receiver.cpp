#include "tests/driving/receiver.hpp"

#include <algorithm>
#include <cmath>

namespace plus7::test {
namespace {

constexpr double sigma_m = 2.2;  // per axis
constexpr double wander_s = 40;  // the error of now says little about that in so many seconds
constexpr double course_from_mps = 0.5;

}  // namespace

double Receiver::noise() {
    double sum = 0;
    for (int i = 0; i < 12; ++i) sum += between(dice_, -0.5, 0.5);
    return sum;
}

model::Fix Receiver::fix(const Moment& moment, core::TimeMs time, double seconds) {
    const double keep = std::exp(-seconds / wander_s);
    const double fresh = sigma_m * std::sqrt(1 - keep * keep);
    east_m_ = east_m_ * keep + fresh * noise();
    north_m_ = north_m_ * keep + fresh * noise();
    const double error = std::min(std::hypot(east_m_, north_m_), worst_error_m);
    const double direction = std::atan2(east_m_, north_m_) * 180 / std::acos(-1.0);
    model::Fix fix;
    fix.time = time;
    fix.place = core::travel(moment.place, direction < 0 ? direction + 360 : direction, error);
    fix.speed_mps = std::max(0.0, moment.speed_mps + (moment.speed_mps > 0 ? 0.15 * noise() : 0.02));
    if (moment.course_deg && *fix.speed_mps >= course_from_mps)
        fix.course_deg = std::fmod(*moment.course_deg + 2 * noise() + 360, 360);
    fix.accuracy_m = std::clamp(2.5 + 0.3 * error + 0.3 * noise(), 1.0, 8.0);
    fix.is_3d = true;
    return fix;
}

}  // namespace plus7::test
