// From symbols to scans: a code held before the camera is one scan.
#include "agent/camera/sightings.hpp"

#include <doctest/doctest.h>

using namespace plus7;
using namespace std::chrono_literals;
using agent::camera::Sightings;
using agent::camera::Symbol;

namespace {

std::optional<Symbol> matrix(std::string_view code) { return Symbol{core::copy_of(core::view_of(code)), false}; }
std::optional<Symbol> bars(std::string_view code) { return Symbol{core::copy_of(core::view_of(code)), true}; }

}  // namespace

TEST_CASE("a matrix code counts at once, and once while it is held there") {
    Sightings sightings;
    CHECK(sightings.see(matrix("A"), 0ms));
    for (auto now = 100ms; now < 6000ms; now += 100ms) CHECK_FALSE(sightings.see(matrix("A"), now));
    CHECK(sightings.see(matrix("B"), 6000ms));
    CHECK_FALSE(sightings.see(matrix("A"), 6100ms));  // both lie there, the hand trembles
}

TEST_CASE("taken away and shown again it is another scan") {
    Sightings sightings;
    CHECK(sightings.see(matrix("A"), 0ms));
    CHECK_FALSE(sightings.see({}, 100ms));
    CHECK_FALSE(sightings.see(matrix("A"), 1900ms));
    CHECK_FALSE(sightings.see({}, 3000ms));
    CHECK(sightings.see(matrix("A"), 3900ms));
}

TEST_CASE("bars count when two pictures in a row say the same") {
    Sightings sightings;
    CHECK_FALSE(sightings.see(bars("46000005"), 0ms));
    CHECK_FALSE(sightings.see(bars("46000012"), 100ms));
    CHECK_FALSE(sightings.see({}, 200ms));
    CHECK_FALSE(sightings.see(bars("46000012"), 300ms));
    CHECK(sightings.see(bars("46000012"), 400ms));
    CHECK_FALSE(sightings.see(bars("46000012"), 500ms));
}

TEST_CASE("a table full of codes does not grow the memory, and each of them counts once") {
    Sightings sightings;
    auto now = 0ms;
    for (int i = 0; i < 40; ++i) CHECK(sightings.see(matrix("A-" + std::to_string(i)), now += 1ms));
    CHECK_FALSE(sightings.see(matrix("A-39"), now));
    CHECK(sightings.see(matrix("A-0"), now));  // forgotten: the fact is stated again, which the scanning rules bear
}
