// Shapes of zones: which are refused, and what lies in them.
#include "central/app/tariffs/shape.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace plus7;
using namespace plus7::central;
using app::tariffs::check_shape;
using app::tariffs::holds;
using store::Ring;
using store::Shape;

namespace {

// The corners south-west and north-east.
Ring box(double south, double west, double north, double east) {
    return {{south, west}, {south, east}, {north, east}, {north, west}, {south, west}};
}

std::string fault(const Shape& shape) {
    const auto good = check_shape(shape);
    return good ? "" : good.error().message;
}

}  // namespace

TEST_CASE("a shape is what it covers, with its edge and without its holes") {
    const Shape ring{{box(55, 37, 56, 38), box(55.4, 37.4, 55.6, 37.6)}};
    REQUIRE(fault(ring) == "");
    CHECK(holds(ring, {55.2, 37.2}));
    CHECK(holds(ring, {55, 37.5}));
    CHECK(holds(ring, {55, 37}));
    CHECK_FALSE(holds(ring, {55.5, 37.5}));
    CHECK_FALSE(holds(ring, {54.999, 37.5}));
}

TEST_CASE("the direction of a ring does not matter, and a shape may have parts") {
    auto turned = box(55, 37, 56, 38);
    std::reverse(turned.begin(), turned.end());
    const Shape two{{turned}, {box(57, 39, 58, 40)}};
    REQUIRE(fault(two) == "");
    CHECK(holds(two, {55.5, 37.5}));
    CHECK(holds(two, {57.5, 39.5}));
    CHECK_FALSE(holds(two, {56.5, 38.5}));
}

TEST_CASE("what is no ground to deliver on is refused, and the words say why") {
    CHECK(fault({}).find("at least one polygon") != std::string::npos);
    CHECK(fault({{}}).find("without a ring") != std::string::npos);
    CHECK(fault({{{{55, 37}, {55, 38}, {55, 37}}}}).find("at least 4 points") != std::string::npos);
    auto open = box(55, 37, 56, 38);
    open.back() = {55, 37.1};
    CHECK(fault({{open}}).find("not closed") != std::string::npos);
    CHECK(fault({{box(55, 170, 56, 190)}}).find("not on the globe") != std::string::npos);
    const Ring even{{55, 37}, {56, 38}, {56, 37}, {55, 38}, {55, 37}};
    CHECK(fault({{even}}).find("crosses itself") != std::string::npos);
    const Ring bow{{55, 37}, {56, 38}, {56, 37}, {55, 40}, {55, 37}};
    CHECK(fault({{bow}}).find("crosses itself") != std::string::npos);
    CHECK(fault({{{{55, 37}, {55, 38}, {55, 39}, {55, 37}}}}) != "");
    CHECK(fault({{box(55, 37, 56, 38)}, {box(55.5, 37.5, 57, 39)}}).find("crosses itself or another one") !=
          std::string::npos);
    CHECK(fault({{box(55, 37, 56, 38), box(57, 37, 58, 38)}}).find("hole") != std::string::npos);
}

TEST_CASE("an outline of more than 10 000 points is refused") {
    Ring fine;
    const auto put = [&](std::size_t points) {
        fine.clear();
        for (std::size_t i = 0; i + 2 < points; ++i) fine.push_back({55 + static_cast<double>(i) * 1e-4, 37});
        fine.push_back({55.5, 38});
        fine.push_back(fine.front());
    };
    put(app::tariffs::most_vertices);
    CHECK(fault({{fine}}) == "");
    put(app::tariffs::most_vertices + 1);
    CHECK(fault({{fine}}).find("10 000") != std::string::npos);
}
