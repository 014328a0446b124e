// The dispatch board through the API: what it shows, what a move says and refuses, and that a handheld follows.
#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/devices/registry.hpp"
#include "central/store/view_store.hpp"
#include "shared/wire/access_rows.hpp"
#include "shared/wire/task_rows.hpp"
#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;

namespace {

constexpr const char* plain = R"({"sender": "Лавка", "recipient": {"name": "Ольга Мельник"},
    "address": {"text": "ул. Садовая, 14, кв. 32"}, "due": {"minor": 129000, "currency": "RUB"}, "parcels": [{}, {}]})";

struct Room : ApiHouse {
    Browser browser{*this, person("dispatcher", accounts::Roles{Role::dispatcher})};
    std::vector<std::string> orders;
    std::string ivan = courier("C-1"), anna = courier("C-2");

    Room() {
        for (int made = 0; made < 3; ++made) {
            clock.advance(std::chrono::seconds{1});
            const auto card = browser.send(http::Method::post, "/api/v1/orders", plain,
                                           {{"Idempotency-Key", "k" + std::to_string(made)}});
            orders.push_back(member(card, "order.id"));
        }
    }
    std::string courier(const std::string& code) {
        return db
            ->write([&](core::Tx& tx) {
                return central::app::couriers::create(tx, {"Иван " + code, code, {}}, clock.now()).value().id;
            })
            .value();
    }
    core::DeviceId handheld_of(const std::string& courier_id) {
        return db
            ->write([&](core::Tx& tx) {
                const auto device = central::app::devices::create_device(tx, "handheld", clock.now()).value().id;
                central::app::devices::bind(tx, courier_id, device).value();
                return device;
            })
            .value();
    }
    static std::string list(const std::vector<std::string>& texts) {
        std::string json;
        for (const auto& text : texts) json += (json.empty() ? "\"" : ",\"") + text + "\"";
        return "[" + json + "]";
    }
    http::Response plan(const std::vector<std::string>& ids, const std::string& courier_id,
                        const std::string& more = {}) {
        clock.advance(std::chrono::seconds{1});
        const auto whose = courier_id.empty() ? "null" : "\"" + courier_id + "\"";
        return browser.post("/api/v1/orders/plan", "{\"orders\":" + list(ids) + ",\"courier\":" + whose + more + "}");
    }
    http::Response board() { return browser.get("/api/v1/board"); }
    std::vector<std::string> tasks(const core::DeviceId& device) {  // numbers, in the order of the list
        const auto rows = db->read([&](core::Tx& tx) { return central::store::live_view_rows(tx, device); }).value();
        std::map<std::uint64_t, std::string> sorted;
        for (const auto& row : rows) {
            if (row.key.kind != wire::RowKind::task) continue;
            const auto task = wire::decode_task_row(row.body).value();
            sorted[task.place] = task.number;
        }
        std::vector<std::string> numbers;
        for (const auto& [place, number] : sorted) numbers.push_back(number);
        return numbers;
    }
};

}  // namespace

TEST_CASE("the board has couriers by code with their lists, and what nobody has") {
    Room room;
    const auto device = room.handheld_of(room.ivan);
    room.live.carried_by(device, room.ivan);
    room.live.connected(device, true);
    room.live.shift(device, room.clock.now());
    REQUIRE(room.plan({room.orders[1]}, room.ivan).status == 200);
    const auto board = room.board();
    REQUIRE(board.status == 200);
    CHECK(member(board, "couriers.0.code") == "C-1");
    CHECK(member(board, "couriers.0.online") == "true");
    CHECK(member(board, "couriers.0.in_shift_since_ms") != "null");
    CHECK(member(board, "couriers.1.in_shift_since_ms") == "null");
    CHECK(member(board, "couriers.0.stops.0.number") == "A-10002");
    CHECK(member(board, "couriers.0.stops.0.parcels_count") == "2");
    CHECK(member(board, "couriers.0.stops.0.due.minor") == "129000");
    CHECK(member(board, "unplanned.0.number") == "A-10001");
    CHECK(member(board, "unplanned.1.number") == "A-10003");
    CHECK(member(board, "unplanned.0.mark") == "none");
    CHECK(room.count("SELECT COUNT(*) FROM audit WHERE action = 'courier.live_seen'") == 0);  // it shows no places
}

TEST_CASE("a board that has not changed is not sent again") {
    Room room;
    const std::string etag{room.board().headers.get_or("ETag", "")};
    const auto again = [&] {
        return room.browser.send(http::Method::get, "/api/v1/board", {}, {{"If-None-Match", etag}});
    };
    CHECK(again().status == 304);
    CHECK(again().body.empty());
    REQUIRE(room.plan({room.orders[0]}, room.ivan).status == 200);
    CHECK(again().status == 200);
}

TEST_CASE("a stop that is put elsewhere in the list is elsewhere on the handheld, and both are in the record") {
    Room room;
    const auto device = room.handheld_of(room.ivan);
    REQUIRE(room.plan(room.orders, room.ivan).status == 200);
    const auto moved = room.plan({room.orders[2]}, room.ivan, ",\"before\":\"" + room.orders[0] + "\"");
    REQUIRE(moved.status == 200);
    CHECK(member(moved, "moved.0") == room.orders[2]);
    CHECK(room.tasks(device) == std::vector<std::string>{"A-10003", "A-10001", "A-10002"});
    CHECK(room.count("SELECT COUNT(*) FROM audit WHERE action = 'order.planned'") == 3);
    CHECK(room.count("SELECT COUNT(*) FROM audit WHERE action = 'order.moved'") == 1);
}

TEST_CASE("who moves what somebody else moved since is told which one, and why") {
    Room room;
    REQUIRE(room.plan({room.orders[0]}, room.ivan, R"(,"seen":["none"])").status == 200);
    const auto late = room.plan({room.orders[1], room.orders[0]}, room.anna, R"(,"seen":["none","none"])");
    CHECK(late.status == 409);
    CHECK(member(late, "fields.0.field") == "orders[1]");
    CHECK(member(late, "fields.0.code") == "stale");
    const auto mark = member(room.board(), "couriers.0.stops.0.mark");
    CHECK(room.plan({room.orders[0]}, room.anna, ",\"seen\":[\"" + mark + "\"]").status == 200);
}

TEST_CASE("a fixed stop stays when several are moved") {
    Room room;
    REQUIRE(room.plan(room.orders, room.ivan).status == 200);
    const auto fix = [&](const std::string& body) { return room.browser.post("/api/v1/orders/fix", body); };
    const auto fixed = fix("{\"orders\":[\"" + room.orders[1] + "\"],\"fixed\":true}");
    REQUIRE(fixed.status == 200);
    CHECK(member(fixed, "changed.0") == room.orders[1]);
    CHECK(member(room.board(), "couriers.0.stops.1.fixed") == "true");
    CHECK(member(room.plan(room.orders, room.anna), "kept.0") == room.orders[1]);
    CHECK(member(room.board(), "couriers.0.stops.0.number") == "A-10002");
    CHECK(room.count("SELECT COUNT(*) FROM audit WHERE action = 'order.fixed'") == 1);
    CHECK(fix("{\"orders\":[\"" + room.orders[1] + "\"]}").status == 400);
    CHECK(fix(R"({"orders":[],"fixed":true})").status == 400);
    CHECK(fix(R"({"orders":["no-such"],"fixed":true})").status == 404);
}

TEST_CASE("a move that says too much, or not enough, is refused where it is wrong") {
    Room room;
    const auto fault = [&](const std::string& more) {
        return member(room.plan(room.orders, room.ivan, more), "fields.0.field");
    };
    CHECK(fault(R"(,"seen":["none"])") == "seen");
    CHECK(fault(R"(,"from_start":true,"to_end":true)") == "before");
    CHECK(fault(",\"before\":\"" + room.orders[0] + "\"") == "before");
    CHECK(room.plan({room.orders[0]}, room.ivan, ",\"before\":\"" + room.orders[1] + "\"").status == 409);
    CHECK(room.count("SELECT COUNT(*) FROM assignment") == 0);
}

TEST_CASE("a track that somebody looked at is on the courier's handheld when he gets another one") {
    Room room;
    REQUIRE(
        room.browser.get("/api/v1/couriers/" + room.ivan + "/track?from_ms=1795000000000&to_ms=1795003600000").status ==
        200);
    const auto device = room.db
                            ->write([&](core::Tx& tx) {
                                return central::app::devices::create_device(tx, "new", room.clock.now()).value().id;
                            })
                            .value();
    REQUIRE(room.browser
                .send(http::Method::put, "/api/v1/couriers/" + room.ivan + "/device",
                      "{\"device\":\"" + device.text() + "\"}")
                .status == 200);
    const auto rows = room.db->read([&](core::Tx& tx) { return central::store::live_view_rows(tx, device); }).value();
    std::vector<wire::LookEntry> looks;
    for (const auto& row : rows)
        if (row.key.kind == wire::RowKind::access) looks = wire::decode_access_row(row.body).value().looks;
    REQUIRE(looks.size() == 1);
    CHECK(looks[0].what == wire::LookKind::track);
    CHECK(looks[0].role == "dispatcher");
    CHECK(looks[0].of_from == core::time_ms(1795000000000));
    CHECK(looks[0].of_to == core::time_ms(1795003600000));
}
