#include "central/maps/tile_source.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <thread>
#include <vector>

#include "central/maps/grid.hpp"
#include "shared/sql/sqlite_connection.hpp"
#include "tests/central/maps/city.hpp"
#include "tests/central/maps/decoded_tile.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::central::maps;

TEST_CASE("a map file answers tiles, and says where it lies and whom to thank") {
    const TileSource source{test::city_map()};
    CHECK(source.state() == TileSource::State::ready);
    CHECK(source.problem().empty());
    const auto metadata = source.metadata();
    REQUIRE(metadata);
    CHECK(metadata->min_zoom == 10);
    CHECK(metadata->max_zoom == 15);
    CHECK(metadata->center_zoom == 13);
    CHECK(metadata->center.lat == doctest::Approx(55.814858));
    CHECK(metadata->bounds.south_west.lon == doctest::Approx(37.582641));
    CHECK(metadata->attribution.find("OpenStreetMap") != std::string::npos);
    CHECK(metadata->source_timestamp.starts_with("2013-11-09"));
    const auto tile = source.tile(15, 19806, 10233);
    REQUIRE(tile);
    CHECK(test::decode_tile(test::gunzip(tile->data)).contains("building"));
}

TEST_CASE("the same tile has the same tag, another tile another one") {
    const TileSource first{test::city_map()}, second{test::city_map()};
    const auto tile = first.tile(15, 19806, 10233);
    REQUIRE(tile);
    CHECK(tile->etag == second.tile(15, 19806, 10233)->etag);
    CHECK(tile->etag != first.tile(15, 19806, 10234)->etag);
    CHECK((tile->etag.size() > 4 && tile->etag.front() == '"' && tile->etag.back() == '"'));
}

TEST_CASE("tiles that are not there, or nowhere, are nothing") {
    const TileSource source{test::city_map()};
    CHECK(!source.tile(15, 0, 0));
    CHECK(!source.tile(16, 39612, 20466));
    CHECK(!source.tile(-1, 0, 0));
    CHECK(!source.tile(1000, 0, 0));
    CHECK(!source.tile(12, -1, 5));
    CHECK(!source.tile(12, 4096, 5));
    CHECK(!source.tile(12, INT64_MAX, INT64_MIN));
}

TEST_CASE("without a map file the source is empty and says how to make one") {
    const TileSource source{"/nonexistent/map.mbtiles"};
    CHECK(source.state() == TileSource::State::missing);
    CHECK(source.problem().find("import-map") != std::string::npos);
    CHECK(!source.metadata());
    CHECK(!source.tile(12, 2475, 1279));
}

TEST_CASE("a file that is no map is reported, not served") {
    const test::TempDir folder;
    test::write_file(folder.file("noise"), std::string(5000, 'x'));
    test::write_file(folder.file("empty"), "");
    test::write_file(folder.file("cut"), test::read_file(test::city_map()).substr(0, 3000));
    REQUIRE(sql::SqliteConnection::open({.path = folder.file("other")}).ok());
    for (const char* name : {"noise", "empty", "cut", "other"}) {
        CAPTURE(name);
        const TileSource source{folder.file(name)};
        CHECK(source.state() == TileSource::State::unreadable);
        CHECK(source.problem().find(name) != std::string::npos);
        CHECK(!source.tile(12, 2475, 1279));
    }
}

TEST_CASE("a map of pictures is refused: the pages draw vector tiles") {
    const test::TempDir folder;
    std::filesystem::copy_file(test::city_map(), folder.file("png.mbtiles"));
    auto connection = sql::SqliteConnection::open({.path = folder.file("png.mbtiles")});
    REQUIRE(connection.ok());
    (*connection)->script("UPDATE metadata SET value = 'png' WHERE name = 'format'");
    connection->reset();
    const TileSource source{folder.file("png.mbtiles")};
    CHECK(source.state() == TileSource::State::unreadable);
    CHECK(source.problem().find("png") != std::string::npos);
}

TEST_CASE("a new import is taken over without a restart") {
    const test::TempDir folder;
    const std::string map = folder.file("map.mbtiles");
    TileSource source{map};
    CHECK(source.state() == TileSource::State::missing);
    CHECK(!source.refresh());
    REQUIRE(import_map({.input = test::city_extract(), .output = map, .max_zoom = 11}).ok());
    CHECK(source.refresh());
    CHECK(source.metadata()->max_zoom == 11);
    REQUIRE(import_map({.input = test::city_extract(), .output = map, .max_zoom = 12}).ok());
    CHECK(source.refresh());
    CHECK(source.tile(12, 2475, 1279));
    std::filesystem::remove(map);
    CHECK(source.refresh());
    CHECK(source.state() == TileSource::State::missing);
}

TEST_CASE("many threads ask at once while the map is exchanged") {
    const test::TempDir folder;
    const std::string map = folder.file("map.mbtiles");
    std::filesystem::copy_file(test::city_map(), map);
    const TileSource source{map};
    const auto expected = source.tile(15, 19806, 10233);
    REQUIRE(expected);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 300; ++n) {
                const auto tile = source.tile(15, 19806, 10233);
                if (!tile || tile->data != expected->data) ++wrong;
            }
        });
    }
    for (int n = 0; n < 50; ++n) {  // also twice while one thread opens it
        std::filesystem::copy_file(test::city_map(), folder.file("next"));
        std::filesystem::rename(folder.file("next"), map);
        source.refresh();
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == 0);
}
