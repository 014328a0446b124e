// Orders through the API: what the office enters, finds, plans and calls off; and what handhelds are told of it.
#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/devices/registry.hpp"
#include "central/store/view_store.hpp"
#include "shared/wire/task_rows.hpp"
#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;
using wire::RowKind;

namespace {

constexpr const char* plain = R"({
    "sender": "Лавка", "recipient": {"name": "Ольга Мельник", "phone": "+79990000001"},
    "address": {"text": "ул. Садовая, 14, кв. 32", "intercom": "32К"},
    "place": {"lat": 55.82, "lon": 37.61}, "due": {"minor": 129000, "currency": "RUB"},
    "slot": {"from_ms": 1795000000000, "to_ms": 1795007200000}, "proof": ["code", "photo"],
    "parcels": [{"code": "4600000000015", "what": "Чайник", "weight_g": 1200}, {}]})";

struct Office : ApiHouse {
    Browser browser{*this, person("dispatcher", accounts::Roles{Role::dispatcher})};

    http::Response create(const std::string& body = plain) {
        static int calls = 0;
        return browser.send(http::Method::post, "/api/v1/orders", body,
                            {{"Idempotency-Key", "k" + std::to_string(++calls)}});
    }
    std::string order_of(const http::Response& card) { return member(card, "order.id"); }
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
    http::Response plan(const std::vector<std::string>& orders, const std::string& courier_id) {
        std::string list;
        for (const auto& id : orders) list += (list.empty() ? "\"" : ",\"") + id + "\"";
        const auto whose = courier_id.empty() ? "null" : "\"" + courier_id + "\"";
        return browser.post("/api/v1/orders/plan", "{\"orders\":[" + list + "],\"courier\":" + whose + "}");
    }
    std::vector<wire::ViewRow> rows(const core::DeviceId& device, RowKind kind) {
        auto all = db->read([&](core::Tx& tx) { return central::store::live_view_rows(tx, device); }).value();
        std::erase_if(all, [&](const wire::ViewRow& row) { return row.key.kind != kind; });
        return all;
    }
    std::vector<std::string> tasks(const core::DeviceId& device) {  // numbers, in the order of the list
        std::map<std::uint64_t, std::string> list;
        for (const auto& row : rows(device, RowKind::task)) {
            const auto task = wire::decode_task_row(row.body).value();
            list[task.place] = task.number;
        }
        std::vector<std::string> numbers;
        for (const auto& [place, number] : list) numbers.push_back(number);
        return numbers;
    }
};

}  // namespace

TEST_CASE("an order that is entered has a number, its parcels and the beginning of their story") {
    Office office;
    const auto made = office.create();
    REQUIRE(made.status == 201);
    CHECK(member(made, "order.number") == "A-10001");
    CHECK(member(made, "order.status") == "accepted");
    CHECK(member(made, "order.recipient.phone") == "+79990000001");
    CHECK(member(made, "order.due.minor") == "129000");
    CHECK(member(made, "parcels.0.codes.0") == "A-10001-1");
    CHECK(member(made, "parcels.0.codes.1") == "4600000000015");
    CHECK(member(made, "parcels.1.codes.0") == "A-10001-2");
    CHECK(member(made, "parcels.1.holder.kind") == "seller");
    CHECK(member(made, "story.0.type") == "parcel.registered");
    CHECK(member(made, "story.0.by.kind") == "staff");
    CHECK(office.browser.get("/api/v1/orders/" + office.order_of(made)).body == made.body);
    CHECK(office.count("SELECT COUNT(*) FROM audit WHERE action = 'order.created'") == 1);
}

TEST_CASE("every fault of an order is named where it stands, and nothing is kept") {
    Office office;
    const auto bad = office.create(R"({"sender": " ", "recipient": {"name": "О", "phone": "8999"}, "address": {},
        "slot": {"from_ms": 2, "to_ms": 1}, "due": {"minor": 0, "currency": "rub"}, "proof": ["kiss"],
        "place": {"lat": 91, "lon": 0}, "parcels": [{"weight_g": 0}, {"code": "штрих"}], "colour": "red"})");
    CHECK(bad.status == 400);
    for (const auto* field : {"sender", "recipient.phone", "address.text", "slot.to_ms", "due.minor", "due.currency",
                              "proof", "place.lat", "parcels[0].weight_g", "parcels[1].code", "colour"}) {
        CAPTURE(field);
        CHECK(bad.body.find("\"" + std::string(field) + "\"") != std::string::npos);
    }
    CHECK(office.count("SELECT COUNT(*) FROM customer_order") == 0);
    CHECK(office.count("SELECT COUNT(*) FROM event_log") == 0);
    CHECK(office.count("SELECT last FROM order_number") == 10000);
}

TEST_CASE("orders are found by number, barcode, the sender's number, recipient, status and courier, page by page") {
    Office office;
    const auto first = office.create();
    office.clock.advance(std::chrono::seconds{1});
    office.create(R"({"sender": "Лавка", "outer_ref": "WB-7", "recipient": {"name": "Пётр"},
        "address": {"text": "пр. Мира, 101"}, "parcels": [{}]})");
    const auto found = [&](const std::string& query) {
        const auto page = office.browser.get("/api/v1/orders?" + query);
        REQUIRE(page.status == 200);
        return member(page, "items.0.number") + (member(page, "items.1.number").empty() ? "" : " …");
    };
    CHECK(found("") == "A-10002 …");
    CHECK(found("q=a-10001") == "A-10001");
    CHECK(found("q=46000000") == "A-10001");
    CHECK(found("q=WB-7") == "A-10002");
    CHECK(found("q=%D0%BF%D0%B5%D1%82%D1%80") == "A-10002");  // петр
    CHECK(found("q=%25") == "");
    CHECK(found("status=accepted,delivered") == "A-10002 …");
    CHECK(found("status=delivered") == "");
    CHECK(office.browser.get("/api/v1/orders?status=flying").status == 400);
    const auto courier = office.courier("C-1");
    REQUIRE(office.plan({office.order_of(first)}, courier).status == 200);
    CHECK(found("courier=" + courier) == "A-10001");
    CHECK(found("courier=none") == "A-10002");
    const auto page = office.browser.get("/api/v1/orders?limit=1");
    CHECK(found("limit=1&cursor=" + member(page, "next")) == "A-10001");
    CHECK(office.browser.get("/api/v1/orders?cursor=AAAA").status == 400);
}

TEST_CASE("what is planned for a courier is on his handheld with parcels and recipient, in the order of his list") {
    Office office;
    const auto courier = office.courier("C-1");
    const auto device = office.handheld_of(courier);
    const auto first = office.order_of(office.create()), second = office.order_of(office.create());
    const auto third = office.order_of(office.create());
    CHECK(office.tasks(device).empty());
    REQUIRE(office.plan({second, first}, courier).status == 200);
    CHECK(office.tasks(device) == std::vector<std::string>{"A-10002", "A-10001"});
    CHECK(office.rows(device, RowKind::parcel).size() == 4);
    const auto recipients = office.rows(device, RowKind::recipient);
    REQUIRE(recipients.size() == 2);
    CHECK(wire::decode_recipient_row(recipients[0].body)->intercom == "32К");
    REQUIRE(office.plan({third}, courier).status == 200);
    CHECK(office.tasks(device) == std::vector<std::string>{"A-10002", "A-10001", "A-10003"});
    const auto reordered = office.browser.post(
        "/api/v1/orders/plan", R"({"orders":[")" + third + R"("],"courier":")" + courier + R"(","from_start":true})");
    CHECK(reordered.status == 200);
    CHECK(office.tasks(device) == std::vector<std::string>{"A-10003", "A-10002", "A-10001"});
}

TEST_CASE("a plan that is changed leaves the first handheld and goes to the second; who had it before is told") {
    Office office;
    const auto ivan = office.courier("C-1"), anna = office.courier("C-2");
    const auto his = office.handheld_of(ivan), hers = office.handheld_of(anna);
    const auto order = office.order_of(office.create());
    CHECK(member(office.plan({order}, ivan), "changed.0.courier_before") == "null");
    CHECK(member(office.plan({order}, anna), "changed.0.courier_before") == ivan);
    CHECK(office.tasks(his).empty());
    CHECK(office.rows(his, RowKind::recipient).empty());
    CHECK(office.tasks(hers).size() == 1);
    CHECK(member(office.browser.get("/api/v1/orders/" + order), "order.courier.id") == anna);
    REQUIRE(office.plan({order}, "").status == 200);
    CHECK(office.tasks(hers).empty());
    CHECK(member(office.browser.get("/api/v1/orders/" + order), "order.courier") == "null");
}

TEST_CASE("another handheld for the courier takes his work along") {
    Office office;
    const auto courier = office.courier("C-1");
    const auto old_one = office.handheld_of(courier);
    REQUIRE(office.plan({office.order_of(office.create())}, courier).status == 200);
    const auto new_one = office.handheld_of(courier);
    CHECK(office.tasks(old_one).empty());
    CHECK(office.rows(old_one, RowKind::recipient).empty());
    CHECK(office.tasks(new_one).size() == 1);
}

TEST_CASE("a plan of unknown orders, for an unknown courier, or twice the same order changes nothing") {
    Office office;
    const auto courier = office.courier("C-1");
    const auto order = office.order_of(office.create());
    CHECK(office.plan({order, "no-such"}, courier).status == 404);
    CHECK(office.plan({order}, "nobody").status == 404);
    CHECK(office.plan({order, order}, courier).status == 400);
    CHECK(office.plan({}, courier).status == 400);
    CHECK(office.count("SELECT COUNT(*) FROM assignment") == 0);
}

TEST_CASE("an edit reaches the handheld; who is late with it has to read again") {
    Office office;
    const auto courier = office.courier("C-1");
    const auto device = office.handheld_of(courier);
    const auto order = office.order_of(office.create());
    REQUIRE(office.plan({order}, courier).status == 200);
    const auto target = "/api/v1/orders/" + order;
    const auto etag = member(office.browser.get(target), "order.etag");
    const auto patch = [&](const std::string& body) {
        return office.browser.send(http::Method::patch, target, body, {{"If-Match", etag}});
    };
    const auto edited = patch(R"({"due": null, "address": {"text": "пр. Мира, 1", "floor": "3"}})");
    REQUIRE(edited.status == 200);
    CHECK(member(edited, "order.due") == "null");
    CHECK(member(edited, "order.address.intercom") == "null");
    CHECK(wire::decode_recipient_row(office.rows(device, RowKind::recipient)[0].body)->address == "пр. Мира, 1");
    CHECK(wire::decode_task_row(office.rows(device, RowKind::task)[0].body)->due_minor == 0);
    CHECK(patch(R"({"due": null})").status == 412);
    CHECK(office.browser.send(http::Method::patch, target, "{}").status == 428);
}

TEST_CASE("a sender's own number names one order of his; another sender may have the same") {
    Office office;
    const auto body = [](const std::string& sender, const std::string& ref) {
        return R"({"sender": ")" + sender + R"(", "outer_ref": ")" + ref +
               R"(", "recipient": {"name": "Пётр"}, "address": {"text": "пр. Мира, 101"}, "parcels": [{}]})";
    };
    REQUIRE(office.create(body("Лавка", "L-1")).status == 201);
    const auto again = office.create(body("Лавка", "L-1"));
    CHECK(again.status == 409);
    CHECK(member(again, "fields.0.field") == "outer_ref");
    CHECK(member(again, "fields.0.code") == "taken");
    CHECK(office.create(body("Сад", "L-1")).status == 201);
    const auto other = office.create(body("Лавка", "L-2"));
    const auto edit = [&](const std::string& ref) {
        return office.browser.send(http::Method::patch, "/api/v1/orders/" + office.order_of(other),
                                   R"({"outer_ref": ")" + ref + "\"}", {{"If-Match", member(other, "order.etag")}});
    };
    CHECK(member(edit("L-1"), "fields.0.field") == "outer_ref");
    CHECK(edit("L-2").status == 200);
    CHECK(office.count("SELECT COUNT(*) FROM customer_order") == 3);
}

TEST_CASE("an order that is called off leaves the list, stays so, and cannot be planned or edited any more") {
    Office office;
    const auto courier = office.courier("C-1");
    const auto device = office.handheld_of(courier);
    const auto order = office.order_of(office.create());
    REQUIRE(office.plan({order}, courier).status == 200);
    const auto cancelled = office.browser.post("/api/v1/orders/" + order + "/cancel", R"({"reason": "передумал"})");
    REQUIRE(cancelled.status == 200);
    CHECK(member(cancelled, "order.status") == "cancelled");
    CHECK(office.tasks(device).empty());
    CHECK(office.browser.post("/api/v1/orders/" + order + "/cancel", R"({"reason": "ещё раз"})").status == 200);
    const auto late = office.plan({office.order_of(office.create()), order}, courier);
    CHECK(late.status == 409);
    CHECK(member(late, "fields.0.field") == "orders[1]");
    const auto etag = member(office.browser.get("/api/v1/orders/" + order), "order.etag");
    CHECK(office.browser.send(http::Method::patch, "/api/v1/orders/" + order, "{}", {{"If-Match", etag}}).status ==
          409);
}

TEST_CASE("labels are a PDF with a page for each parcel") {
    Office office;
    const auto order = office.order_of(office.create());
    const auto labels = office.browser.get("/api/v1/orders/" + order + "/labels");
    REQUIRE(labels.status == 200);
    CHECK(labels.headers.get_or("Content-Type", "") == "application/pdf");
    CHECK(labels.body.starts_with("%PDF-"));
    CHECK(office.browser.get("/api/v1/orders/" + order + "/labels?size=small").status == 200);
    CHECK(office.browser.get("/api/v1/orders/" + order + "/labels?size=huge").status == 400);
    CHECK(office.browser.get("/api/v1/orders/none/labels").status == 404);
}

TEST_CASE("depots and points are made, changed and closed by the admin, and handhelds know the open ones") {
    Office office;
    Browser admin(office, office.person("admin", accounts::Roles{Role::admin}));
    const auto device = office.handheld_of(office.courier("C-1"));
    const auto made = admin.send(http::Method::post, "/api/v1/sites",
                                 R"({"kind": "depot", "name": "Северный", "address": "ул. Складская, 1"})",
                                 {{"Idempotency-Key", "s1"}});
    REQUIRE(made.status == 201);
    CHECK(member(made, "time_zone") == "Europe/Moscow");
    REQUIRE(office.rows(device, RowKind::site).size() == 1);
    CHECK(wire::decode_site_row(office.rows(device, RowKind::site)[0].body)->name == "Северный");
    const auto closed = admin.send(http::Method::patch, "/api/v1/sites/" + member(made, "id"), R"({"state": "closed"})",
                                   {{"If-Match", member(made, "etag")}});
    CHECK(member(closed, "state") == "closed");
    CHECK(office.rows(device, RowKind::site).empty());
    CHECK(member(office.browser.get("/api/v1/sites"), "items.0.name") == "Северный");
    const auto bad = admin.send(http::Method::post, "/api/v1/sites",
                                R"({"kind": "moon", "name": "", "address": "x", "time_zone": "../../etc/passwd"})",
                                {{"Idempotency-Key", "s2"}});
    CHECK(bad.status == 400);
    for (const auto* field : {"\"kind\"", "\"name\"", "\"time_zone\""})
        CHECK(bad.body.find(field) != std::string::npos);
}
