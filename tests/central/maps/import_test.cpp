#include "central/maps/import.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "central/maps/map_file.hpp"
#include "shared/sql/sqlite_connection.hpp"
#include "tests/central/maps/city.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::central::maps;

namespace {

std::string one_text(const std::string& map, const std::string& sql) {
    auto connection = sql::SqliteConnection::open({.path = map, .read_only = true});
    REQUIRE(connection.ok());
    std::string result = "(no row)";
    (*connection)->run(sql, {}, [&](const sql::Row& row) {
        result = row.get<std::string>(0);
        return false;
    });
    return result;
}

std::int64_t one_number(const std::string& map, const std::string& sql) {
    return std::stoll(one_text(map, "SELECT CAST((" + sql + ") AS TEXT)"));
}

}  // namespace

TEST_CASE("the city extract gives streets, house numbers and tiles in the expected numbers") {
    const ImportReport& report = test::city_report();
    CHECK(report.nodes == 8402);
    CHECK(report.ways == 1652);
    CHECK(report.relations == 272);
    CHECK(report.named_streets > 300);
    CHECK(report.addresses > 300);
    CHECK(report.street_edges > 1000);
    CHECK(report.tiles > 20);
    CHECK(report.source_timestamp.starts_with("2013-"));
    CHECK(report.bounds.south_west.lat == doctest::Approx(55.805261));
    CHECK(report.bounds.north_east.lon == doctest::Approx(37.626929));
}

TEST_CASE("the report agrees with what the map file holds") {
    const std::string map = test::city_map();
    const ImportReport& report = test::city_report();
    CHECK(one_number(map, "SELECT COUNT(*) FROM tiles") == static_cast<std::int64_t>(report.tiles));
    CHECK(one_number(map, "SELECT SUM(LENGTH(tile_data)) FROM tiles") == static_cast<std::int64_t>(report.tile_bytes));
    CHECK(one_number(map, "SELECT COUNT(*) FROM street_edge") == static_cast<std::int64_t>(report.street_edges));
    CHECK(one_number(map, "SELECT COUNT(*) FROM street_node") == static_cast<std::int64_t>(report.street_nodes));
    CHECK(one_number(map, "SELECT COUNT(*) FROM address") == static_cast<std::int64_t>(report.addresses));
}

TEST_CASE("every street edge ends at junctions that are in the file") {
    CHECK(one_number(test::city_map(),
                     "SELECT COUNT(*) FROM street_edge WHERE from_id NOT IN (SELECT id FROM street_node) "
                     "OR to_id NOT IN (SELECT id FROM street_node)") == 0);
    CHECK(one_number(test::city_map(), "SELECT COUNT(*) FROM street_edge WHERE length_cm < 1") == 0);
}

TEST_CASE("a known street and a known house are found by their folded name") {
    const std::string map = test::city_map();
    CHECK(one_number(map, "SELECT COUNT(*) FROM street_edge WHERE name = 'улица Академика Королёва'") > 5);
    CHECK(one_number(map, "SELECT COUNT(*) FROM address WHERE street_fold = 'улица академика королева'") > 30);
    CHECK(one_number(map,
                     "SELECT COUNT(*) FROM address WHERE street_fold = 'улица академика королева' AND house = '12'") >=
          1);
    CHECK(
        one_number(
            map,
            "SELECT COUNT(*) FROM address WHERE lat NOT BETWEEN 55.80 AND 55.83 OR lon NOT BETWEEN 37.57 AND 37.64") ==
        0);
}

TEST_CASE("metadata has what MBTiles 1.3 and the licence ask for") {
    const std::string map = test::city_map();
    const auto value = [&](const std::string& name) {
        return one_text(map, "SELECT value FROM metadata WHERE name = '" + name + "'");
    };
    CHECK(value("format") == "pbf");
    CHECK(value("minzoom") == "10");
    CHECK(value("maxzoom") == "15");
    CHECK(value("bounds") == "37.582641,55.805261,37.626929,55.824455");
    CHECK(value("attribution").find("OpenStreetMap") != std::string::npos);
    CHECK(value("json").find("\"vector_layers\"") != std::string::npos);
    CHECK(value("generator").starts_with("plus7 "));
    CHECK(one_number(map, "SELECT application_id FROM pragma_application_id") == 0x4d504258);
}

TEST_CASE("the same extract gives the same bytes") {
    const test::TempDir folder;
    REQUIRE(import_map({.input = test::city_extract(), .output = folder.file("again.mbtiles")}).ok());
    CHECK(test::read_file(folder.file("again.mbtiles")) == test::read_file(test::city_map()));
}

TEST_CASE("an import leaves nothing but the map file, and a second one replaces it") {
    const test::TempDir folder;
    const std::string map = folder.file("map.mbtiles");
    test::write_file(map, "an older file");
    REQUIRE(import_map({.input = test::city_extract(), .output = map, .min_zoom = 14, .max_zoom = 14}).ok());
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
    CHECK(one_number(map, "SELECT MIN(zoom_level) * 100 + MAX(zoom_level) FROM tiles") == 1414);
}

TEST_CASE("progress passes through all stages and never runs backwards within one") {
    const test::TempDir folder;
    std::set<std::string> stages;
    std::string stage;
    std::uint64_t last = 0;
    bool forward = true;
    const auto note = [&](std::string_view name, std::uint64_t done, std::uint64_t total) {
        if (name != stage) last = 0;
        stage = name;
        stages.insert(stage);
        forward = forward && done >= last && done <= total;
        last = done;
    };
    REQUIRE(
        import_map({.input = test::city_extract(), .output = folder.file("m"), .max_zoom = 12, .progress = note}).ok());
    CHECK(stages == std::set<std::string>{"scan", "read", "tiles"});
    CHECK(forward);
}

TEST_CASE("street names fold to lower case without ё, other scripts stay") {
    CHECK(fold_street("Улица Академика КОРОЛЁВА") == "улица академика королева");
    CHECK(fold_street("Main Street 5Я") == "main street 5я");
    CHECK(fold_street("Київ, Їжакевича") == "київ, їжакевича");
    CHECK(fold_street("東京") == "東京");
    CHECK(fold_street("\xD0") == "\xD0");
}
