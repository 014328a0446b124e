// The depot's floor through the API: a day of scans, and everything a scanner can give that is no parcel of ours.
#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/devices/registry.hpp"
#include "central/app/orders/orders.hpp"
#include "central/app/orders/sites.hpp"
#include "central/ingest/verify.hpp"
#include "central/store/view_store.hpp"
#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"
#include "shared/wire/task_rows.hpp"
#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;

namespace {

struct FloorOffice : ApiHouse {
    Browser worker{*this, person("depot", accounts::Roles{Role::depot})};
    Browser dispatcher{*this, person("dispatcher", accounts::Roles{Role::dispatcher})};
    std::string site, floor;

    template <typename Fn>
    auto write(Fn fn) {
        return db->write(fn).value();
    }
    FloorOffice() {
        central::app::orders::SiteChange change;
        change.name = "Северный";
        change.address = "ул. Складская, 1";
        site = write(
            [&](core::Tx& tx) { return central::app::orders::create_site(tx, true, change, clock.now()).value().id; });
        floor = "/api/v1/depots/" + site;
    }
    std::string order(const std::string& code, const std::string& sender = "Лавка") {
        return write([&](core::Tx& tx) {
            central::app::orders::NewOrder order;
            order.sender = sender;
            order.terms.recipient = {"Ольга", {}};
            order.terms.address = {"ул. Садовая, 14", {}, {}, {}, {}};
            order.parcels.push_back({code, {}, {}});
            last_order =
                central::app::orders::create(tx, {std::nullopt, clock.now()}, order,
                                             central::app::orders::prepare(central::app::orders::take_numbers(tx, 1)))
                    .value()
                    .id;
            return central::store::parcels_of(tx, last_order).at(0).id;
        });
    }
    std::string last_order;
    std::string registry(const std::vector<std::string>& parcels) {
        const auto id = core::to_uuid_text(core::random_id<core::EventId>());
        db->write([&](core::Tx& tx) {
              tx.exec(
                  "INSERT INTO registry (registry_id, number, sender, site_id, state, total, version, created_us, "
                  "created_by) VALUES ($1, 'R-1', 'Лавка', $2, 'open', $3, 1, $4, 'x')",
                  id, site, parcels.size(), clock.now());
              for (std::size_t line = 0; line < parcels.size(); ++line)
                  tx.exec("INSERT INTO registry_line (registry_id, line, parcel_id) VALUES ($1, $2, $3)", id, line + 1,
                          parcels[line]);
          }).value();
        return id;
    }
    std::string courier(const std::string& code) {
        return write([&](core::Tx& tx) {
            return central::app::couriers::create(tx, {"Иван " + code, code, {}}, clock.now()).value().id;
        });
    }
    http::Response post(const std::string& target, const std::string& body, std::string once = {}) {
        if (once.empty()) once = "k" + std::to_string(++calls);
        return worker.send(http::Method::post, floor + target, body, {{"Idempotency-Key", once}});
    }
    http::Response take_in(const std::string& code, const std::string& registry_id = {}) {
        const auto chosen = registry_id.empty() ? "null" : "\"" + registry_id + "\"";
        return post("/intake/scan", R"({"code":")" + code + R"(","registry":)" + chosen + "}");
    }
    http::Response hand_out(const std::string& code, const std::string& courier_id, bool confirmed = false) {
        return post("/couriers/" + courier_id + "/handout/scan",
                    R"({"code":")" + code + R"(","confirmed":)" + (confirmed ? "true}" : "false}"));
    }
    int calls = 0;
};

}  // namespace

TEST_CASE("intake: a scan answers what it was, where it goes and how the registry stands; the act tells the rest") {
    FloorOffice office;
    const auto first = office.order("46001");
    const auto courier = office.courier("C-1");
    office.dispatcher.post("/api/v1/orders/plan",
                           R"({"orders":[")" + office.last_order + R"("],"courier":")" + courier + R"("})");
    const auto second = office.order("46002");
    office.order("46003");
    const auto registry = office.registry({first, second});
    const auto taken = office.take_in(" 46001 ", registry);
    REQUIRE(taken.status == 200);
    CHECK(member(taken, "word") == "taken");
    CHECK(member(taken, "tone") == "good");
    CHECK(member(taken, "parcel.courier.code") == "C-1");
    CHECK(member(taken, "parcel.holder.name") == "Северный");
    CHECK(member(taken, "figures.arrived") == "1");
    CHECK(member(taken, "figures.missing") == "1");
    CHECK(member(office.take_in("46003", registry), "word") == "taken_extra");
    office.clock.advance(std::chrono::seconds{1});
    CHECK(member(office.take_in("nobody", registry), "word") == "unknown");
    const auto damage = office.post(
        "/intake/damage", R"({"parcel":")" + first + R"(","registry":")" + registry + R"(","note":"порван угол"})");
    CHECK(member(damage, "figures.damaged") == "1");
    const auto board = office.worker.get(office.floor + "/registries/" + registry);
    CHECK(member(board, "missing.0.code") == "A-10002-1");
    CHECK(member(board, "extras.1.code") == "nobody");
    CHECK(member(board, "damaged.0.note") == "порван угол");
    CHECK(member(office.worker.get(office.floor + "/registries"), "items.0.figures.extra") == "2");
    CHECK(office.count("SELECT COUNT(*) FROM event_log WHERE origin = 'staff'") ==
          4);  // planned, two taken in, damaged
}

TEST_CASE("a registry is closed with its act, which stays as it was; a dispatcher opens it again with a reason") {
    FloorOffice office;
    const auto registry = office.registry({office.order("46001"), office.order("46002")});
    const auto target = "/registries/" + registry;
    office.take_in("46001", registry);
    const auto before = office.worker.get(office.floor + target + "/act");
    CHECK(before.headers.get_or("Content-Type", "") == "application/pdf");
    const auto closed = office.post(target + "/close", "");
    REQUIRE(closed.status == 200);
    CHECK(member(closed, "registry.state") == "closed");
    const auto act = office.worker.get(office.floor + target + "/act");
    CHECK(act.body.starts_with("%PDF-"));
    CHECK(member(office.take_in("46002", registry), "word") == "registry_closed");
    CHECK(member(office.take_in("46002"), "word") == "taken");
    CHECK(office.worker.get(office.floor + target + "/act").body == act.body);
    CHECK(office.post(target + "/close", "").status == 409);
    const auto reopen = [&](Browser& who, const std::string& body) {
        return who.send(http::Method::post, office.floor + target + "/reopen", body,
                        {{"Idempotency-Key", "r" + std::to_string(++office.calls)}});
    };
    CHECK(reopen(office.worker, R"({"reason":"нашли ещё"})").status == 403);
    CHECK(reopen(office.dispatcher, "{}").status == 400);
    CHECK(member(reopen(office.dispatcher, R"({"reason":"нашли ещё"})"), "registry.state") == "open");
    CHECK(office.count("SELECT COUNT(*) FROM audit WHERE action LIKE 'depot.registry_%'") == 2);
}

TEST_CASE("a repeated key gives the same answer, and scans nothing twice") {
    FloorOffice office;
    office.order("46001");
    const auto body = R"({"code":"46001","registry":null})";
    const auto first = office.post("/intake/scan", body, "same");
    CHECK(office.post("/intake/scan", body, "same").body == first.body);
    CHECK(member(office.post("/intake/scan", body), "word") == "here");
    CHECK(office.post("/intake/scan", R"({"code":"46002","registry":null})", "same").status == 409);
    CHECK(office.worker.send(http::Method::post, office.floor + "/intake/scan", body).status == 428);
    CHECK(office.count("SELECT COUNT(*) FROM parcel_event WHERE type = 'parcel.handover'") == 1);
}

TEST_CASE("hand-out: the courier's handheld learns what he was given; the list is a PDF") {
    FloorOffice office;
    const auto courier = office.courier("C-1"), other = office.courier("C-2");
    const auto device = office.write([&](core::Tx& tx) {
        const auto made = central::app::devices::create_device(tx, "handheld", office.clock.now()).value().id;
        central::app::devices::bind(tx, courier, made).value();
        return made;
    });
    std::vector<core::DeviceId> told;
    office.views.listen([&](const core::DeviceId& changed) { told.push_back(changed); });
    office.order("46001");
    office.dispatcher.post("/api/v1/orders/plan",
                           R"({"orders":[")" + office.last_order + R"("],"courier":")" + other + R"("})");
    office.take_in("46001");
    CHECK(member(office.worker.get(office.floor + "/couriers"), "items.0.waiting") == "1");
    const auto asked = office.hand_out("46001", courier);
    CHECK(member(asked, "word") == "confirm_other");
    CHECK(member(asked, "tone") == "ask");
    CHECK(member(asked, "parcel.courier.code") == "C-2");
    told.clear();
    const auto given = office.hand_out("46001", courier, true);
    CHECK(member(given, "word") == "handed");
    CHECK(member(given, "figures.carried") == "1");
    CHECK(told == std::vector<core::DeviceId>{device});
    CHECK(member(office.worker.get(office.floor + "/couriers/" + courier + "/handout"), "carried.0.outer_code") ==
          "46001");
    const auto list = office.worker.get(office.floor + "/couriers/" + courier + "/handout/list");
    CHECK(list.body.starts_with("%PDF-"));
    CHECK(member(office.hand_out("46001", "nobody"), "kind") == "not_found");
    const auto undone = office.post(
        "/undo", R"({"parcel":")" + member(given, "parcel.id") + R"(","event":")" + member(given, "event") + R"("})");
    CHECK(member(undone, "parcel.holder.kind") == "depot");
    const auto verified = central::ingest::verify(*office.db).value();
    CHECK_MESSAGE(verified.whole, verified.words);
}

TEST_CASE("return: the count is closed with a reason for what is missing, and can be looked at") {
    FloorOffice office;
    const auto courier = office.courier("C-1");
    for (const auto* code : {"46001", "46002"}) {
        office.order(code);
        office.take_in(code);
        office.hand_out(code, courier, true);
    }
    const auto target = "/couriers/" + courier + "/return";
    CHECK(member(office.worker.get(office.floor + target), "figures.left") == "2");
    const auto back = office.post(target + "/scan", R"({"code":"46001"})");
    CHECK(member(back, "word") == "returned");
    CHECK(member(back, "figures.left") == "1");
    const auto without = office.post(target + "/close", "");
    CHECK(without.status == 400);
    CHECK(member(without, "fields.0.field") == "reason");
    const auto closed = office.post(target + "/close", R"({"reason":"потерял"})");
    CHECK(member(closed, "count.expected") == "2");
    CHECK(member(closed, "count.counted") == "1");
    CHECK(member(closed, "missing.0.outer_code") == "46002");
    const auto list = office.worker.get(office.floor + "/counts");
    CHECK(member(list, "items.0.reason") == "потерял");
    CHECK(member(list, "items.0.courier.code") == "C-1");
    CHECK(member(office.worker.get(office.floor + "/counts/" + member(list, "items.0.id")), "missing.0.outer_code") ==
          "46002");
    CHECK(office.worker.get(office.floor + "/counts?limit=1&cursor=AAAA").status == 400);
    CHECK(office.count("SELECT COUNT(*) FROM audit WHERE action = 'depot.counted'") == 1);
}

TEST_CASE("a late undo needs the dispatcher and a reason; nonsense changes nothing") {
    FloorOffice office;
    office.order("46001");
    const auto taken = office.take_in("46001");
    office.clock.advance(std::chrono::minutes{11});
    const auto undo = [&](Browser& who, const std::string& more) {
        return who.send(http::Method::post, office.floor + "/undo",
                        R"({"parcel":")" + member(taken, "parcel.id") + R"(","event":")" + member(taken, "event") +
                            "\"" + more + "}",
                        {{"Idempotency-Key", "u" + std::to_string(++office.calls)}});
    };
    CHECK(undo(office.worker, R"(,"reason":"не то")").status == 403);
    CHECK(member(undo(office.dispatcher, ""), "fields.0.field") == "reason");
    CHECK(undo(office.dispatcher, R"(,"reason":"не то")").status == 200);
    CHECK(undo(office.dispatcher, R"(,"reason":"не то")").status == 409);
    CHECK(office.post("/undo", "{}").status == 400);
    CHECK(office.post("/undo", R"({"parcel":"x","event":"y"})").status == 400);
    CHECK(office.post("/undo", R"({"extra":"x"})").status == 404);
}

TEST_CASE("what a scanner gives that is no code: blanks, four kilobytes, control characters, another depot") {
    FloorOffice office;
    CHECK(office.take_in("   ").status == 400);
    CHECK(office.take_in("").status == 400);
    CHECK(office.take_in(std::string(4096, '7')).status == 400);
    CHECK(office.take_in("a\\u0000b").status == 400);
    CHECK(member(office.take_in("Щ🙂\\u001d"), "word") == "unknown");
    CHECK(office.take_in("46001", "no-such-registry").status == 404);
    CHECK(office.post("/intake/scan", R"({"code":"1","colour":"red"})").status == 400);
    office.floor = "/api/v1/depots/nowhere";
    CHECK(office.take_in("46001").status == 404);
    CHECK(office.worker.get(office.floor + "/registries").status == 404);
    CHECK(office.count("SELECT COUNT(*) FROM depot_extra") == 1);
}
