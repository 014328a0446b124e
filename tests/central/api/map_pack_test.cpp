// The streets that a handheld takes along: which tiles, how many bytes, and who gets them.
#include <nlohmann/json.hpp>

#include "central/api/map_pack_routes.hpp"
#include "tests/central/api/handheld.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;
using central::api::map_pack;
using nlohmann::json;

namespace {

constexpr wire::MapArea area{3'755'000, 5'578'000, 3'768'000, 5'586'000};

// A map whose tiles are all there, each of so many bytes.
central::api::MapSide streets(std::size_t bytes) {
    central::api::MapSide side;
    side.facts = [] {
        central::api::MapFacts facts;
        facts.min_zoom = 10;
        facts.max_zoom = 14;
        facts.attribution = "© OpenStreetMap contributors";
        return std::optional(facts);
    };
    side.tile = [bytes](int zoom, std::int64_t, std::int64_t) {
        return std::optional(central::api::MapTile{std::string(bytes, static_cast<char>('a' + zoom)), "\"t\""});
    };
    return side;
}

std::string body(const FieldPair& pair, const HandheldKeys& keys, const wire::MapArea& asked = area) {
    return json{{"certificate", pair.certificate},
                {"west", asked.west},
                {"south", asked.south},
                {"east", asked.east},
                {"north", asked.north},
                {"record_signature", core::to_base64url(keys.record.sign(wire::signed_bytes(area)).bytes())}}
        .dump();
}

}  // namespace

TEST_CASE("a pack holds every tile of the area, zoom by zoom, as far as whole zooms fit") {
    const auto whole = map_pack(streets(1000), area);
    const auto head = wire::read_pack_head(core::view_of(whole)).value();
    CHECK(head.min_zoom == 10);
    CHECK(head.max_zoom == 14);
    CHECK(head.attribution == "© OpenStreetMap contributors");
    CHECK(head.tiles.size() == 2 + 2 + 4 + 16 + 49);
    CHECK(head.tiles.back().offset + head.tiles.back().size == whole.size());
    CHECK(whole.substr(head.tiles.back().offset, 3) == "ooo");
    const auto small = map_pack(streets(1000), area, wire::PackHead::most_bytes + 30'000);
    CHECK(wire::read_pack_head(core::view_of(small)).value().max_zoom == 13);
    CHECK(map_pack(streets(200'000), area).size() <= wire::PackHead::most_file);
    CHECK(map_pack({}, area).empty());
    auto bare = streets(1);
    bare.tile = [](int, std::int64_t, std::int64_t) { return std::nullopt; };
    CHECK(map_pack(bare, area).empty());
    const auto world = map_pack(streets(1), {-18'000'000, -8'500'000, 18'000'000, 8'500'000});
    CHECK(world.empty());  // not even the first zoom fits
}

TEST_CASE("a device gets it for its certificate and its signature over the area, and nobody else") {
    ApiHouse house;
    house.map = streets(100);
    house.make_api();
    Browser admin{house, house.person("anna", {Role::admin})};
    Browser handheld{house};
    const HandheldKeys keys, thief;
    const auto pair = field_pair(house, admin, "C-1", keys);
    const auto given = handheld.post("/device/map", body(pair, keys));
    REQUIRE(given.status == 200);
    CHECK(wire::read_pack_head(core::view_of(given.body)).value().area == area);
    CHECK(handheld.post("/device/map", body(pair, thief)).status == 403);
    CHECK(handheld.post("/device/map", body(pair, keys, {0, 0, 1, 1})).status == 403);
    CHECK(handheld.post("/device/map", body(pair, keys, {2, 0, 1, 1})).status == 400);
    CHECK(handheld.post("/device/map", R"({"certificate":"x"})").status == 400);
    for (int i = 1; i < 12; ++i) CHECK(handheld.post("/device/map", body(pair, keys)).status == 200);
    CHECK(handheld.post("/device/map", body(pair, keys)).status == 429);
}

TEST_CASE("without imported streets it is told so") {
    ApiHouse house;
    Browser admin{house, house.person("anna", {Role::admin})};
    Browser handheld{house};
    const HandheldKeys keys;
    const auto pair = field_pair(house, admin, "C-1", keys);
    CHECK(handheld.post("/device/map", body(pair, keys)).status == 404);
}
