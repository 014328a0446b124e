#include "central/maps/shape.hpp"

#include <doctest/doctest.h>

#include "central/maps/grid.hpp"

using namespace plus7;
using namespace plus7::central::maps;

namespace {

const Box frame{{0, 0}, {100, 100}};
const Line clockwise_square{{10, 10}, {90, 10}, {90, 90}, {10, 90}};
const Line hole{{30, 30}, {30, 60}, {60, 60}, {60, 30}};

}  // namespace

TEST_CASE("a place comes back from the grid within 20 cm") {
    const core::LatLon place{55.8202, 37.6117};
    CHECK(core::distance_m(place, to_lat_lon(to_grid(place))) < 0.2);
    CHECK(core::distance_m({48.0, 37.8}, to_lat_lon(to_grid({48.0, 37.8}))) < 0.2);
}

TEST_CASE("places outside the projection are moved to its edge") {
    CHECK(to_grid({90, 0}).y == 0);
    CHECK(to_grid({-90, 0}).y == (1 << 27) - 1);
    CHECK(to_grid({0, 180}).x == (1 << 27) - 1);
}

TEST_CASE("a known place lies in the tile other programs put it in") {
    // slippy map tile of the Ostankino tower at zoom 15: 19807/10232
    const Point point = to_grid({55.8197, 37.6117});
    CHECK(point.x / tile_extent == 19807);
    CHECK(point.y / tile_extent == 10233);
}

TEST_CASE("scaling drops points that fall together") {
    const Line line{{1024, 1024}, {1030, 1030}, {2048, 2048}};
    CHECK(scaled(line, 10) == Line{{32, 32}, {64, 64}});
    CHECK(scaled(line, 15) == line);
}

TEST_CASE("rings have a positive area clockwise and a negative one the other way") {
    CHECK(signed_area(clockwise_square) == 6400);
    CHECK(signed_area({clockwise_square.rbegin(), clockwise_square.rend()}) == -6400);
    CHECK(signed_area({{0, 0}, {5, 5}}) == 0);
}

TEST_CASE("a line that leaves the box and returns gives two parts in its direction") {
    const Line line{{10, 50}, {150, 50}, {150, 60}, {10, 60}};
    const auto parts = clipped(line, frame);
    REQUIRE(parts.size() == 2);
    CHECK(parts[0] == Line{{10, 50}, {100, 50}});
    CHECK(parts[1] == Line{{100, 60}, {10, 60}});
}

TEST_CASE("a line is passed through when it lies inside and dropped when outside") {
    CHECK(clipped({{1, 1}, {2, 2}}, frame) == std::vector<Line>{{{1, 1}, {2, 2}}});
    CHECK(clipped({{101, 1}, {200, 2}}, frame).empty());
    CHECK(clipped({{-50, 20}, {20, -50}}, frame).empty());
    CHECK(clipped({{5, 5}}, frame).empty());
}

TEST_CASE("rings are cut to the box and keep winding and order") {
    const Rings rings = clipped_rings({clockwise_square, hole}, {{0, 0}, {50, 100}});
    REQUIRE(rings.size() == 2);
    CHECK(signed_area(rings[0]) == 40 * 80);
    CHECK(signed_area(rings[1]) == -20 * 30);
}

TEST_CASE("an outer ring that vanishes takes its holes with it") {
    const Line far{{500, 500}, {600, 500}, {600, 600}, {500, 600}};
    CHECK(clipped_rings({far, hole}, frame).empty());
    const Rings second = clipped_rings({far, hole, clockwise_square, hole}, frame);
    CHECK(second.size() == 2);
}

TEST_CASE("a ring around the box becomes the box, also when it crosses itself") {
    const Line around{{-500, -500}, {500, -500}, {500, 500}, {-500, 500}};
    CHECK(signed_area(clipped_rings({around}, frame).at(0)) == 10000);
    const Line bow{{-50, -50}, {150, 150}, {150, -60}, {-50, 160}};
    for (const Line& ring : clipped_rings({bow}, frame)) {
        for (const Point point : ring) CHECK((point.x >= 0 && point.x <= 100 && point.y >= 0 && point.y <= 100));
    }
}

TEST_CASE("thinning keeps corners and ends") {
    Line line;
    for (int i = 0; i <= 100; ++i) line.push_back({i * 10, i % 2});
    line.push_back({1000, 500});
    CHECK(simplified(line, 3) == Line{{0, 0}, {1000, 0}, {1000, 500}});
    CHECK(simplified(line, 0) == line);
    CHECK(simplified_ring({{0, 0}, {50, 1}, {100, 0}, {100, 100}, {0, 100}}, 3).size() == 4);
    CHECK(simplified_ring({{0, 0}, {1, 0}, {1, 1}, {0, 1}}, 3).size() < 3);
}

TEST_CASE("the label of a horseshoe lies on it") {
    const Line horseshoe{{0, 0}, {100, 0}, {100, 100}, {80, 100}, {80, 20}, {20, 20}, {20, 100}, {0, 100}};
    const Point label = label_place({horseshoe});
    CHECK(((label.x < 20 || label.x > 80) || label.y < 20));
    CHECK(label_place({clockwise_square}) == Point{50, 50});
}
