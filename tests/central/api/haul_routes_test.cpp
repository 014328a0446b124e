// Sorting, bags and line haul through the API.
#include "central/app/couriers/couriers.hpp"
#include "central/app/orders/orders.hpp"
#include "central/app/orders/sites.hpp"
#include "central/ingest/verify.hpp"
#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;

namespace {

struct HaulOffice : ApiHouse {
    Browser worker{*this, person("depot", accounts::Roles{Role::depot})};
    Browser dispatcher{*this, person("dispatcher", accounts::Roles{Role::dispatcher})};
    std::string north = depot("Северный"), south = depot("Южный"), courier;
    int calls = 0;

    template <typename Fn>
    auto write(Fn fn) {
        return db->write(fn).value();
    }
    HaulOffice() {
        courier = write([&](core::Tx& tx) {
            return central::app::couriers::create(tx, {"Иван Рейсов", "C-1", {}}, clock.now()).value().id;
        });
    }
    std::string depot(const std::string& name) {
        central::app::orders::SiteChange change;
        change.name = name;
        change.address = "ул. Складская, 1";
        return write(
            [&](core::Tx& tx) { return central::app::orders::create_site(tx, true, change, clock.now()).value().id; });
    }
    void here(const std::string& code) {
        write([&](core::Tx& tx) {
            central::app::orders::NewOrder order;
            order.sender = "Лавка";
            order.terms.recipient = {"Ольга", {}};
            order.terms.address = {"ул. Садовая, 14", {}, {}, {}, {}};
            order.parcels.push_back({code, {}, {}});
            return central::app::orders::create(
                       tx, {std::nullopt, clock.now()}, order,
                       central::app::orders::prepare(central::app::orders::take_numbers(tx, 1)))
                .value()
                .id;
        });
        REQUIRE(member(scan(north, "/intake/scan", code), "word") == "taken");
    }
    http::Response post(const std::string& site, const std::string& target, const std::string& body,
                        std::string once = {}) {
        if (once.empty()) once = "k" + std::to_string(++calls);
        return worker.send(http::Method::post, "/api/v1/depots/" + site + target, body, {{"Idempotency-Key", once}});
    }
    http::Response scan(const std::string& site, const std::string& target, const std::string& code,
                        const std::string& once = {}) {
        return post(site, target, R"({"code":")" + code + R"("})", once);
    }
    http::Response get(const std::string& site, const std::string& target) {
        return worker.get("/api/v1/depots/" + site + target);
    }
    std::string bag_to(const std::string& kind, const std::string& id) {
        return member(post(north, "/bags", R"({"kind":")" + kind + R"(","id":")" + id + R"("})"), "bag.id");
    }
    std::string trip_to(const std::string& site) {
        return member(post(north, "/trips", R"({"to":")" + site + R"(","carrier":"ООО Рейс"})"), "trip.id");
    }
};

bool is_pdf(const http::Response& response) {
    return response.headers.get_or("Content-Type", "") == "application/pdf" && response.body.starts_with("%PDF-");
}

}  // namespace

TEST_CASE("a sorting scan tells the direction and its cell, which the floor names itself") {
    HaulOffice office;
    office.here("1");
    const auto named = office.post(office.north, "/cells", R"({"kind":"none","cell":"Разбор"})");
    REQUIRE(named.status == 200);
    const auto sorted = office.scan(office.north, "/sort/scan", "1");
    CHECK(member(sorted, "word") == "sorted_unplanned");
    CHECK(member(sorted, "goal.cell") == "Разбор");
    const auto bins = office.get(office.north, "/bins");
    CHECK(member(bins, "items.0.parcels") == "1");
    CHECK(member(bins, "items.0.sorted") == "1");
    CHECK(office.post(office.north, "/cells", R"({"kind":"shelf","cell":"1"})").status == 400);
    CHECK(office.post(office.north, "/cells", R"({"kind":"courier","id":"nobody","cell":"1"})").status == 404);
    CHECK(office.count("SELECT COUNT(*) FROM audit WHERE action = 'depot.cell_named'") == 1);
}

TEST_CASE("a bag is opened, filled, closed with a seal, opened again with a reason; its papers are PDF") {
    HaulOffice office;
    office.here("1");
    office.here("2");
    const auto opened =
        office.post(office.north, "/bags", R"({"kind":"depot","id":")" + office.south + R"("})", "same");
    REQUIRE(opened.status == 200);
    CHECK(office.post(office.north, "/bags", R"({"kind":"depot","id":")" + office.south + R"("})", "same").body ==
          opened.body);
    CHECK(member(opened, "bag.number") == "BAG-10001");
    const auto bag = "/bags/" + member(opened, "bag.id");
    const auto put = office.scan(office.north, bag + "/scan", "1", "once");
    CHECK(member(put, "word") == "bagged");
    CHECK(member(put, "figures.parcels") == "1");
    CHECK(office.scan(office.north, bag + "/scan", "1", "once").body == put.body);
    CHECK(member(office.scan(office.north, bag + "/scan", "1"), "bag.number") == "BAG-10001");
    office.scan(office.north, bag + "/scan", "2");
    const auto parcel = member(put, "parcel.id");
    const auto out = office.post(office.north, bag + "/out", R"({"parcel":")" + parcel + R"("})");
    CHECK(member(out, "bag.parcels") == "1");
    CHECK(office.post(office.north, bag + "/out", R"({"parcel":")" + parcel + R"("})").status == 409);
    const auto closed = office.post(office.north, bag + "/close", R"({"seal":"П-77"})");
    CHECK(member(closed, "bag.seal") == "П-77");
    CHECK(is_pdf(office.get(office.north, bag + "/label")));
    CHECK(is_pdf(office.get(office.north, bag + "/label?size=small")));
    CHECK(office.get(office.north, bag + "/label?size=huge").status == 400);
    CHECK(is_pdf(office.get(office.north, bag + "/list")));
    CHECK(office.post(office.north, bag + "/reopen", "{}").status == 400);
    CHECK(member(office.post(office.north, bag + "/reopen", R"({"reason":"забыли"})"), "bag.state") == "open");
    CHECK(office.post(office.south, bag + "/close", "").status == 404);  // it does not lie there
    CHECK(member(office.get(office.north, "/bags"), "items.0.goal.name") == "Южный");
    CHECK(office.count("SELECT COUNT(*) FROM audit WHERE action LIKE 'depot.bag_%'") == 3);
}

TEST_CASE("a trip with a carrier: loaded, left, unloaded; the act of what did not come stays as it was") {
    HaulOffice office;
    for (const auto* code : {"1", "2", "3"}) office.here(code);
    const auto bag = office.bag_to("depot", office.south);
    office.scan(office.north, "/bags/" + bag + "/scan", "1");
    office.post(office.north, "/bags/" + bag + "/close", "");
    const auto trip = "/trips/" + office.trip_to(office.south);
    CHECK(office.post(office.north, trip + "/depart", "").status == 409);
    const auto loaded = office.scan(office.north, trip + "/load", "BAG-10001", "once");
    CHECK(member(loaded, "word") == "bag_loaded");
    CHECK(member(loaded, "bag.moved") == "1");
    CHECK(office.scan(office.north, trip + "/load", "BAG-10001", "once").body == loaded.body);
    const auto undo = R"({"bag":")" + bag + R"(","scan":)" + member(loaded, "bag.scan") + "}";
    for (const auto* bad : {R"({"bag":"x"})", R"({"bag":"x","scan":0})", R"({"bag":"x","extra":"y","scan":1})"})
        CHECK(office.post(office.north, "/undo", bad).status == 400);
    const auto back = office.post(office.north, "/undo", undo, "back");
    CHECK(member(back, "bag.moved") == "1");
    CHECK(office.post(office.north, "/undo", undo, "back").body == back.body);
    CHECK(office.post(office.north, "/undo", undo).status == 409);
    CHECK(member(office.get(office.north, "/bags"), "items.0.state") == "closed");
    REQUIRE(member(office.scan(office.north, trip + "/load", "BAG-10001"), "word") == "bag_loaded");
    const auto loose = office.scan(office.north, trip + "/load", "2");
    CHECK(member(loose, "parcel.status") == "in_transit");
    CHECK(member(loose, "parcel.holder.name") == "ООО Рейс");
    CHECK(member(loose, "figures.loaded") == "2");
    CHECK(is_pdf(office.get(office.north, trip + "/list")));
    CHECK(member(office.post(office.north, trip + "/depart", ""), "trip.state") == "under_way");
    CHECK(member(office.scan(office.south, trip + "/unload", "BAG-10001"), "word") == "bag_taken");
    CHECK(member(office.scan(office.south, trip + "/unload", "3"), "word") == "unloaded_extra");
    CHECK(office.post(office.north, trip + "/close", "").status == 409);
    const auto closed = office.post(office.south, trip + "/close", "");
    CHECK(member(closed, "trip.figures.missing") == "1");
    CHECK(member(closed, "missing.0.code") == "A-10002-1");
    CHECK(member(closed, "extras.0.code") == "A-10003-1");
    const auto act = office.get(office.south, trip + "/act");
    REQUIRE(is_pdf(act));
    office.scan(office.south, "/intake/scan", "2");
    CHECK(member(office.get(office.south, trip), "trip.figures.missing") == "0");
    CHECK(office.get(office.south, trip + "/act").body == act.body);
    CHECK(office.count("SELECT COUNT(*) FROM audit WHERE action LIKE 'depot.trip_%'") == 3);
    CHECK(office.get(office.depot("Восточный"), trip).status == 404);
    // Couriers with something on board: a carrier's driver is none.
    CHECK(office.get(office.north, "/couriers").body == R"({"items":[]})");
    const auto verified = central::ingest::verify(*office.db).value();
    CHECK_MESSAGE(verified.whole, verified.words);
}

TEST_CASE("the driver's own handheld is told of the line haul, and what is refused names its member") {
    HaulOffice office;
    office.here("1");
    const auto both = R"({"to":")" + office.south + R"(","carrier":"ООО Рейс","courier":")" + office.courier + R"("})";
    CHECK(member(office.post(office.north, "/trips", both), "fields.0.field") == "courier");
    CHECK(office.post(office.north, "/trips", R"({"to":")" + office.north + R"(","carrier":"x"})").status == 404);
    const auto trip =
        "/trips/" + member(office.post(office.north, "/trips",
                                       R"({"to":")" + office.south + R"(","courier":")" + office.courier + R"("})"),
                           "trip.id");
    CHECK(member(office.scan(office.north, trip + "/load", "1"), "parcel.holder.name") == "Иван Рейсов");
    const auto undo = office.get(office.north, trip);
    CHECK(member(undo, "loose.0.code") == "A-10001-1");
}
