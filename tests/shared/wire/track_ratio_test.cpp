// The project's own measure: bytes per fix against the entropy floor of the same track (tests/tracks/floor.hpp). Bytes
// are the same on every machine, so this is a test and not a measurement.
#include <doctest/doctest.h>

#include <numeric>

#include "shared/wire/track_block.hpp"
#include "tests/tracks/floor.hpp"
#include "tests/tracks/tracks.hpp"

namespace wire = plus7::wire;
using namespace plus7::test;

namespace {

double ratio(const std::vector<plus7::model::Fix>& track, std::size_t per_block) {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < track.size(); i += per_block) {
        const auto count = std::min(per_block, track.size() - i);
        bytes += wire::encode_track_block(std::span{track}.subspan(i, count)).value().size();
    }
    return static_cast<double>(bytes) / static_cast<double>(track.size()) / entropy_floor(track).bytes_per_fix();
}

}  // namespace

TEST_CASE("recorded tracks stay below the floor of a simple coder, in blocks of 60 and of 600") {
    const auto bike = recorded_track("bike-2s.gpx");
    const auto car = recorded_track("car-2s.gpx");
    CHECK(ratio(bike, 60) <= 0.80);
    CHECK(ratio(car, 60) <= 0.95);
    CHECK(ratio(bike, 600) <= 0.65);
    CHECK(ratio(car, 600) <= 0.82);
}

TEST_CASE("the floor of a track is the entropy of its rounded differences") {
    // Every second fix goes one step north, every fix one east: one bit for latitude, none for the rest.
    std::vector<plus7::model::Fix> track(201);
    for (std::size_t i = 0; i < track.size(); ++i) {
        track[i].time = plus7::core::time_ms(static_cast<std::int64_t>(i) * 1000);
        track[i].place = {static_cast<double>(i / 2) / 1e5, static_cast<double>(i) / 1e5};
    }
    const Floor floor = entropy_floor(track);
    CHECK(floor.bytes_per_fix() == doctest::Approx(1.0 / 8).epsilon(0.001));
    CHECK(floor.columns[1].name == "latitude");
    CHECK(floor.columns[1].bits_per_fix == doctest::Approx(1.0).epsilon(0.001));
}
