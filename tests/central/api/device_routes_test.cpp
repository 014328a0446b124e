// The devices room and the couriers room over HTTP.
#include <nlohmann/json.hpp>

#include "central/store/view_store.hpp"
#include "shared/wire/courier_row.hpp"
#include "shared/wire/fact_data.hpp"
#include "tests/central/api/handheld.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;
using accounts::Role;
using nlohmann::json;

namespace {

struct Office {
    ApiHouse house;
    Browser admin{house, house.person("anna", {Role::admin})};
    HandheldKeys keys;
    FieldPair pair = field_pair(house, admin, "K-1", keys);

    std::string device(const std::string& action = "") { return "/api/v1/devices/" + pair.device + action; }
    std::string courier(const std::string& action = "") { return "/api/v1/couriers/" + pair.courier + action; }
    http::Response edit(const std::string& target, const std::string& body, const std::string& etag) {
        return admin.send(http::Method::patch, target, body, {{"If-Match", etag}});
    }
};

}  // namespace

TEST_CASE("revoking ends a device: list, kick, courier, for ever") {
    Office office;
    CHECK(office.admin.post(office.device("/revoke"), R"({"reason":""})").status == 400);
    const auto revoked = office.admin.post(office.device("/revoke"), R"({"reason":"stolen"})");
    REQUIRE(revoked.status == 200);
    CHECK(member(revoked, "state") == "revoked");
    CHECK(member(revoked, "courier") == "null");
    CHECK(office.house.authority->is_revoked(crypto::inspect(office.pair.certificate)->serial));
    CHECK(office.house.gate.devices == std::vector<core::DeviceId>{office.pair.id()});
    CHECK_FALSE(office.house.live.find(office.pair.id())->courier.has_value());
    CHECK(office.admin.post(office.device("/enrolment")).status == 409);
    CHECK(member(office.admin.get(office.device()), "reason") == "stolen");
    CHECK(office.house.count("SELECT COUNT(*) FROM audit WHERE action = 'device.revoked'") == 1);
    CHECK(office.house.count("SELECT COUNT(*) FROM audit WHERE action = 'courier.unbound'") == 1);
}

TEST_CASE("locking and unlocking tell whoever sends views") {
    Office office;
    std::vector<core::DeviceId> told;
    office.house.views.listen([&](const core::DeviceId& device) { told.push_back(device); });
    CHECK(member(office.admin.post(office.device("/lock"), R"({"reason":"lost"})"), "state") == "locked");
    CHECK(member(office.admin.post(office.device("/unlock")), "state") == "enrolled");
    CHECK(told == std::vector<core::DeviceId>{office.pair.id(), office.pair.id()});
    CHECK(office.admin.post("/api/v1/devices/0000000000000/lock", R"({"reason":"x"})").status == 404);
    CHECK(office.admin.post("/api/v1/devices/nonsense/unlock").status == 404);
}

TEST_CASE("a device's name is edited by whoever has read its newest version") {
    Office office;
    const auto etag = std::string(office.admin.get(office.device()).headers.get_or("ETag", ""));
    CHECK(office.edit(office.device(), R"({"name":"Second"})", "").status == 428);
    const auto renamed = office.edit(office.device(), R"({"name":"Second"})", etag);
    REQUIRE(renamed.status == 200);
    CHECK(office.edit(office.device(), R"({"name":"Third"})", etag).status == 412);
    CHECK(office.edit(office.device(), R"({"name":"Third"})", member(renamed, "etag")).status == 200);
    CHECK(member(office.admin.get("/api/v1/devices?q=THIRD"), "items.0.name") == "Third");
}

TEST_CASE("devices are listed by name in pages, and filtered by state") {
    Office office;
    for (const char* name : {"b", "a", "C"})
        REQUIRE(
            office.admin
                .send(http::Method::post, "/api/v1/devices", json{{"name", name}}.dump(), {{"Idempotency-Key", name}})
                .status == 201);
    const auto first = office.admin.get("/api/v1/devices?state=created&limit=2");
    CHECK(member(first, "items.0.name") == "a");
    CHECK(member(first, "items.1.name") == "b");
    const auto second = office.admin.get("/api/v1/devices?state=created&limit=2&cursor=" + member(first, "next"));
    CHECK(member(second, "items.0.name") == "C");
    CHECK(member(second, "next") == "null");
    CHECK(office.admin.get("/api/v1/devices?state=broken").status == 400);
    CHECK(json::parse(office.admin.get("/api/v1/devices?state=enrolled").body)["items"].size() == 1);
    CHECK(member(office.admin.get("/api/v1/devices?state=created"), "items.0.enrol_until_ms") != "null");
}

TEST_CASE(
    "a wipe is asked with a reason, stands beside the lock until the handheld says it did it, and unlocking ends it") {
    Office office;
    const auto ask = [&](const char* body) {
        return office.admin.send(http::Method::post, office.device("/wipe"), body);
    };
    CHECK(ask(R"({"reason":" "})").status == 400);
    CHECK(member(office.admin.get(office.device()), "device.wipe") == "null");
    const auto asked = ask(R"({"reason":"lost in a tram"})");
    REQUIRE(asked.status == 200);
    CHECK(member(asked, "state") == "locked");
    CHECK(member(asked, "wipe.done_ms") == "null");
    const auto policy_of = [&] {
        return office.house.db->read([&](sql::Tx& tx) { return central::store::policy_of(tx, office.pair.id()); })
            .value();
    };
    const auto wipe = policy_of().wipe;
    REQUIRE(wipe);
    CHECK(policy_of().locked);
    REQUIRE(ask(R"({"reason":"again"})").status == 200);
    CHECK(policy_of().wipe == wipe);  // the same request
    const auto now = office.house.clock.at;
    put_act(office.house, office.pair, "device.wiped", now, now,
            wire::encode_data(model::DeviceWiped{model::WipeId{{1}}}));
    CHECK(member(office.admin.get(office.device()), "device.wipe.done_ms") == "null");  // that was another one
    put_act(office.house, office.pair, "device.wiped", now + 1min, now + 1min,
            wire::encode_data(model::DeviceWiped{wipe->id}));
    CHECK(member(office.admin.get(office.device()), "device.wipe.done_ms") ==
          std::to_string(core::count(now + 1min) / 1000));
    CHECK(office.house.count("SELECT COUNT(*) FROM audit WHERE action = 'device.wipe_asked'") == 2);
    REQUIRE(office.admin.send(http::Method::post, office.device("/unlock"), "").status == 200);
    CHECK(member(office.admin.get(office.device()), "device.wipe") == "null");
    CHECK_FALSE(policy_of().wipe);
}

TEST_CASE("a courier is created, edited, blocked; his code is his alone") {
    Office office;
    const auto taken = office.admin.send(http::Method::post, "/api/v1/couriers", R"({"name":"Борис","code":"K-1"})",
                                         {{"Idempotency-Key", "x"}});
    CHECK(taken.status == 409);
    CHECK(member(taken, "fields.0.field") == "code");
    const auto etag = member(office.admin.get(office.courier()), "courier.etag");
    const auto edited = office.edit(office.courier(), R"({"code":"K-7","phone":"+79990000001"})", etag);
    REQUIRE(edited.status == 200);
    CHECK(member(edited, "code") == "K-7");
    CHECK(office.edit(office.courier(), R"({"phone":null})", etag).status == 412);
    const auto no_phone = office.edit(office.courier(), R"({"phone":null})", member(edited, "etag"));
    CHECK(member(no_phone, "phone") == "null");
    const auto blocked = office.edit(office.courier(), R"({"state":"blocked"})", member(no_phone, "etag"));
    REQUIRE(blocked.status == 200);
    CHECK(member(blocked, "state") == "blocked");
    CHECK(member(blocked, "device") == "null");
    CHECK(json::parse(office.admin.get("/api/v1/couriers").body)["items"].empty());
    CHECK(member(office.admin.get("/api/v1/couriers?state=blocked"), "items.0.id") == office.pair.courier);
    CHECK(office.admin.send(http::Method::put, office.courier("/device"), json{{"device", office.pair.device}}.dump())
              .status == 409);
}

TEST_CASE("binding and unbinding reach the live map and the device's view") {
    Office office;
    const auto told_code = [&]() -> std::string {
        const auto row = office.house.db->read(
            [&](sql::Tx& tx) { return central::store::find_view_row(tx, office.pair.id(), wire::courier_row_key); });
        return *row ? wire::decode_courier_row((*row)->body)->code : "";
    };
    CHECK(office.house.live.find(office.pair.id())->courier == office.pair.courier);
    CHECK(told_code() == "K-1");
    const auto etag = member(office.admin.get(office.courier()), "courier.etag");
    REQUIRE(office.edit(office.courier(), R"({"code":"K-2"})", etag).status == 200);
    CHECK(told_code() == "K-2");
    CHECK(office.admin.send(http::Method::del, office.courier("/device")).status == 204);
    CHECK_FALSE(office.house.live.find(office.pair.id())->courier.has_value());
    CHECK(told_code().empty());
    const auto bound =
        office.admin.send(http::Method::put, office.courier("/device"), json{{"device", office.pair.device}}.dump());
    CHECK(member(bound, "device.id") == office.pair.device);
    CHECK(office.house.live.find(office.pair.id())->courier == office.pair.courier);
}

TEST_CASE("facts are shown newest first with their data, in pages, by type; the look is in the access book") {
    Office office;
    const auto now = office.house.clock.at;
    const auto scan =
        wire::encode_data(model::Scan{core::copy_of(core::view_of("4600000000015")), model::Symbology::ean13});
    put_act(office.house, office.pair, "scan", now - 10min, now - 10min + 1s, scan);
    put_act(office.house, office.pair, "scan", now - 5min, now, scan);
    put_act(office.house, office.pair, "unheard.of", now - 1min, now, {});
    const auto all = office.admin.get(office.courier("/events"));
    CHECK(member(all, "items.0.type") == "unheard.of");
    CHECK(member(all, "items.1.data.code") == "4600000000015");
    CHECK(member(all, "items.1.data.symbology") == "ean13");
    CHECK(member(all, "items.1.late") == "true");
    CHECK(member(all, "items.2.late") == "false");
    const auto first = office.admin.get(office.courier("/events?type=scan&limit=1"));
    const auto second = office.admin.get(office.courier("/events?type=scan&limit=1&cursor=" + member(first, "next")));
    CHECK(member(second, "items.0.act_ms") == std::to_string(core::count(now - 10min) / 1000));
    CHECK(member(second, "next") == "null");
    CHECK(json::parse(office.admin.get(office.device("/events?type=scan")).body)["items"].size() == 2);
    CHECK(office.admin.get(office.courier("/events?cursor=nonsense")).status == 400);
    CHECK(office.admin.get("/api/v1/couriers/nobody/events").status == 404);
    CHECK(office.house.count("SELECT COUNT(*) FROM audit WHERE action = 'courier.events_seen'") == 1);
}

TEST_CASE("the card tells shift, records, device and place; a look at the place is entered once in 15 minutes") {
    Office office;
    const auto now = office.house.clock.at;
    const auto id = office.pair.id();
    CHECK(member(office.admin.get(office.courier()), "live") == "null");
    put_shift(office.house, office.pair, now - 1h, {});
    office.house.live.shift(id, now - 1h);
    office.house.live.connected(id, true);
    office.house.live.moved(id, {{55.8, 37.6}, 1.4, 90.0, 5.0, core::time_ms(core::count(now) / 1000), now});
    put_act(office.house, office.pair, "device.battery", now - 1min, now,
            wire::encode_data(model::DeviceBattery{81, true}));
    const auto card = office.admin.get(office.courier());
    CHECK(member(card, "live.1") == "55.8");
    CHECK(member(card, "live.7") == "moving");
    CHECK(member(card, "shift.ended_ms") == "null");
    CHECK(member(card, "shift.breaks") == "[]");
    CHECK(member(card, "device.battery.percent") == "81");
    CHECK(member(card, "records.received") == "1");
    CHECK(member(card, "records.lost") == "0");
    office.admin.get(office.courier());
    CHECK(office.house.count("SELECT COUNT(*) FROM audit WHERE action = 'courier.live_seen'") == 1);
    office.house.clock.at += 16min;
    office.admin.get(office.courier());
    CHECK(office.house.count("SELECT COUNT(*) FROM audit WHERE action = 'courier.live_seen'") == 2);
}

TEST_CASE("the card lists the breaks of the shift, the one that lasts with no end") {
    Office office;
    const auto now = office.house.clock.at;
    const auto shift = put_shift(office.house, office.pair, now - 2h, {});
    REQUIRE(office.house.db
                ->write([&](sql::Tx& tx) -> core::Status {
                    central::store::break_started(tx, {core::random_id<core::EventId>(), shift, now - 1h});
                    central::store::breaks_ended(tx, shift, now - 30min);
                    central::store::break_started(tx, {core::random_id<core::EventId>(), shift, now - 5min});
                    return {};
                })
                .ok());
    office.house.live.shift(office.pair.id(), now - 2h, now - 5min);
    office.house.live.connected(office.pair.id(), true);
    const auto card = office.admin.get(office.courier());
    CHECK(member(card, "live.7") == "on_break");
    CHECK(member(card, "shift.breaks.0.to_ms") == std::to_string(core::count(now - 30min) / 1000));
    CHECK(member(card, "shift.breaks.1.from_ms") == std::to_string(core::count(now - 5min) / 1000));
    CHECK(member(card, "shift.breaks.1.to_ms") == "null");
}
