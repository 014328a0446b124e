// Open rows: what they keep, and that sealing from them loses nothing more.
#include "shared/wire/track_open.hpp"

#include <doctest/doctest.h>

#include "tests/shared/wire/track_walks.hpp"
#include "tests/tracks/tracks.hpp"

namespace core = plus7::core;
namespace wire = plus7::wire;
using namespace plus7::test;

TEST_CASE("an open row keeps its fixes within the stated rounding") {
    for (const auto unit : {wire::PositionUnit::e5, wire::PositionUnit::e6}) {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            WalkOptions options;
            options.count = 1 + seed;
            options.missing_percent = static_cast<int>(seed % 4 * 30);
            options.millisecond_jitter = 9;
            const auto fixes = seed % 5 == 4 ? noise(seed, 20) : random_walk(seed, options);
            const auto row = wire::encode_open_fixes(fixes, {unit});
            REQUIRE(row.ok());
            const auto read = wire::decode_open_fixes(*row);
            REQUIRE(read.ok());
            CHECK(read->unit == unit);
            check_kept(fixes, *read);
        }
    }
}

TEST_CASE("a block sealed from rows is the block sealed from the fixes themselves") {
    auto fixes = recorded_track("bike-2s.gpx");
    fixes.resize(60);
    std::vector<plus7::model::Fix> from_rows;
    for (std::size_t i = 0; i < fixes.size(); i += 10) {
        const auto row = wire::encode_open_fixes(std::span{fixes}.subspan(i, 10));
        REQUIRE(row.ok());
        const auto read = wire::decode_open_fixes(*row);
        REQUIRE(read.ok());
        from_rows.insert(from_rows.end(), read->fixes.begin(), read->fixes.end());
    }
    CHECK(*wire::encode_track_block(from_rows) == *wire::encode_track_block(fixes));
}

TEST_CASE("an open row of ten fixes stays below a hundred bytes") {
    auto fixes = recorded_track("bike-2s.gpx");
    fixes.resize(10);
    CHECK(wire::encode_open_fixes(fixes)->size() < 100);
}

TEST_CASE("a torn, flipped, empty or foreign open row is refused") {
    const core::Bytes row = wire::encode_open_fixes(random_walk(3, {.count = 10})).value();
    for (std::size_t i = 0; i < row.size(); ++i) {
        CHECK_FALSE(wire::decode_open_fixes(core::ByteView{row}.first(i)).ok());
        core::Bytes flipped = row;
        flipped[i] = static_cast<std::uint8_t>(flipped[i] ^ 0x41U);
        CHECK_FALSE(wire::decode_open_fixes(flipped).ok());
    }
    CHECK_FALSE(wire::decode_open_fixes(*wire::encode_track_block(random_walk(3))).ok());
    CHECK_FALSE(wire::decode_track_block(row).ok());
}

TEST_CASE("an open row refuses what a block refuses") {
    CHECK(wire::encode_open_fixes({}).error().kind == core::ErrorKind::limit);
    CHECK(wire::encode_open_fixes(random_walk(1, {.count = 601})).error().kind == core::ErrorKind::limit);
    auto fixes = random_walk(1, {.count = 2});
    fixes[1].place.lat = 91;
    CHECK(wire::encode_open_fixes(fixes).error().kind == core::ErrorKind::invalid);
}
