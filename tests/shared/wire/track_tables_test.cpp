// The integer trigonometry against the real one.
#include "shared/wire/track_tables.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

namespace tables = plus7::wire::tables;

TEST_CASE("directions and polar forms are near the real ones all the way round") {
    for (int turn = 0; turn < 65'536; turn += 7) {
        const double angle = turn * 2 * std::numbers::pi / 65'536;
        const auto direction = tables::direction(static_cast<tables::Turn16>(turn));
        REQUIRE(std::fabs(direction.north - 16'384 * std::cos(angle)) < 3);
        REQUIRE(std::fabs(direction.east - 16'384 * std::sin(angle)) < 3);
        const auto polar =
            tables::polar(std::llround(50'000 * std::cos(angle)), std::llround(50'000 * std::sin(angle)));
        REQUIRE(std::fabs(static_cast<double>(polar.length) - 50'000) < 20);
        REQUIRE(std::abs(static_cast<std::int16_t>(polar.turn - turn)) < 10);
    }
    CHECK(tables::polar(0, 0).length == 0);
    CHECK(tables::polar(0, -8).turn == 49'152);
}

TEST_CASE("logarithms, roots and cosines of latitudes are near the real ones") {
    for (std::uint32_t x = 1; x < 4'000'000'000U; x += 1 + x / 300) {
        REQUIRE(std::fabs(tables::log2_q8(x) - 256 * std::log2(x)) < 2.5);
        REQUIRE(std::fabs(static_cast<double>(tables::square_root(x)) - std::sqrt(x)) < 1 + 0.009 * std::sqrt(x));
    }
    CHECK(tables::square_root(0) == 0);
    for (std::int64_t lat = -890'000; lat <= 890'000; lat += 1111) {
        const double cosine = std::cos(static_cast<double>(lat) / 1e4 * std::numbers::pi / 180);
        REQUIRE(std::fabs(tables::cos_latitude(lat) - std::max(64.0, 4096 * cosine)) < 3);
    }
    CHECK(tables::cos_latitude(900'000) == 64);
}
