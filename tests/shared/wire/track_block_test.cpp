// The track block keeps what it promises, for every kind of track, and refuses what it cannot keep.
#include "shared/wire/track_block.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "tests/shared/wire/track_walks.hpp"
#include "tests/tracks/tracks.hpp"

namespace core = plus7::core;
namespace wire = plus7::wire;
using namespace plus7::test;
using plus7::model::Fix;
using wire::PositionUnit;

namespace {

// Kept within the stated rounding; what was read encodes to the same bytes again.
void check_round_trip(const std::vector<Fix>& fixes, PositionUnit unit = PositionUnit::e5) {
    const auto block = wire::encode_track_block(fixes, {unit});
    REQUIRE(block.ok());
    const auto read = wire::decode_track_block(*block);
    REQUIRE(read.ok());
    CHECK(read->unit == unit);
    check_kept(fixes, *read);
    const auto again = wire::encode_track_block(read->fixes, {unit});
    REQUIRE(again.ok());
    CHECK(*again == *block);
    CHECK(wire::decode_track_block(*again)->fixes == read->fixes);
}

Fix at(std::int64_t seconds, double lat, double lon) {
    Fix fix;
    fix.time = core::time_ms(1'795'255'200'000 + seconds * 1000);
    fix.place = {lat, lon};
    fix.speed_mps = 1.4;
    fix.course_deg = 90;
    return fix;
}

void check_refused(const Fix& fix, core::ErrorKind kind = core::ErrorKind::invalid) {
    const auto block = wire::encode_track_block(std::vector<Fix>{at(0, 1, 1), fix});
    REQUIRE_FALSE(block.ok());
    CHECK(block.error().kind == kind);
}

}  // namespace

TEST_CASE("recorded tracks come back within the stated rounding, in blocks of 60 and 600 and in either unit") {
    for (const char* name : {"bike-2s.gpx", "car-2s.gpx"}) {
        const auto track = recorded_track(name);
        for (const std::size_t per_block : {60U, 600U}) {
            for (std::size_t i = 0; i < track.size(); i += per_block) {
                const auto end = std::min(i + per_block, track.size());
                const std::vector<Fix> part(track.begin() + static_cast<std::ptrdiff_t>(i),
                                            track.begin() + static_cast<std::ptrdiff_t>(end));
                check_round_trip(part, per_block == 60 ? PositionUnit::e5 : PositionUnit::e6);
            }
        }
    }
}

TEST_CASE("random walks of any pace, sampling and completeness come back") {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        WalkOptions options;
        options.count = 1 + seed * 7 % 90;
        options.interval_ms = std::array<std::int64_t, 5>{1000, 2000, 200, 10'000, 0}[seed % 5];
        options.step_e5 = 1 << seed % 14;
        options.missing_percent = static_cast<int>(seed % 4 * 33);
        options.millisecond_jitter = seed % 3 == 0 ? 7 : 0;
        check_round_trip(random_walk(seed, options), seed % 2 == 0 ? PositionUnit::e5 : PositionUnit::e6);
    }
}

TEST_CASE("fixes that have nothing to do with each other come back too") {
    for (std::uint64_t seed = 100; seed < 110; ++seed) {
        check_round_trip(noise(seed, 50), PositionUnit::e5);
        check_round_trip(noise(seed, 50), PositionUnit::e6);
    }
}

TEST_CASE("standing still for a block costs less than a byte a fix") {
    std::vector<Fix> fixes;
    for (int i = 0; i < 60; ++i) {
        Fix fix = at(i * 10, 48.015, 37.8028);
        fix.speed_mps = 0;
        fix.course_deg.reset();
        fix.is_stationary = true;
        fixes.push_back(fix);
    }
    check_round_trip(fixes);
    CHECK(wire::encode_track_block(fixes)->size() < 60);
}

TEST_CASE("a tunnel, a clock that goes back and two fixes of one moment come back") {
    std::vector<Fix> fixes{at(0, 55.7, 37.6), at(1, 55.7001, 37.6001), at(400, 55.72, 37.65),
                           at(401, 55.7201, 37.6501)};
    fixes.push_back(at(401, 55.7202, 37.6501));
    fixes.push_back(at(200, 55.7203, 37.6502));
    fixes.push_back(at(-1'000'000, 55.7203, 37.6502));
    fixes.push_back(at(1'000'000'000, 55.7203, 37.6502));
    check_round_trip(fixes);
}

TEST_CASE("a track across the 180th meridian is as small as the same track elsewhere") {
    const auto line = [](double lon) {
        std::vector<Fix> fixes;
        for (int i = 0; i < 60; ++i) fixes.push_back(at(i, 10, std::remainder(lon + i * 1e-4, 360.0)));
        return fixes;
    };
    check_round_trip(line(179.997));
    const auto across = wire::encode_track_block(line(179.997))->size();
    const auto elsewhere = wire::encode_track_block(line(30.0))->size();
    CHECK(across <= elsewhere + 2);
    check_round_trip({at(0, 0, 180), at(1, 0, -180), at(2, 0, 179.99999)});
}

TEST_CASE("the poles and jumps across the globe come back") {
    check_round_trip({at(0, 90, 0), at(1, 90, 120), at(2, 89.99999, -60), at(3, 90, -180)});
    check_round_trip({at(0, -90, 0), at(1, 90, 179), at(2, -90, -179), at(2, 0, 0), at(2, 0, -180)}, PositionUnit::e6);
}

TEST_CASE("missing speed, course and accuracy stay missing, saturated ones saturate") {
    Fix bare = at(0, 1, 2);
    bare.speed_mps.reset();
    bare.course_deg.reset();
    Fix full = at(1, 1, 2);
    full.speed_mps = 5000;
    full.course_deg = 360;
    full.accuracy_m = 1e9;
    const auto read = wire::decode_track_block(*wire::encode_track_block(std::vector<Fix>{bare, full, bare}));
    REQUIRE(read.ok());
    CHECK_FALSE(read->fixes[0].speed_mps.has_value());
    CHECK_FALSE(read->fixes[0].course_deg.has_value());
    CHECK_FALSE(read->fixes[2].accuracy_m.has_value());
    CHECK(*read->fixes[1].speed_mps == 1000);
    CHECK(*read->fixes[1].course_deg == 0);
    CHECK(*read->fixes[1].accuracy_m == 61'440);
}

TEST_CASE("a block holds one to 600 fixes") {
    WalkOptions options;
    for (const std::size_t count : {1U, 2U, 59U, 60U, 61U, 599U, 600U}) {
        options.count = count;
        check_round_trip(random_walk(count, options));
    }
    options.count = 601;
    for (const auto& fixes : {std::vector<Fix>{}, random_walk(1, options)}) {
        const auto block = wire::encode_track_block(fixes);
        REQUIRE_FALSE(block.ok());
        CHECK(block.error().kind == core::ErrorKind::limit);
    }
}

TEST_CASE("what is not a fix is refused with a reason") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    check_refused(at(0, nan, 0));
    check_refused(at(0, 0, nan));
    check_refused(at(0, 90.001, 0));
    check_refused(at(0, 0, -180.001));
    for (const double bad : {nan, infinity, -1.0}) {
        Fix fix = at(0, 0, 0);
        fix.speed_mps = bad;
        check_refused(fix);
        fix = at(0, 0, 0);
        fix.accuracy_m = bad;
        check_refused(fix);
    }
    Fix fix = at(0, 0, 0);
    fix.course_deg = nan;
    check_refused(fix);
    for (const std::int64_t time :
         {std::int64_t{-1}, wire::max_sample_time_ms + 1, std::numeric_limits<std::int64_t>::min(),
          std::numeric_limits<std::int64_t>::max()}) {
        fix = at(0, 0, 0);
        fix.time = core::time_ms(time);
        check_refused(fix);
    }
}
