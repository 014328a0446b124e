// Zones, slots and tariffs through the API, and what an order gets of them.
#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;

namespace {

constexpr const char* city = R"({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"name": "Город", "priority": 3, "fill": "#ff0000"},
     "geometry": {"type": "Polygon", "coordinates": [[[37,55],[38,55],[38,56],[37,56],[37,55]]]}}]})";
constexpr const char* two_parts = R"({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"name": "Город"},
     "geometry": {"type": "MultiPolygon", "coordinates":
        [[[[37,55],[38,55],[38,56],[37,56],[37,55]]], [[[39,55],[40,55],[40,56],[39,56],[39,55]]]]}}]})";
constexpr const char* tariff = R"({"name": "Основной", "valid_from_ms": 0, "base_minor": 30000, "cash_bp": 150,
    "cash_least_minor": 1000, "proof": ["code", "photo"], "zones": [],
    "weights": [{"up_to_g": 1000, "minor": 0}, {"up_to_g": 5000, "minor": 5000}], "sizes": [{"size": "l", "minor": 8000}]})";

struct Office : ApiHouse {
    Browser admin{*this, person("admin", accounts::Roles{Role::admin})};
    Browser dispatcher{*this, person("dispatcher", accounts::Roles{Role::dispatcher})};
    Browser clerk{*this, person("operator", accounts::Roles{Role::operator_})};

    static std::vector<std::pair<std::string, std::string>> key() {
        static int calls = 0;
        return {{"Idempotency-Key", "k" + std::to_string(++calls)}};
    }
    http::Response post(Browser& who, const std::string& target, const std::string& body) {
        return who.send(http::Method::post, target, body, key());
    }
    http::Response import(const std::string& file, bool apply = true) {
        return admin.post(std::string("/api/v1/zones/import?apply=") + (apply ? "true" : "false"), file);
    }
    http::Response edit(Browser& who, const std::string& target, const std::string& body, const std::string& etag) {
        return who.send(http::Method::patch, target, body, {{"If-Match", etag}});
    }
    // A city, a tariff, and a slot of one place on every day.
    void open_shop() {
        REQUIRE(import(city).status == 200);
        REQUIRE(post(admin, "/api/v1/tariffs", tariff).status == 201);
        REQUIRE(post(admin, "/api/v1/slot-rules",
                     R"({"weekdays": 127, "from_minute": 1080, "to_minute": 1320, "capacity": 1})")
                    .status == 201);
    }
    std::string first_slot() {
        const auto offer = dispatcher.get("/api/v1/slots?place=55.5,37.5&days=2");
        return R"({"from_ms": )" + member(offer, "items.0.from_ms") + R"(, "to_ms": )" +
               member(offer, "items.0.to_ms") + "}";
    }
    http::Response order(Browser& who, const std::string& more, double lat = 55.5) {
        return post(who, "/api/v1/orders",
                    R"({"sender": "Лавка", "recipient": {"name": "Ольга Мельник"}, "address": {"text": "Садовая, 14"},
                        "place": {"lat": )" +
                        std::to_string(lat) + R"(, "lon": 37.5}, "parcels": [{"weight_g": 1200}])" + more + "}");
    }
};

}  // namespace

TEST_CASE("a file of zones is previewed, applied, given out again and taken back unchanged") {
    Office office;
    const auto preview = office.import(city, false);
    CHECK(member(preview, "applied") == "false");
    CHECK(member(preview, "items.0.change") == "added");
    CHECK(member(office.admin.get("/api/v1/zones"), "items.0.name") == "");
    CHECK(member(office.import(city), "applied") == "true");
    CHECK(member(office.admin.get("/api/v1/zones"), "items.0.priority") == "3");
    CHECK(office.count("SELECT COUNT(*) FROM audit WHERE action = 'zone.imported'") == 1);

    CHECK(member(office.import(two_parts), "items.0.members.0") == "shape");
    const auto file = office.dispatcher.get("/api/v1/zones/export");
    CHECK(member(file, "features.0.geometry.type") == "MultiPolygon");
    CHECK(member(file, "features.0.properties.priority") == "3");
    CHECK(member(office.import(file.body), "items.0.change") == "same");
}

TEST_CASE("a file that is none is refused; a broken feature is named and nothing is applied") {
    Office office;
    CHECK(office.import("{}").status == 400);
    CHECK(office.import("[").status == 400);
    CHECK(office.import(std::string(100'000, '[')).status == 400);
    CHECK(office.import(R"({"type": "FeatureCollection", "features": 7})").status == 400);
    for (
        const auto* feature :
        {"7", "{}", R"({"properties": {"name": "А"}})",
         R"({"properties": {"name": "А"}, "geometry": {"type": "Point"}})",
         R"({"properties": {"name": "А"}, "geometry": {"type": "Polygon", "coordinates": [[["a", 1]]]}})",
         R"({"properties": {"name": "А"}, "geometry": {"type": "Polygon", "coordinates": [[[37,55],[38,55],[37,55]]]}})",
         R"({"properties": {"name": "А"}, "geometry": {"type": "Polygon", "coordinates": [[[37,1e999],[38,55],[38,56],[37,55]]]}})"}) {
        const auto told = office.import(R"({"type": "FeatureCollection", "features": [)" + std::string(feature) + "]}");
        CAPTURE(feature);
        if (told.status == 400) continue;  // a number that JSON cannot say
        CHECK(member(told, "items.0.change") == "refused");
        CHECK(member(told, "items.0.fault") != "");
        CHECK(member(told, "applied") == "false");
    }
    CHECK(office.count("SELECT COUNT(*) FROM zone") == 0);
}

TEST_CASE("a zone is edited by who read it last, and its name is its own") {
    Office office;
    office.import(city);
    const auto list = office.admin.get("/api/v1/zones");
    const auto target = "/api/v1/zones/" + member(list, "items.0.id");
    const auto etag = member(list, "items.0.etag");
    const auto closed = office.edit(office.admin, target, R"({"state": "closed", "colour": "#102030"})", etag);
    CHECK(member(closed, "state") == "closed");
    CHECK(office.edit(office.admin, target, R"({"state": "open"})", etag).status == 412);
    CHECK(office.edit(office.admin, target, R"({"colour": "red"})", member(closed, "etag")).status == 400);
    CHECK(office.edit(office.admin, target, R"({"depot": "nowhere"})", member(closed, "etag")).status == 400);
}

TEST_CASE("an order gets its zone, its proof and its price, line by line") {
    Office office;
    office.open_shop();
    const auto made = office.order(office.clerk, R"(, "size": "l", "due": {"minor": 129000, "currency": "RUB"})");
    REQUIRE(made.status == 201);
    CHECK(member(made, "price.zone.name") == "Город");
    CHECK(member(made, "price.lines.0.kind") == "base");
    CHECK(member(made, "price.lines.1.minor") == "5000");
    CHECK(member(made, "price.lines.2.what") == "l");
    CHECK(member(made, "price.lines.3.minor") == "1935");
    CHECK(member(made, "price.total_minor") == "44935");
    CHECK(member(made, "order.proof.1") == "photo");

    const auto asked = office.clerk.post(
        "/api/v1/price",
        R"({"place": {"lat": 55.5, "lon": 37.5}, "weight_g": 1200, "size": "l", "due": {"minor": 129000, "currency": "RUB"}})");
    CHECK(member(asked, "total_minor") == "44935");
    const auto target = "/api/v1/orders/" + member(made, "order.id");
    const auto edited = office.edit(office.clerk, target, R"({"due": null})", member(made, "order.etag"));
    CHECK(member(edited, "price.total_minor") == "43000");
    CHECK(member(edited, "price.size") == "l");
}

TEST_CASE("an order outside of all zones is accepted with a mark and has no price") {
    Office office;
    office.open_shop();
    const auto made = office.order(office.clerk, "", 10.0);
    REQUIRE(made.status == 201);
    CHECK(member(made, "price.outside") == "true");
    CHECK(member(made, "price.total_minor") == "null");
}

TEST_CASE("a full slot is refused by name, also on an edit; a dispatcher may take it, an operator not") {
    Office office;
    office.open_shop();
    const auto slot = office.first_slot();
    const auto with_slot = R"(, "slot": )" + slot;
    REQUIRE(office.order(office.clerk, with_slot).status == 201);
    CHECK(member(office.clerk.get("/api/v1/slots?place=55.5,37.5&days=2"), "items.0.state") == "full");
    const auto full = office.order(office.clerk, with_slot);
    CHECK(full.status == 409);
    CHECK(member(full, "fields.0.field") == "slot");
    CHECK(member(full, "fields.0.code") == "full");
    CHECK(office.count("SELECT COUNT(*) FROM customer_order") == 1);
    const auto over = with_slot + R"(, "over_capacity": true)";
    CHECK(office.order(office.clerk, over).status == 403);
    CHECK(office.order(office.dispatcher, over).status == 201);

    const auto other = office.order(office.clerk, "");
    const auto target = "/api/v1/orders/" + member(other, "order.id");
    const auto refused = office.edit(office.clerk, target, R"({"slot": )" + slot + "}", member(other, "order.etag"));
    CHECK(member(refused, "fields.0.code") == "full");
    CHECK(member(office.clerk.get(target), "order.slot") == "null");
}

TEST_CASE("what cannot be a tariff, a slot or a holiday is refused with the member that is wrong") {
    Office office;
    const auto fault = [&](const std::string& target, const std::string& body) {
        return member(office.post(office.admin, target, body), "fields.0.field");
    };
    const std::string start =
        R"({"name": "А", "valid_from_ms": 0, "base_minor": 1, "zones": [], "sizes": [], "weights": )";
    CHECK(fault("/api/v1/tariffs", start + R"([{"up_to_g": 5, "minor": 2}, {"up_to_g": 4, "minor": 2}]})") ==
          "weights[1].up_to_g");
    CHECK(fault("/api/v1/tariffs", start + R"([{"up_to_g": 5, "minor": 2}, {"up_to_g": 6, "minor": 1}]})") ==
          "weights[1].minor");
    CHECK(fault("/api/v1/tariffs", start + R"([], "proof": ["oath"]})") == "proof");
    CHECK(office
              .post(office.admin, "/api/v1/tariffs",
                    R"({"name": "А", "valid_from_ms": 0, "base_minor": 1, "zones": [{"zone": "x", "minor": 1}],
                          "sizes": [], "weights": []})")
              .status == 400);
    CHECK(fault("/api/v1/slot-rules", R"({"weekdays": 127, "from_minute": 60, "to_minute": 60, "capacity": 1})") ==
          "to_minute");
    CHECK(fault("/api/v1/holidays", R"({"day": "2026-02-30", "name": "День"})") == "day");
    CHECK(office.dispatcher.get("/api/v1/slots?place=55.5").status == 400);
    CHECK(office.dispatcher.get("/api/v1/slots?place=91,0").status == 400);
    CHECK(office.dispatcher.get("/api/v1/slots?days=32").status == 400);
}

TEST_CASE("a version of a tariff is archived and holds no more; a holiday comes and goes") {
    Office office;
    office.open_shop();
    const auto list = office.admin.get("/api/v1/tariffs");
    CHECK(member(list, "items.0.holds") == "true");
    const auto target = "/api/v1/tariffs/" + member(list, "items.0.id");
    const auto archived = office.edit(office.admin, target, R"({"state": "archived"})", member(list, "items.0.etag"));
    CHECK(member(archived, "holds") == "false");
    CHECK(member(office.order(office.clerk, ""), "price.total_minor") == "null");

    const auto day = office.post(office.admin, "/api/v1/holidays", R"({"day": "2026-11-22", "name": "День"})");
    REQUIRE(day.status == 201);
    CHECK(member(office.clerk.get("/api/v1/slots?days=1"), "items.0.state") == "");
    const auto gone = "/api/v1/holidays/" + member(day, "id");
    CHECK(office.admin.send(http::Method::del, gone).status == 204);
    CHECK(office.admin.send(http::Method::del, gone).status == 404);
    CHECK(member(office.clerk.get("/api/v1/slots?days=1"), "items.0.state") == "free");
}
