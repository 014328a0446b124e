// Badges and PINs of couriers, where they work, and orders that go to a pickup point, through the API; and what
// handhelds are told of it.
#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/devices/registry.hpp"
#include "central/app/orders/recipient.hpp"
#include "central/store/view_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/wire/courier_row.hpp"
#include "shared/wire/hand_codes.hpp"
#include "shared/wire/task_rows.hpp"
#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;
using wire::RowKind;

namespace {

struct People : ApiHouse {
    Browser dispatcher{*this, person("dispatcher", accounts::Roles{Role::dispatcher})};
    Browser admin{*this, person("admin", accounts::Roles{Role::admin})};
    std::vector<core::DeviceId> told;

    People() {
        views.listen([this](const core::DeviceId& device) { told.push_back(device); });
    }
    http::Response post(Browser& who, const std::string& target, const std::string& body, const std::string& once) {
        return who.send(http::Method::post, target, body, {{"Idempotency-Key", once}});
    }
    http::Response post(const std::string& target, const std::string& body = {}) {
        static int calls = 0;
        return post(admin, target, body, "p" + std::to_string(++calls));
    }
    std::string courier(const std::string& code) {
        const auto made = post("/api/v1/couriers", R"({"name": "Иван )" + code + R"(", "code": ")" + code + "\"}");
        return member(made, "id");
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
    std::string site(const std::string& kind, const std::string& name, const std::string& more = "") {
        return member(post("/api/v1/sites", R"({"kind": ")" + kind + R"(", "name": ")" + name +
                                                R"(", "address": "ул. Новая, 5", "hours": "пн–пт 9–21")" + more + "}"),
                      "id");
    }
    http::Response patch(const std::string& target, const std::string& body, const std::string& etag_path = "etag") {
        const auto etag = member(admin.get(target), etag_path);
        return admin.send(http::Method::patch, target, body, {{"If-Match", etag}});
    }
    http::Response edit_courier(const std::string& id, const std::string& body) {
        return patch("/api/v1/couriers/" + id, body, "courier.etag");
    }
    http::Response order(const std::string& where) {
        return post("/api/v1/orders",
                    R"({"sender": "Лавка", "recipient": {"name": "Ольга"}, "parcels": [{}], )" + where + "}");
    }
    std::optional<wire::CourierRow> courier_row(const core::DeviceId& device) {
        const auto row = db->read([&](core::Tx& tx) {
                               return central::store::find_view_row(tx, device, wire::courier_row_key);
                           }).value();
        if (!row) return std::nullopt;
        return wire::decode_courier_row(row->body).value();
    }
    std::vector<wire::ViewRow> rows(const core::DeviceId& device, RowKind kind) {
        auto all = db->read([&](core::Tx& tx) { return central::store::live_view_rows(tx, device); }).value();
        std::erase_if(all, [&](const wire::ViewRow& row) { return row.key.kind != kind; });
        return all;
    }
    bool was_told(const core::DeviceId& device) { return std::find(told.begin(), told.end(), device) != told.end(); }
};

std::string to_point(const std::string& id) { return R"("point": ")" + id + "\""; }

}  // namespace

TEST_CASE("a badge and its PIN are shown once, and his handheld can check both without a network") {
    People people;
    const auto id = people.courier("C-1");
    const auto device = people.handheld_of(id);
    CHECK(member(people.admin.get("/api/v1/couriers/" + id), "courier.has_badge") == "false");
    CHECK_FALSE(people.courier_row(device)->sign_in);
    people.told.clear();
    const auto made = people.post(people.dispatcher, "/api/v1/couriers/" + id + "/badge", "", "b1");
    REQUIRE(made.status == 201);
    CHECK(people.was_told(device));
    const auto badge = wire::badge_from(member(made, "badge")).value();
    CHECK(core::to_uuid_text(badge.courier) == id);
    CHECK(member(made, "qr_svg").starts_with("<"));
    const auto row = people.courier_row(device);
    REQUIRE(row->sign_in);
    CHECK(row->sign_in->badge == wire::badge_hash(badge.secret));
    CHECK(crypto::verifies(row->sign_in->pin, member(made, "pin")));
    const auto card = people.admin.get("/api/v1/couriers/" + id);
    CHECK(member(card, "courier.has_badge") == "true");
    CHECK(member(people.admin.get("/api/v1/couriers"), "items.0.has_badge") == "true");
    // The answer that got lost is given again, and nothing is made anew.
    CHECK(people.post(people.dispatcher, "/api/v1/couriers/" + id + "/badge", "", "b1").body == made.body);
    CHECK(people.courier_row(device) == row);
}

TEST_CASE("neither PIN nor badge is in the audit, the database's rows or any other answer") {
    People people;
    const auto id = people.courier("C-1");
    const auto made = people.post("/api/v1/couriers/" + id + "/badge");
    const auto badge = wire::badge_from(member(made, "badge")).value();
    const auto audit = people.admin.get("/api/v1/audit");
    CHECK(audit.body.find("courier.badge_made") != std::string::npos);
    for (const auto& text : {audit.body, people.admin.get("/api/v1/couriers/" + id).body}) {
        CHECK(text.find("P7B") == std::string::npos);
        CHECK(text.find(badge.secret.hex()) == std::string::npos);
        CHECK(text.find("\"" + member(made, "pin") + "\"") == std::string::npos);
    }
    CHECK(people.count("SELECT COUNT(*) FROM courier_sign_in WHERE length(badge_hash) = 32") == 1);
}

TEST_CASE("a new PIN keeps the badge, has another salt, and the old one opens nothing any more") {
    People people;
    const auto id = people.courier("C-1");
    const auto device = people.handheld_of(id);
    CHECK(people.post("/api/v1/couriers/" + id + "/pin").status == 409);
    REQUIRE(people.post("/api/v1/couriers/" + id + "/badge").status == 201);
    const auto before = people.courier_row(device)->sign_in.value();
    const auto made = people.post("/api/v1/couriers/" + id + "/pin");
    REQUIRE(made.status == 201);
    const auto after = people.courier_row(device)->sign_in.value();
    CHECK(after.badge == before.badge);
    CHECK(after.pin.salt != before.pin.salt);
    CHECK(crypto::verifies(after.pin, member(made, "pin")));
    CHECK(people.count("SELECT COUNT(*) FROM audit WHERE action = 'courier.pin_made'") == 1);
}

TEST_CASE("a badge is taken away, is not given to who is blocked, and not to nobody") {
    People people;
    const auto id = people.courier("C-1");
    const auto device = people.handheld_of(id);
    const auto target = "/api/v1/couriers/" + id + "/badge";
    REQUIRE(people.post(target).status == 201);
    CHECK(people.admin.send(http::Method::del, target).status == 204);
    CHECK_FALSE(people.courier_row(device)->sign_in);
    CHECK(people.admin.send(http::Method::del, target).status == 204);
    REQUIRE(people.edit_courier(id, R"({"state": "blocked"})").status == 200);
    CHECK(people.post(target).status == 409);
    for (const auto* nobody : {"none", "01999999-0000-7000-8000-000000000000"}) {
        const auto base = "/api/v1/couriers/" + std::string(nobody);
        CHECK(people.post(base + "/badge").status == 404);
        CHECK(people.post(base + "/pin").status == 404);
        CHECK(people.admin.send(http::Method::del, base + "/badge").status == 404);
    }
}

TEST_CASE("a badge moves to the next handheld with its courier") {
    People people;
    const auto id = people.courier("C-1");
    REQUIRE(people.post("/api/v1/couriers/" + id + "/badge").status == 201);
    const auto device = people.handheld_of(id);
    CHECK(people.courier_row(device)->sign_in.has_value());
}

TEST_CASE("a courier works at an open pickup point or depot, and at nothing else") {
    People people;
    const auto point = people.site("point", "На Новой"), depot = people.site("depot", "Северный");
    const auto id = people.courier("C-1");
    const auto device = people.handheld_of(id);
    people.told.clear();
    const auto changed = people.edit_courier(id, R"({"site": ")" + point + "\"}");
    REQUIRE(changed.status == 200);
    CHECK(member(changed, "site.name") == "На Новой");
    CHECK(people.was_told(device));
    CHECK(people.courier_row(device)->site->kind == model::HolderKind::point);
    CHECK(member(people.admin.get("/api/v1/couriers/" + id), "courier.site.id") == point);
    REQUIRE(people.edit_courier(id, R"({"site": ")" + depot + "\"}").status == 200);
    CHECK(people.courier_row(device)->site->kind == model::HolderKind::depot);
    const auto closed = people.site("depot", "Закрытый");
    people.db
        ->write([&](sql::Tx& tx) {
            tx.exec("UPDATE site SET state = 'closed' WHERE site_id = $1", closed);
            return core::Result(0);
        })
        .value();
    for (const auto& wrong : {closed, std::string("none")}) {
        const auto refused = people.edit_courier(id, R"({"site": ")" + wrong + "\"}");
        CHECK(refused.status == 400);
        CHECK(member(refused, "fields.0.field") == "site");
    }
    CHECK(member(people.edit_courier(id, R"({"site": null})"), "site") == "null");
    CHECK_FALSE(people.courier_row(device)->site);
    const auto clerk = people.post("/api/v1/couriers", R"({"name": "Рита", "code": "P-2", "site": ")" + point + "\"}");
    CHECK(member(clerk, "site.id") == point);
}

TEST_CASE("an order to a point has the point's address and place, and follows when they change") {
    People people;
    const auto point = people.site("point", "На Новой", R"(, "place": {"lat": 55.5, "lon": 37.5})");
    const auto made = people.order(to_point(point));
    REQUIRE(made.status == 201);
    CHECK(member(made, "order.point.name") == "На Новой");
    CHECK(member(made, "order.address.text") == "ул. Новая, 5");
    CHECK(member(made, "order.place.lat") == "55.5");
    CHECK(member(made, "order.keep_until_ms") == "null");
    const auto id = member(made, "order.id");
    const auto courier = people.courier("C-1");
    const auto device = people.handheld_of(courier);
    REQUIRE(
        people.post("/api/v1/orders/plan", R"({"orders": [")" + id + R"("], "courier": ")" + courier + "\"}").status ==
        200);
    people.told.clear();
    const auto site = people.admin.send(http::Method::patch, "/api/v1/sites/" + point, R"({"address": "ул. Новая, 7"})",
                                        {{"If-Match", member(people.admin.get("/api/v1/sites"), "items.0.etag")}});
    REQUIRE(site.status == 200);
    CHECK(people.was_told(device));
    CHECK(member(people.admin.get("/api/v1/orders/" + id), "order.address.text") == "ул. Новая, 7");
    CHECK(wire::decode_recipient_row(people.rows(device, RowKind::recipient).at(0).body)->address == "ул. Новая, 7");
}

TEST_CASE("an order goes to a door or to an open point, never to both and never nowhere") {
    People people;
    const auto point = people.site("point", "На Новой"), depot = people.site("depot", "Северный");
    const auto door = R"("address": {"text": "пр. Мира, 1"})";
    const auto field = [&](const http::Response& refused) {
        CHECK(refused.status == 400);
        return member(refused, "fields.0.field");
    };
    CHECK(field(people.order(to_point(depot))) == "point");
    CHECK(field(people.order(to_point("none"))) == "point");
    CHECK(field(people.order(R"("point": null)")) == "address");
    CHECK(field(people.order(to_point(point) + ", " + door)) == "address");
    CHECK(people.count("SELECT COUNT(*) FROM customer_order") == 0);
    const auto target = "/api/v1/orders/" + member(people.order(door), "order.id");
    const auto edit = [&](const std::string& body) { return people.patch(target, "{" + body + "}", "order.etag"); };
    CHECK(member(edit(to_point(point)), "order.point.id") == point);
    CHECK(field(edit(door)) == "address");
    CHECK(field(edit(R"("point": null)")) == "address");
    const auto back = edit(std::string(R"("point": null, )") + door);
    CHECK(member(back, "order.point") == "null");
    CHECK(member(back, "order.address.text") == "пр. Мира, 1");
}

TEST_CASE("orders are found by their point, and their labels are printed") {
    People people;
    const auto point = people.site("point", "На Новой"), other = people.site("point", "У реки");
    const auto made = people.order(to_point(point));
    people.order(to_point(other));
    people.order(R"("address": {"text": "пр. Мира, 1"})");
    const auto found = people.admin.get("/api/v1/orders?point=" + point);
    CHECK(member(found, "items.0.id") == member(made, "order.id"));
    CHECK(member(found, "items.1.id").empty());
    const auto labels = people.admin.get("/api/v1/orders/" + member(made, "order.id") + "/labels");
    CHECK(labels.body.starts_with("%PDF-"));
}

TEST_CASE("the recipient reads which point it is, where and when it is open, in his language") {
    People people;
    const auto point = people.site("point", "На <Новой>");
    const auto id = member(people.order(to_point(point)), "order.id");
    const auto order = people.db->read([&](core::Tx& tx) { return central::store::find_order(tx, id); }).value();
    auto request = http::make_request(http::Method::get, "/t/" + central::app::orders::recipient_token(*order)).value();
    const auto page = people.handle(request);
    for (const auto* words : {"Пункт выдачи", "На &lt;Новой&gt;", "ул. Новая, 5", "пн–пт 9–21", "Код для получения"})
        CHECK_MESSAGE(page.body.find(words) != std::string::npos, words);
    CHECK(page.body.find("Хранится") == std::string::npos);
    request.headers.set("Accept-Language", "en");
    CHECK(people.handle(request).body.find("Pickup point") != std::string::npos);
}
