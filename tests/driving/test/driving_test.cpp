#include <doctest/doctest.h>

#include <stdexcept>

#include "central/maps/import.hpp"
#include "tests/driving/driver.hpp"
#include "tests/driving/receiver.hpp"
#include "tests/driving/replay.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/tracks/tracks.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

const std::shared_ptr<const Streets>& city() {
    static const auto streets = [] {
        const TempDir folder;
        const auto map = folder.file("city.mbtiles");
        const auto imported =
            central::maps::import_map({.input = PLUS7_TEST_DATA "/city/moscow-ostankino.osm.gz", .output = map});
        if (!imported) throw std::runtime_error(imported.error().message);
        return std::move(load_streets(map).value());
    }();
    return streets;
}

Driver drive(Profile profile, std::uint64_t seed) {
    auto driver = Driver::start(city(), profile, seed);
    REQUIRE(driver.ok());
    return std::move(*driver);
}

struct Kind {
    Profile profile;
    double most_mps;
    double least_km;  // in an hour, doors and lights included
    double most_km;
};
const Kind kinds[] = {{Profile::car, 25, 1.0, 30}, {Profile::bike, 6.2, 1.0, 18}, {Profile::foot, 1.7, 0.5, 5}};

}  // namespace

TEST_CASE("a courier stays within thirty metres of the streets, also as a receiver sees him") {
    for (const auto& kind : kinds) {
        CAPTURE(static_cast<int>(kind.profile));
        auto driver = drive(kind.profile, 11);
        Receiver receiver(5);
        for (int second = 0; second < 3600; ++second) {
            const auto moment = driver.advance(1);
            const auto fix = receiver.fix(moment, core::time_ms(1'000LL * second), 1);
            if (second % 7 != 0) continue;
            const auto street = city()->graph.nearest(fix.place, kind.profile);
            REQUIRE(street);
            REQUIRE(street->distance_m < 30);
        }
    }
}

TEST_CASE("speeds, accelerations and distances are those of a courier") {
    for (const auto& kind : kinds) {
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            CAPTURE(static_cast<int>(kind.profile));
            CAPTURE(seed);
            auto driver = drive(kind.profile, seed);
            auto before = driver.advance(1);
            double metres = 0;
            for (int second = 1; second < 3600; ++second) {
                const auto now = driver.advance(1);
                const double moved = core::distance_m(before.place, now.place);
                // Between two ways lies a seam of at most 20 m, walked within the second.
                REQUIRE(moved <= kind.most_mps + 1);
                REQUIRE(now.speed_mps <= kind.most_mps);
                REQUIRE(std::abs(now.speed_mps - before.speed_mps) < 3.5);
                metres += moved;
                before = now;
            }
            CHECK(metres > kind.least_km * 1000);
            CHECK(metres < kind.most_km * 1000);
        }
    }
}

TEST_CASE("a courier stands one to six minutes at a door, then goes on") {
    auto driver = drive(Profile::bike, 3);
    int arrivals = 0;
    for (int second = 0; second < 4 * 3600; ++second) {
        const auto moment = driver.advance(1);
        if (!moment.arrived) continue;
        ++arrivals;
        int stood = 0;
        while (driver.advance(1).speed_mps == 0) ++stood;
        CHECK(stood >= Driver::least_stop_s - 2);
        CHECK(stood <= Driver::most_stop_s + 2);
        second += stood;
    }
    CHECK(arrivals >= 8);
}

TEST_CASE("the same seed gives the same drive, another seed another one") {
    auto first = drive(Profile::car, 42), again = drive(Profile::car, 42), other = drive(Profile::car, 43);
    bool differs = false;
    for (int second = 0; second < 1800; ++second) {
        const auto moment = first.advance(1);
        REQUIRE(moment.place == again.advance(1).place);
        if (!(moment.place == other.advance(1).place)) differs = true;
    }
    CHECK(differs);
}

TEST_CASE("nobody is stuck: twelve couriers of all kinds drive for six hours") {
    for (std::uint64_t seed = 100; seed < 112; ++seed) {
        auto driver = drive(kinds[seed % 3].profile, seed);
        int arrivals = 0;
        for (int minute = 0; minute < 6 * 60; ++minute) arrivals += driver.advance(60).arrived ? 1 : 0;
        CAPTURE(seed);
        CHECK(arrivals > 6);
    }
}

TEST_CASE("a replayed track passes its own places at its own times, there and back") {
    const auto track = recorded_track("car-2s.gpx");
    Replay replay(track);
    const std::chrono::duration<double> length = track.back().time - track.front().time;
    CHECK(core::distance_m(replay.advance(0).place, track.front().place) < 1);
    const std::chrono::duration<double> at = track[100].time - track.front().time;
    CHECK(core::distance_m(replay.advance(at.count()).place, track[100].place) < 1);
    CHECK(core::distance_m(replay.advance(length.count() - at.count()).place, track.back().place) < 1);
    CHECK(core::distance_m(replay.advance(length.count() - at.count()).place, track[100].place) < 1);
    CHECK(core::distance_m(replay.advance(at.count()).place, track.front().place) < 5);
}

TEST_CASE("a paced walk has the recorded track's speeds on the map's streets") {
    const auto track = recorded_track("bike-2s.gpx");
    auto walk = StreetWalk::begin(city(), Profile::bike, {300, 2500}, 7);
    REQUIRE(walk.ok());
    PacedWalk paced(track, std::move(*walk));
    const Pace pace(track);
    for (int second = 1; second < 5400; ++second) {
        const auto moment = paced.advance(1);
        if (second < pace.duration_s()) REQUIRE(moment.speed_mps == doctest::Approx(pace.speed_at(second)));
        if (second % 11 != 0) continue;
        const auto street = city()->graph.nearest(moment.place, Profile::bike);
        REQUIRE(street);
        REQUIRE(street->distance_m < 25);
    }
}

TEST_CASE("a track that is none is refused") {
    CHECK_THROWS_AS(Pace({}), std::invalid_argument);
    model::Fix late, early;
    late.time = core::time_ms(2000);
    early.time = core::time_ms(1000);
    CHECK_THROWS_AS(Pace({late, early}), std::invalid_argument);
    CHECK_THROWS_AS(Pace({late, late}), std::invalid_argument);
}

TEST_CASE("a file that is no map is refused with a reason") {
    const TempDir folder;
    const auto missing = load_streets(folder.file("none.mbtiles"));
    REQUIRE(!missing.ok());
    CHECK(!missing.error().message.empty());
}
