// The pack of streets: what was written is read, and no bytes from outside are trusted.
#include "shared/wire/map_pack.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace plus7;
using namespace plus7::wire;

namespace {

PackHead city() {
    PackHead head;
    head.area = {3'750'000, 5'575'000, 3'770'000, 5'585'000};
    head.min_zoom = 10;
    head.max_zoom = 14;
    head.attribution = "© OpenStreetMap";
    head.tiles = {{10, 618, 319, 500, 0}, {14, 9903, 5116, 70'000, 0}};
    return head;
}
core::ByteView bytes_of(const std::string& text) { return core::view_of(text); }

}  // namespace

TEST_CASE("a pack's head is read as it was written, and says where its tiles lie") {
    const auto written = pack_head(city()) + std::string(1000, 'x');
    const auto head = read_pack_head(bytes_of(written));
    REQUIRE(head.ok());
    CHECK(head->area == city().area);
    CHECK(head->min_zoom == 10);
    CHECK(head->max_zoom == 14);
    CHECK(head->attribution == city().attribution);
    REQUIRE(head->tiles.size() == 2);
    CHECK(head->tiles[0].offset == pack_head(city()).size());
    CHECK(head->tiles[1].offset == head->tiles[0].offset + 500);
    CHECK(head->tiles[1].x == 9903);
}

TEST_CASE("a cut or strange head is refused") {
    const auto written = pack_head(city());
    for (std::size_t length = 0; length < written.size(); ++length)
        CHECK_FALSE(read_pack_head(bytes_of(written).first(length)));
    auto many = city();
    many.tiles.assign(PackHead::most_tiles + 1, {});
    CHECK_FALSE(read_pack_head(bytes_of(pack_head(many))));
    auto large = city();
    large.tiles[0].size = PackHead::most_file;
    CHECK_FALSE(read_pack_head(bytes_of(pack_head(large))));
    auto empty = city();
    empty.area.east = empty.area.west;
    CHECK_FALSE(read_pack_head(bytes_of(pack_head(empty))));
}

TEST_CASE("changed bytes give a head within its limits, or none") {
    std::mt19937 random(3);
    const auto written = pack_head(city());
    for (int round = 0; round < 20'000; ++round) {
        auto changed = written;
        for (int i = 0; i < 3; ++i) changed[random() % changed.size()] = static_cast<char>(random());
        const auto head = read_pack_head(bytes_of(changed));
        if (!head) continue;
        REQUIRE(is_valid(head->area));
        REQUIRE(head->tiles.size() <= PackHead::most_tiles);
        for (const auto& tile : head->tiles) REQUIRE(tile.offset + tile.size <= PackHead::most_file);
    }
}

TEST_CASE("the area is all places with so much around them, on this side of the date line") {
    const auto area = area_around({{55.80, 37.60}, {55.84, 37.66}}, 2000);
    REQUIRE(area);
    CHECK(area->south == doctest::Approx(5'578'201).epsilon(0.0001));
    CHECK(area->north == doctest::Approx(5'585'799).epsilon(0.0001));
    CHECK(area->west < 3'757'000);
    CHECK(area->east > 3'769'000);
    CHECK(covers(*area, area_around({{55.82, 37.63}}, 500).value()));
    CHECK_FALSE(covers(area_around({{55.82, 37.63}}, 500).value(), *area));
    CHECK_FALSE(area_around({}, 2000));
    CHECK_FALSE(area_around({{0, 179.999}}, 2000));
}
