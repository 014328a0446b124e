#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "central/maps/import.hpp"
#include "central/maps/tile_source.hpp"
#include "tests/central/maps/city.hpp"
#include "tests/central/maps/decoded_tile.hpp"
#include "tests/central/maps/extract_text.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::central::maps;

namespace {

struct Placed {
    TileId id;
    test::DecodedTile tile;
};

std::vector<Placed> tiles_of(const std::string& map, int zoom) {
    const TileSource source{map};
    const auto metadata = source.metadata();
    REQUIRE(metadata);
    // One more on each side: ways may run out of the extract's bounds.
    const Point first = to_grid({metadata->bounds.north_east.lat, metadata->bounds.south_west.lon});
    const Point last = to_grid({metadata->bounds.south_west.lat, metadata->bounds.north_east.lon});
    const std::int32_t unit = tile_extent << (grid_zoom - zoom);
    std::vector<Placed> result;
    for (std::int32_t x = first.x / unit - 1; x <= last.x / unit + 1; ++x) {
        for (std::int32_t y = first.y / unit - 1; y <= last.y / unit + 1; ++y) {
            const auto tile = source.tile(zoom, x, y);
            if (tile) result.push_back({{zoom, x, y}, test::decode_tile(test::gunzip(tile->data))});
        }
    }
    return result;
}

const std::set<std::string> layer_names{"landuse", "green", "water",       "boundary", "building",
                                        "road",    "poi",   "housenumber", "place"};

void check_feature(const test::DecodedFeature& feature) {
    REQUIRE(feature.sound);
    REQUIRE(!feature.parts.empty());
    for (const Line& part : feature.parts) {
        const int slack = feature.type == 1 ? 0 : tile_buffer;
        const Box box = box_of(part);
        CHECK(std::min(box.low.x, box.low.y) >= -slack);
        CHECK(std::max(box.high.x, box.high.y) <= tile_extent + slack);
        if (feature.type == 2) CHECK(part.size() >= 2);
        if (feature.type == 3) CHECK((part.size() >= 3 && signed_area(part) != 0));
    }
    // The first ring of a polygon is an outer one (MVT 2.1, 4.3.4.4).
    if (feature.type == 3) CHECK(signed_area(feature.parts.front()) > 0);
}

// Names of roads per crossing of the seam between a tile and the one east of it: y to name.
std::multimap<int, std::string> crossings(const test::DecodedTile& tile, int seam_x) {
    std::multimap<int, std::string> result;
    const auto layer = tile.find("road");
    if (layer == tile.end()) return result;
    for (const auto& feature : layer->second.features) {
        for (const Line& part : feature.parts) {
            for (std::size_t i = 1; i < part.size(); ++i) {
                const Point a = part[i - 1], b = part[i];
                if ((a.x < seam_x) == (b.x < seam_x)) continue;
                const double share = static_cast<double>(seam_x - a.x) / (b.x - a.x);
                const auto name = feature.tags.find("name");
                result.emplace(static_cast<int>(std::lround(a.y + share * (b.y - a.y))),
                               name == feature.tags.end() ? "" : name->second);
            }
        }
    }
    return result;
}

}  // namespace

TEST_CASE("every tile of the city follows the vector tile specification") {
    for (int zoom = lowest_zoom; zoom <= highest_zoom; ++zoom) {
        const auto tiles = tiles_of(test::city_map(), zoom);
        CHECK(!tiles.empty());
        for (const Placed& placed : tiles) {
            for (const auto& [name, layer] : placed.tile) {
                CHECK(layer_names.contains(name));
                CHECK(layer.version == 2);
                CHECK(layer.extent == 4096);
                CHECK(!layer.features.empty());
                for (const auto& feature : layer.features) check_feature(feature);
            }
        }
    }
}

TEST_CASE("each zoom shows what belongs on it") {
    const auto count = [](int zoom, const std::string& layer) {
        std::size_t features = 0;
        for (const Placed& placed : tiles_of(test::city_map(), zoom)) {
            const auto found = placed.tile.find(layer);
            if (found != placed.tile.end()) features += found->second.features.size();
        }
        return features;
    };
    CHECK(count(12, "building") == 0);
    CHECK(count(13, "building") > 50);
    CHECK(count(15, "building") > 600);
    CHECK(count(14, "housenumber") == 0);
    CHECK(count(15, "housenumber") > 300);
    CHECK(count(12, "road") > 100);
    CHECK(count(15, "road") > count(13, "road"));
    CHECK(count(12, "water") >= 1);
    CHECK(count(13, "green") > 5);
    CHECK(count(15, "poi") >= 5);
}

TEST_CASE("roads carry class, Russian name and direction") {
    std::set<std::string> classes, names, oneway;
    for (const Placed& placed : tiles_of(test::city_map(), 15)) {
        const auto layer = placed.tile.find("road");
        if (layer == placed.tile.end()) continue;
        for (const auto& feature : layer->second.features) {
            classes.insert(feature.tags.at("class"));
            if (feature.tags.contains("name")) names.insert(feature.tags.at("name"));
            if (feature.tags.contains("oneway")) oneway.insert(feature.tags.at("oneway"));
        }
    }
    for (const char* expected : {"secondary", "tertiary", "residential", "service", "footway", "steps", "rail"}) {
        CHECK(classes.contains(expected));
    }
    CHECK(names.contains("улица Академика Королёва"));
    CHECK(names.contains("Огородный проезд"));
    CHECK(oneway.contains("1"));
}

TEST_CASE("a road that crosses a tile border is in both tiles and meets there") {
    const auto tiles = tiles_of(test::city_map(), 14);
    int seams = 0;
    for (const Placed& west : tiles) {
        const auto east = std::find_if(tiles.begin(), tiles.end(), [&](const Placed& other) {
            return other.id == TileId{west.id.zoom, west.id.x + 1, west.id.y};
        });
        if (east == tiles.end()) continue;
        const auto there = crossings(east->tile, 0);
        for (const auto& [y, name] : crossings(west.tile, tile_extent)) {
            if (y < 0 || y > tile_extent) continue;
            ++seams;
            CHECK(std::any_of(there.begin(), there.end(), [&, at = y, &who = name](const auto& other) {
                return std::abs(other.first - at) <= 1 && other.second == who;
            }));
        }
    }
    CHECK(seams > 20);
}

TEST_CASE("a lake with an island keeps the island as a hole on every zoom it is large enough for") {
    const test::TempDir folder;
    test::ExtractText text;
    const auto square = [&](std::int64_t first, double lat, double lon, double size) {
        const std::array<core::LatLon, 4> corners{
            {{lat - size, lon - size}, {lat - size, lon + size}, {lat + size, lon + size}, {lat + size, lon - size}}};
        for (int i = 0; i < 4; ++i) text.node(first + i, corners[static_cast<std::size_t>(i)]);
    };
    square(1, 48.12, 37.8, 0.02);  // in the middle of a tile of zoom 10
    square(11, 48.12, 37.8, 0.005);
    text.way(100, {1, 2, 3, 4, 1}, {});
    text.way(101, {11, 12, 13, 14, 11}, {});
    text.relation(1000, {{100, "outer"}, {101, "inner"}},
                  {{"type", "multipolygon"}, {"natural", "water"}, {"name", "Ставок"}});
    test::write_file(folder.file("lake.osm"), text.xml());
    REQUIRE(import_map({.input = folder.file("lake.osm"), .output = folder.file("lake.mbtiles")}).ok());
    double area = 0;
    for (const Placed& placed : tiles_of(folder.file("lake.mbtiles"), 10)) {
        for (const auto& feature : placed.tile.at("water").features) {
            CHECK(feature.tags.at("name") == "Ставок");
            for (const Line& ring : feature.parts) area += signed_area(ring);
        }
    }
    const double side = 0.04 / 360 * 1024 * tile_extent;  // degrees of longitude at zoom 10
    const double stretch = 1 / std::cos(48.12 * 3.14159265 / 180);
    CHECK(area == doctest::Approx(side * side * stretch * (1 - 1.0 / 16)).epsilon(0.03));
}
