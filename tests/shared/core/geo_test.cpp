#include "shared/core/geo.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace plus7::core;

TEST_CASE("one degree of latitude is about 111.2 km everywhere") {
    CHECK(distance_m({0, 0}, {1, 0}) == doctest::Approx(111'195).epsilon(0.001));
    CHECK(distance_m({59, 30}, {60, 30}) == doctest::Approx(111'195).epsilon(0.001));
}

TEST_CASE("distance crosses the antimeridian by the short way and is zero on the spot") {
    CHECK(distance_m({0, 179.9}, {0, -179.9}) == doctest::Approx(22'239).epsilon(0.001));
    CHECK(distance_m({55.8, 37.6}, {55.8, 37.6}) == 0);
    CHECK(distance_m({90, 0}, {-90, 0}) == doctest::Approx(20'015'115).epsilon(0.001));
}

TEST_CASE("bearings follow the compass") {
    CHECK(bearing_deg({0, 0}, {1, 0}) == doctest::Approx(0));
    CHECK(bearing_deg({0, 0}, {0, 1}) == doctest::Approx(90));
    CHECK(bearing_deg({1, 0}, {0, 0}) == doctest::Approx(180));
    CHECK(bearing_deg({0, 0}, {0, -1}) == doctest::Approx(270));
}

TEST_CASE("travelling a distance on a bearing arrives at that distance on that bearing") {
    const LatLon start{55.81, 37.6};
    for (const double bearing : {0.0, 37.0, 123.0, 250.0, 359.0}) {
        const auto end = travel(start, bearing, 1500);
        CHECK(distance_m(start, end) == doctest::Approx(1500).epsilon(0.0001));
        CHECK(turn_deg(bearing_deg(start, end), bearing) < 0.01);
    }
    CHECK(travel({0, 179.99}, 90, 5000).lon < 0);
}

TEST_CASE("a turn is the smallest angle between two courses") {
    CHECK(turn_deg(350, 10) == doctest::Approx(20));
    CHECK(turn_deg(10, 350) == doctest::Approx(20));
    CHECK(turn_deg(0, 180) == doctest::Approx(180));
}

TEST_CASE("a place outside the globe or not a number is not valid") {
    CHECK(is_valid({90, 180}));
    CHECK_FALSE(is_valid({90.1, 0}));
    CHECK_FALSE(is_valid({0, -180.1}));
    CHECK_FALSE(is_valid({NAN, 0}));
    CHECK_FALSE(is_valid({0, NAN}));
}
