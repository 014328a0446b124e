#include "tests/shared/wire/track_walks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "shared/wire/track_frame.hpp"

namespace plus7::test {
namespace {

constexpr std::int64_t start_ms = 1'795'255'200'000;  // 2026-11-21T10:00:00Z

std::int64_t pick(std::mt19937_64& engine, std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(engine() % static_cast<std::uint64_t>(most - least + 1));
}

void check_optional(const std::optional<double>& written, const std::optional<double>& read, double tolerance) {
    REQUIRE(written.has_value() == read.has_value());
    if (written) CHECK(std::fabs(*written - *read) <= tolerance + 1e-9);
}

}  // namespace

std::vector<model::Fix> random_walk(std::uint64_t seed, const WalkOptions& options) {
    std::mt19937_64 engine{seed};
    std::vector<model::Fix> fixes;
    core::LatLon place = options.start;
    std::int64_t time = start_ms;
    const auto given = [&] { return pick(engine, 0, 99) >= options.missing_percent; };
    for (std::size_t i = 0; i < options.count; ++i) {
        model::Fix fix;
        fix.time = core::time_ms(time + pick(engine, -options.millisecond_jitter, options.millisecond_jitter));
        fix.place = place;
        if (given()) fix.speed_mps = static_cast<double>(pick(engine, 0, 300)) / 100;
        if (given()) fix.course_deg = static_cast<double>(pick(engine, 0, 35'999)) / 100;
        if (given()) fix.accuracy_m = static_cast<double>(pick(engine, 10, 2000)) / 100;
        fix.is_3d = pick(engine, 0, 9) > 0;
        fix.is_turn = pick(engine, 0, 9) == 0;
        fix.is_stationary = pick(engine, 0, 19) == 0;
        fixes.push_back(fix);
        time += options.interval_ms;
        place.lat =
            std::clamp(place.lat + static_cast<double>(pick(engine, -options.step_e5 * 10, options.step_e5 * 10)) / 1e6,
                       -90.0, 90.0);
        place.lon = std::remainder(
            place.lon + static_cast<double>(pick(engine, -options.step_e5 * 10, options.step_e5 * 10)) / 1e6, 360.0);
    }
    return fixes;
}

std::vector<model::Fix> noise(std::uint64_t seed, std::size_t count) {
    std::mt19937_64 engine{seed};
    std::vector<model::Fix> fixes(count);
    for (model::Fix& fix : fixes) {
        fix.time = core::time_ms(pick(engine, 0, wire::max_sample_time_ms));
        fix.place = {static_cast<double>(pick(engine, -90'000'000, 90'000'000)) / 1e6,
                     static_cast<double>(pick(engine, -180'000'000, 180'000'000)) / 1e6};
        if (engine() % 2 != 0) fix.speed_mps = static_cast<double>(pick(engine, 0, 10'000)) / 10;
        if (engine() % 2 != 0) fix.course_deg = static_cast<double>(pick(engine, 0, 359));
        if (engine() % 2 != 0) fix.accuracy_m = static_cast<double>(pick(engine, 0, 61'440));
        fix.is_3d = engine() % 2 != 0;
        fix.is_turn = engine() % 2 != 0;
        fix.is_stationary = engine() % 2 != 0;
    }
    return fixes;
}

void check_kept(const std::vector<model::Fix>& written, const wire::TrackBlock& read) {
    REQUIRE(read.fixes.size() == written.size());
    const double half_step = 0.5 / wire::units_per_degree(read.unit) + 1e-12;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const model::Fix& a = written[i];
        const model::Fix& b = read.fixes[i];
        CAPTURE(i);
        CHECK(a.time == b.time);
        CHECK(std::fabs(a.place.lat - b.place.lat) <= half_step);
        CHECK(std::fabs(std::remainder(a.place.lon - b.place.lon, 360.0)) <= half_step);
        check_optional(a.speed_mps, b.speed_mps, 0.05);
        REQUIRE(a.course_deg.has_value() == b.course_deg.has_value());
        if (a.course_deg) CHECK(std::fabs(std::remainder(*a.course_deg - *b.course_deg, 360.0)) <= 1.0 + 1e-9);
        check_optional(a.accuracy_m, b.accuracy_m, a.accuracy_m.value_or(0) < 15.5 ? 0.5 : *a.accuracy_m / 16 + 0.5);
        CHECK(a.is_3d == b.is_3d);
        CHECK(a.is_turn == b.is_turn);
        CHECK(a.is_stationary == b.is_stationary);
    }
}

core::Bytes with_checksum(core::Bytes bytes) {
    bytes.resize(bytes.size() - 4);
    wire::append_checksum(bytes);
    return bytes;
}

}  // namespace plus7::test
