#include "tests/tracks/floor.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace plus7::test {
namespace {

using Column = std::vector<std::int64_t>;
constexpr std::int64_t missing = std::int64_t{1} << 60;

double entropy(const Column& numbers) {
    std::map<std::int64_t, std::size_t> counts;
    for (const std::int64_t number : numbers) ++counts[number];
    double bits = 0;
    const auto total = static_cast<double>(numbers.size());
    for (const auto& [number, count] : counts) {
        const double share = static_cast<double>(count) / total;
        bits -= share * std::log2(share);
    }
    return bits;
}

std::int64_t wrapped(std::int64_t number, std::int64_t period) {
    if (period == 0) return number;
    return ((number + period / 2) % period + period) % period - period / 2;
}

// Differences to the last value that was there.
Column differences(const Column& numbers, std::int64_t period) {
    Column result;
    std::int64_t last = 0;
    bool started = false;
    for (const std::int64_t number : numbers) {
        if (number == missing) {
            result.push_back(missing);
            continue;
        }
        if (started) result.push_back(wrapped(number - last, period));
        last = number;
        started = true;
    }
    return result;
}

double smaller_entropy(const Column& numbers, std::int64_t period) {
    const Column first = differences(numbers, period);
    return std::min(entropy(first), entropy(differences(first, period)));
}

}  // namespace

double Floor::bytes_per_fix() const {
    double bits = 0;
    for (const FloorColumn& column : columns) bits += column.bits_per_fix;
    return bits / 8;
}

Floor entropy_floor(std::span<const model::Fix> fixes, wire::PositionUnit unit) {
    Column time, lat, lon, speed, course, accuracy, flags;
    const auto optional = [](std::int32_t value) { return value == wire::TrackSample::absent ? missing : value; };
    for (const model::Fix& fix : fixes) {
        const auto sample = wire::to_sample(fix, unit);
        if (!sample) throw std::runtime_error(sample.error().message);
        time.push_back(sample->time_ms);
        lat.push_back(sample->lat);
        lon.push_back(sample->lon);
        speed.push_back(optional(sample->speed));
        course.push_back(optional(sample->course));
        accuracy.push_back(optional(sample->accuracy));
        flags.push_back((sample->is_3d ? 1 : 0) + (sample->is_turn ? 2 : 0) + (sample->is_stationary ? 4 : 0));
    }
    const std::int64_t turn = std::int64_t{360} * wire::units_per_degree(unit);
    return {{{"time", smaller_entropy(time, 0)},
             {"latitude", smaller_entropy(lat, 0)},
             {"longitude", smaller_entropy(lon, turn)},
             {"speed", smaller_entropy(speed, 0)},
             {"course", smaller_entropy(course, wire::course_steps)},
             {"accuracy", smaller_entropy(accuracy, 0)},
             {"flags", smaller_entropy(flags, 0)}}};
}

}  // namespace plus7::test
