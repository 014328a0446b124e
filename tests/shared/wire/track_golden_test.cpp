// The bytes of version 1 are frozen: devices in the field wrote them. A change here is a new version, not a new number.
// The same numbers on every architecture are also the proof that nothing in the codec depends on the machine.
#include <doctest/doctest.h>

#include "shared/core/hash.hpp"
#include "shared/wire/track_block.hpp"
#include "shared/wire/track_open.hpp"
#include "tests/shared/wire/track_walks.hpp"
#include "tests/tracks/tracks.hpp"

namespace core = plus7::core;
namespace wire = plus7::wire;
using namespace plus7::test;
using plus7::model::Fix;

namespace {

std::vector<Fix> three_fixes() {
    std::vector<Fix> fixes(3);
    for (std::size_t i = 0; i < fixes.size(); ++i) {
        fixes[i].time = core::time_ms(1'795'255'200'000 + static_cast<std::int64_t>(i) * 2000);
        const auto step = static_cast<double>(i);
        fixes[i].place = {(4'801'234 + step) / 1e5, (3'780'285 - 3 * step) / 1e5};
        fixes[i].speed_mps = 1.5;
        fixes[i].course_deg = 296;
        fixes[i].accuracy_m = 4;
        fixes[i].is_3d = true;
    }
    fixes[2].course_deg.reset();
    return fixes;
}

// One number for all the blocks of a track: CRC-32C of the blocks one after another.
std::uint32_t digest(const std::vector<Fix>& track, std::size_t per_block, wire::PositionUnit unit) {
    core::Bytes all;
    for (std::size_t i = 0; i < track.size(); i += per_block) {
        const auto block =
            wire::encode_track_block(std::span{track}.subspan(i, std::min(per_block, track.size() - i)), {unit});
        all.insert(all.end(), block->begin(), block->end());
    }
    return core::crc32c(all);
}

}  // namespace

TEST_CASE("a small block has exactly these bytes") {
    const auto block = wire::encode_track_block(three_fixes());
    REQUIRE(block.ok());
    CHECK(core::to_hex(*block) == "01ffe97a17f1e85bdfec0b5625c11b682180687a0fa885");
    const auto read = wire::decode_track_block(*core::from_hex("01ffe97a17f1e85bdfec0b5625c11b682180687a0fa885"));
    REQUIRE(read.ok());
    CHECK(read->fixes == three_fixes());
}

TEST_CASE("a small open row has exactly these bytes") {
    const auto row = wire::encode_open_fixes(three_fixes());
    REQUIRE(row.ok());
    CHECK(core::to_hex(*row) == "10030f80a4e3d8bf68a48bca04fabacd031ea802080fa01f02050000000da01f02050000ce0f945a");
    const auto read = wire::decode_open_fixes(
        *core::from_hex("10030f80a4e3d8bf68a48bca04fabacd031ea802080fa01f02050000000da01f02050000ce0f945a"));
    REQUIRE(read.ok());
    CHECK(read->fixes == three_fixes());
}

TEST_CASE("thousands of fixes of every kind encode to the bytes they always had") {
    const auto bike = recorded_track("bike-2s.gpx");
    const auto wild = noise(42, 600);
    WalkOptions options;
    options.count = 600;
    options.missing_percent = 10;
    options.millisecond_jitter = 3;
    const auto walk = random_walk(42, options);
    CHECK(digest(walk, 60, wire::PositionUnit::e5) == 0x8BA8CE48U);
    CHECK(digest(walk, 600, wire::PositionUnit::e6) == 0x62B2AF19U);
    CHECK(digest(wild, 600, wire::PositionUnit::e5) == 0x4119DBECU);
    CHECK(digest(wild, 60, wire::PositionUnit::e6) == 0xAA4C0591U);
    // Speed and course of this one come from sines; rounded to steps they are the same everywhere.
    CHECK(digest(bike, 60, wire::PositionUnit::e5) == 0x6A0AB722U);
}
