// Health, maps and demo controls over HTTP.
#include <fstream>
#include <nlohmann/json.hpp>

#include "shared/http/compress.hpp"
#include "tests/central/api/handheld.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;
using accounts::Role;
using nlohmann::json;

namespace {

struct Desk {
    ApiHouse house;
    Browser browser{house, house.person("anna", {Role::admin})};
};

central::api::MapSide city() {
    central::api::MapSide side;
    side.facts = [] {
        central::api::MapFacts facts;
        facts.name = "city";
        facts.bounds = {37.5, 55.7, 37.7, 55.9};
        facts.center_lon = 37.6;
        facts.center_lat = 55.8;
        facts.center_zoom = 13;
        facts.min_zoom = 10;
        facts.max_zoom = 15;
        facts.attribution = "© OpenStreetMap contributors";
        facts.vector_layers = R"({"vector_layers":[{"id":"road","fields":{}}]})";
        return std::optional(facts);
    };
    side.tile = [](int zoom, std::int64_t x, std::int64_t y) -> std::optional<central::api::MapTile> {
        if (zoom != 15 || x != 1 || y != 2) return std::nullopt;
        return central::api::MapTile{http::gzip("tile bytes"), "\"t1\""};
    };
    return side;
}

}  // namespace

TEST_CASE("health names the database and the parts that the process told of") {
    Desk desk;
    desk.house.system.version = "1.2.3";
    desk.house.system.parts = [] {
        return std::vector<central::api::Part>{
            {"broker", central::api::PartState::degraded, core::time_us(1'000'000), "restarting"}};
    };
    desk.house.make_api();
    const auto health = desk.browser.get("/api/v1/health");
    CHECK(member(health, "version") == "1.2.3");
    CHECK(member(health, "parts.0.name") == "database");
    CHECK(member(health, "parts.0.state") == "ok");
    CHECK(member(health, "parts.1.state") == "degraded");
    CHECK(member(health, "parts.1.since_ms") == "1000");
}

TEST_CASE("without imported streets the map says so and tiles are empty") {
    Desk desk;
    CHECK(member(desk.browser.get("/api/v1/map"), "tiles") == "null");
    CHECK(desk.browser.get("/tiles/metadata.json").status == 404);
    CHECK(desk.browser.get("/tiles/15/1/2.mvt").status == 204);
    CHECK(desk.browser.get("/basemap/region.json").status == 404);
}

TEST_CASE("a tile leaves as it is stored, packed, and not twice") {
    Desk desk;
    desk.house.map = city();
    desk.house.make_api();
    CHECK(member(desk.browser.get("/api/v1/map"), "tiles.url") == "/tiles/{z}/{x}/{y}.mvt");
    const auto json_text = desk.browser.get("/tiles/metadata.json");
    CHECK(member(json_text, "tilejson") == "3.0.0");
    CHECK(member(json_text, "vector_layers.0.id") == "road");
    const auto get = [&](const std::string& target, std::vector<std::pair<std::string, std::string>> headers) {
        return desk.browser.send(http::Method::get, target, "", headers);
    };
    const auto tile = get("/tiles/15/1/2.mvt", {{"Accept-Encoding", "gzip"}});
    CHECK(tile.status == 200);
    CHECK(tile.headers.get_or("Content-Encoding", "") == "gzip");
    CHECK(http::gunzip(tile.body, 100).value() == "tile bytes");
    CHECK(get("/tiles/15/1/2.mvt", {}).body == "tile bytes");
    CHECK(get("/tiles/15/1/2.mvt", {{"If-None-Match", "\"t1\""}}).status == 304);
    CHECK(get("/tiles/15/1/3.mvt", {}).status == 204);
    CHECK(get("/tiles/99/1/3.mvt", {}).status == 400);
    CHECK(get("/tiles/15/-1/3.mvt", {}).status == 400);
    CHECK(get("/tiles/15/1/2.png", {}).status == 404);
}

TEST_CASE("the base map's files are served packed from memory; a missing one stops the start") {
    Desk desk;
    TempDir folder;
    desk.house.map.basemap = folder.path();
    for (const char* name : {"region.json", "cities.json", "ru-names.json"})
        std::ofstream(folder.file(name)) << R"({"file":")" << name << R"("})";
    CHECK_THROWS(desk.house.make_api());
    std::ofstream(folder.file("world.json")) << "{}";
    desk.house.make_api();
    const auto region = desk.browser.send(http::Method::get, "/basemap/region.json", "", {{"Accept-Encoding", "gzip"}});
    CHECK(http::gunzip(region.body, 100).value() == R"({"file":"region.json"})");
    const std::string etag(region.headers.get_or("ETag", ""));
    CHECK(desk.browser.send(http::Method::get, "/basemap/region.json", "", {{"If-None-Match", etag}}).status == 304);
    CHECK(desk.browser.get("/basemap/secret.json").status == 404);
}

TEST_CASE("demo controls cut a courier's device, and are nothing where they are off") {
    Desk desk;
    const auto pair = field_pair(desk.house, desk.browser, "K-1", {});
    const auto target = "/api/v1/demo/couriers/" + pair.courier + "/cut";
    CHECK(desk.browser.post(target, R"({"seconds":60})").status == 404);
    std::vector<std::pair<core::DeviceId, std::chrono::seconds>> cuts;
    desk.house.system.cut = [&](const core::DeviceId& device, std::chrono::seconds length) {
        cuts.emplace_back(device, length);
        return true;
    };
    desk.house.make_api();
    const auto cut = desk.browser.post(target, R"({"seconds":60})");
    CHECK(cut.status == 202);
    CHECK(member(cut, "until_ms") == std::to_string(core::count(desk.house.clock.at + 60s) / 1000));
    REQUIRE(cuts.size() == 1);
    CHECK(cuts[0] == std::pair{pair.id(), std::chrono::seconds{60}});
    CHECK(desk.browser.post(target, R"({"seconds":3601})").status == 400);
    CHECK(desk.browser.post("/api/v1/demo/couriers/nobody/cut", R"({"seconds":1})").status == 404);
}
