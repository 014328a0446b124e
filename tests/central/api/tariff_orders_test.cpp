// Tariffs and the orders that no clerk types: a shop's by its token, a partner's by a file; and what the handheld gets.
#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/devices/registry.hpp"
#include "central/app/dispatch/plan.hpp"
#include "central/app/dispatch/retell.hpp"
#include "central/store/view_store.hpp"
#include "shared/wire/task_rows.hpp"
#include "tests/central/api/registry_house.hpp"
#include "tests/central/api/shop.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

constexpr const char* city = R"({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"name": "Город"},
     "geometry": {"type": "Polygon", "coordinates": [[[37,55],[38,55],[38,56],[37,56],[37,55]]]}}]})";
constexpr const char* tariff = R"({"name": "Основной", "valid_from_ms": 0, "base_minor": 30000,
    "proof": ["code", "photo"], "zones": [], "weights": [{"up_to_g": 2000, "minor": 0}, {"up_to_g": 9000, "minor": 5000}],
    "sizes": []})";

struct Rules : RegistryHouse {
    Browser admin{*this, person("admin", accounts::Roles{accounts::Role::admin})};

    http::Response post(const std::string& target, const std::string& body) {
        static int calls = 0;
        return admin.send(http::Method::post, target, body, {{"Idempotency-Key", "r" + std::to_string(++calls)}});
    }
    void open() {
        REQUIRE(admin.post("/api/v1/zones/import?apply=true", city).status == 200);
        REQUIRE(post("/api/v1/tariffs", tariff).status == 201);
        REQUIRE(
            post("/api/v1/slot-rules", R"({"weekdays": 127, "from_minute": 1080, "to_minute": 1320, "capacity": 1})")
                .status == 201);
    }
    Shop shop() {
        const auto made = post("/api/v1/tokens",
                               R"({"name": "Касса", "sender": "Лавка", "scopes": ["orders:read", "orders:write"]})");
        REQUIRE(made.status == 201);
        return {*this, member(made, "secret")};
    }
};

std::string shop_order(const std::string& more) {
    return R"({"recipient": {"name": "Ольга"}, "address": {"text": "ул. Садовая, 14"}, "parcels": [{}])" + more + "}";
}
const std::string in_town = R"(, "place": {"lat": 55.5, "lon": 37.5})";

constexpr const char* head =
    "Номер заказа;Получатель;Адрес;Широта;Долгота;Доставить с;Доставить до;Вес, кг;Подтверждение\n";

}  // namespace

TEST_CASE("a shop's order outside of every zone is refused with the field, inside it has price and proof") {
    Rules rules;
    const auto shop = rules.shop();
    CHECK(shop.post("/api/v1/orders", shop_order("")).status == 201);  // no zone is drawn yet
    rules.open();
    const auto made = shop.post("/api/v1/orders", shop_order(in_town));
    REQUIRE(made.status == 201);
    CHECK(member(made, "price.total_minor") == "30000");
    CHECK(member(made, "order.proof.1") == "photo");
    for (const std::string where : {R"(, "place": {"lat": 10, "lon": 37.5})", ""}) {
        const auto refused = shop.post("/api/v1/orders", shop_order(where));
        CHECK(refused.status == 400);
        CHECK(member(refused, "fields.0.field") == "place");
        CHECK(member(refused, "detail") != "");
    }
    const auto point = member(rules.post("/api/v1/sites", R"({"kind": "point", "name": "На Новой",
        "address": "ул. Новая, 5", "place": {"lat": 55.5, "lon": 37.5}})"),
                              "id");
    const auto to_point = shop.post("/api/v1/orders", R"({"recipient": {"name": "Ольга"}, "parcels": [{}],
        "point": ")" + point + R"("})");
    REQUIRE(to_point.status == 201);
    CHECK(member(to_point, "price.zone.name") == "Город");
}

TEST_CASE("a shop asks the price before it orders, without an idempotency key, and is told where we do not deliver") {
    Rules rules;
    rules.open();
    const auto shop = rules.shop();
    const auto priced =
        shop.send(http::Method::post, "/api/v1/price", R"({"place": {"lat": 55.5, "lon": 37.5}, "weight_g": 5000})");
    REQUIRE(priced.status == 200);
    CHECK(member(priced, "total_minor") == "35000");
    CHECK(member(priced, "zone.name") == "Город");
    const auto far = shop.send(http::Method::post, "/api/v1/price", R"({"place": {"lat": 10, "lon": 37.5}})");
    CHECK(member(far, "outside") == "true");
    CHECK(member(far, "total_minor") == "null");
    const auto made =
        rules.post("/api/v1/tokens", R"({"name": "Отчёты", "sender": "Лавка", "scopes": ["orders:read"]})");
    const Shop reader{rules, member(made, "secret")};
    CHECK(reader.send(http::Method::post, "/api/v1/price", "{}").status == 403);
    CHECK(reader.get("/api/v1/slots").status == 403);
}

TEST_CASE("a shop takes a slot that is free, never one over its capacity") {
    Rules rules;
    rules.open();
    const auto shop = rules.shop();
    const auto offer = shop.get("/api/v1/slots?place=55.5,37.5&days=2");
    REQUIRE(offer.status == 200);
    CHECK(member(offer, "items.0.left") == "1");
    const auto slot = in_town + R"(, "slot": {"from_ms": )" + member(offer, "items.0.from_ms") + R"(, "to_ms": )" +
                      member(offer, "items.0.to_ms") + "}";
    CHECK(shop.post("/api/v1/orders", shop_order(slot)).status == 201);
    const auto full = shop.post("/api/v1/orders", shop_order(slot));
    CHECK(full.status == 409);
    CHECK(member(full, "fields.0.field") == "slot");
    CHECK(member(full, "fields.0.code") == "full");
    CHECK(shop.post("/api/v1/orders", shop_order(slot + R"(, "over_capacity": true)")).status == 403);
}

TEST_CASE("an order of a file gets price and proof, a heavier one another price; a full slot rejects its line alone") {
    Rules rules;
    rules.open();
    const std::string slot = "2026-11-23 18:00;22:00";
    const auto card =
        rules.import(head + ("L-1;Ольга;Садовая, 14;55,5;37,5;" + slot + ";1;\n") + "L-2;Пётр;Мира, 101;55,5;37,5;" +
                     slot + ";1;подпись\n" + "L-3;Зоя;Мира, 5;10;37,5;;;1;подпись\n");
    CHECK(RegistryHouse::counts(card) == "2 0 0 1");
    const auto rejected = rules.browser.get("/api/v1/registries/" + member(card, "id") + "/rejected");
    CHECK(member(rejected, "items.0.faults.0.code") == "full");
    CHECK(member(rejected, "items.0.faults.0.field") == "slot_from");
    const auto found = [&](const std::string& ref) {
        const auto id = member(rules.browser.get("/api/v1/orders?outer_ref=" + ref), "items.0.id");
        return rules.browser.get("/api/v1/orders/" + id);
    };
    CHECK(member(found("L-1"), "price.total_minor") == "30000");
    CHECK(member(found("L-1"), "order.proof.1") == "photo");
    CHECK(member(found("L-3"), "price.outside") == "true");
    CHECK(member(found("L-3"), "order.proof.0") == "signature");

    const auto heavier = head + ("L-1;Ольга;Садовая, 14;55,5;37,5;" + slot + ";1;\nL-1;;;;;;;4;\n");
    CHECK(RegistryHouse::counts(rules.preview(heavier), "") == "0 2 0 0");
    CHECK(RegistryHouse::counts(rules.import(heavier)) == "0 2 0 0");
    CHECK(member(found("L-1"), "price.total_minor") == "35000");
    CHECK(RegistryHouse::counts(rules.import(heavier)) == "0 0 2 0");
}

TEST_CASE("the proof that the tariff demands is asked for on the handheld") {
    Rules rules;
    rules.open();
    const auto order = member(rules.shop().post("/api/v1/orders", shop_order(in_town)), "order.id");
    const auto rows =
        rules.db
            ->write([&](core::Tx& tx) {
                const auto now = rules.clock.now();
                const auto courier = central::app::couriers::create(tx, {"Иван", "C-1", {}}, now).value().id;
                const auto device = central::app::devices::create_device(tx, "handheld", now).value().id;
                central::app::devices::bind(tx, courier, device).value();
                central::app::dispatch::plan(tx, {{}, now}, {{order}, courier, false}).value();
                central::app::dispatch::retell_courier(tx, courier);
                return central::store::live_view_rows(tx, device);
            })
            .value();
    const auto task =
        std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.key.kind == wire::RowKind::task; });
    REQUIRE(task != rows.end());
    CHECK(wire::decode_task_row(task->body).value().proof ==
          std::vector<model::ProofKind>{model::ProofKind::code, model::ProofKind::photo});
}
