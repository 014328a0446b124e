// A fix in the whole numbers the track codecs store, and what rounding to them costs. Block and open rows share it, so
// that sealing a block from rows loses nothing more. Value types; any thread.
//
// Lost, at most: time nothing (1 ms); place half a unit (1e-5 degree: 0.56 m, 1e-6: 0.06 m); speed 0.05 m/s; course 1
// degree; accuracy 0.5 m up to 16 m, above it one part in 16. A longitude of +180 comes back as −180, a course of 360
// as 0. Saturates: speed at 1 000 m/s, accuracy at 60 km. "Not given" stays "not given"; the flags are exact.
// Conversion uses floating point (IEEE double) on the way in and one division on the way out; nothing between depends
// on it.
#pragma once
#include <cstdint>

#include "shared/core/result.hpp"
#include "shared/model/fix.hpp"

namespace plus7::wire {

// The size of one step of latitude and longitude.
enum class PositionUnit : std::uint8_t { e5 = 0, e6 = 1 };  // 1e-5 degree, 1e-6 degree

struct TrackSample {
    static constexpr std::int32_t absent = -1;

    std::int64_t time_ms = 0;        // Unix, 0 … the year 2242
    std::int32_t lat = 0;            // units, −90 … 90 degrees
    std::int32_t lon = 0;            // units, −180 inclusive … 180 degrees exclusive
    std::int32_t speed = absent;     // 0.1 m/s, 0 … max_speed
    std::int32_t course = absent;    // 2 degrees, 0 … 179
    std::int32_t accuracy = absent;  // step of accuracy_step(), 0 … max_accuracy
    bool is_3d = false;
    bool is_turn = false;
    bool is_stationary = false;
    bool operator==(const TrackSample&) const = default;
};

constexpr std::int64_t max_sample_time_ms = (std::int64_t{1} << 33) * 1000 - 1;  // the year 2242
constexpr std::int32_t max_speed = 10'000;
constexpr std::int32_t course_steps = 180;
constexpr std::int32_t max_accuracy = 111;  // 60 km

constexpr std::int32_t units_per_degree(PositionUnit unit) { return unit == PositionUnit::e5 ? 100'000 : 1'000'000; }

// Refuses (invalid): NaN and infinity, a place off the globe, a negative speed or accuracy, a time outside 1970 … 2242.
core::Result<TrackSample> to_sample(const model::Fix& fix, PositionUnit unit);

// The fix a sample stands for; to_sample() of it gives the same sample.
model::Fix to_fix(const TrackSample& sample, PositionUnit unit);

}  // namespace plus7::wire
