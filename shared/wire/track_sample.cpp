#include "shared/wire/track_sample.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

namespace plus7::wire {
namespace {

// Steps of 1 m below 16 m, then eight steps an octave: 16, 18, … 30, 32, 36, … 60, 64, 72 …
std::int32_t accuracy_step(double metres) {
    const auto whole = static_cast<std::uint32_t>(std::llround(std::min(metres, 65'000.0)));
    if (whole < 16) return static_cast<std::int32_t>(whole);
    const int shift = static_cast<int>(std::bit_width(whole)) - 4;
    const auto mantissa = static_cast<std::int32_t>((whole + (1U << (shift - 1))) >> shift);  // 8 … 16
    return std::min(8 * shift + mantissa, max_accuracy);
}

double accuracy_metres(std::int32_t step) {
    if (step < 16) return step;
    const int shift = step / 8 - 1;
    return static_cast<double>((8 + step % 8) << shift);
}

bool usable(const std::optional<double>& value, bool signed_ok) {
    return !value || (std::isfinite(*value) && (signed_ok || *value >= 0));
}

}  // namespace

core::Result<TrackSample> to_sample(const model::Fix& fix, PositionUnit unit) {
    TrackSample sample;
    sample.time_ms = core::count(fix.time);
    if (sample.time_ms < 0 || sample.time_ms > max_sample_time_ms) {
        return core::invalid("a fix's time lies outside the years 1970 to 2242");
    }
    if (!core::is_valid(fix.place)) return core::invalid("a fix lies off the globe or is not a number");
    if (!usable(fix.speed_mps, false)) return core::invalid("a fix's speed is negative or not a number");
    if (!usable(fix.course_deg, true)) return core::invalid("a fix's course is not a number");
    if (!usable(fix.accuracy_m, false)) return core::invalid("a fix's accuracy is negative or not a number");

    const std::int32_t degree = units_per_degree(unit);
    sample.lat = static_cast<std::int32_t>(std::llround(fix.place.lat * degree));
    sample.lon = static_cast<std::int32_t>(std::llround(fix.place.lon * degree));
    if (sample.lon == 180 * degree) sample.lon = -180 * degree;
    if (fix.speed_mps) {
        sample.speed = static_cast<std::int32_t>(std::llround(std::min(*fix.speed_mps, 1000.0) * 10));
    }
    if (fix.course_deg) {
        const double turn = std::remainder(*fix.course_deg, 360.0);  // −180 … 180
        sample.course = static_cast<std::int32_t>((std::llround(turn / 2) + course_steps) % course_steps);
    }
    if (fix.accuracy_m) sample.accuracy = accuracy_step(*fix.accuracy_m);
    sample.is_3d = fix.is_3d;
    sample.is_turn = fix.is_turn;
    sample.is_stationary = fix.is_stationary;
    return sample;
}

model::Fix to_fix(const TrackSample& sample, PositionUnit unit) {
    const double degree = units_per_degree(unit);
    model::Fix fix;
    fix.time = core::time_ms(sample.time_ms);
    fix.place = {sample.lat / degree, sample.lon / degree};
    if (sample.speed != TrackSample::absent) fix.speed_mps = sample.speed / 10.0;
    if (sample.course != TrackSample::absent) fix.course_deg = sample.course * 2.0;
    if (sample.accuracy != TrackSample::absent) fix.accuracy_m = accuracy_metres(sample.accuracy);
    fix.is_3d = sample.is_3d;
    fix.is_turn = sample.is_turn;
    fix.is_stationary = sample.is_stationary;
    return fix;
}

}  // namespace plus7::wire
