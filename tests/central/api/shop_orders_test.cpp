// What a shop does with its token: makes, finds and calls off its own orders, and learns nothing else.
#include "central/app/couriers/couriers.hpp"
#include "tests/central/api/shop.hpp"

using namespace plus7;
using namespace plus7::test;

TEST_CASE("a shop makes an order for itself, and sees no other shop's") {
    TokenHouse house;
    const auto lavka = house.shop("Лавка", every_scope), mir = house.shop("Мир книг", every_scope);
    const auto made = lavka.post("/api/v1/orders", order_body("L-1"));
    REQUIRE(made.status == 201);
    CHECK(member(made, "order.sender") == "Лавка");
    CHECK(member(made, "order.number") == "A-10001");
    const auto id = member(made, "order.id");
    CHECK(lavka.get("/api/v1/orders/" + id).status == 200);
    CHECK(lavka.get("/api/v1/orders/" + id + "/labels").status == 200);
    CHECK(mir.get("/api/v1/orders/" + id).status == 404);
    CHECK(mir.get("/api/v1/orders/" + id + "/labels").status == 404);
    CHECK(mir.post("/api/v1/orders/" + id + "/cancel", R"({"reason": "x"})").status == 404);
    CHECK(member(mir.get("/api/v1/orders"), "items") == "[]");
    CHECK(member(mir.get("/api/v1/orders?outer_ref=L-1"), "items") == "[]");
    CHECK(member(lavka.get("/api/v1/orders?outer_ref=L-1"), "items.0.id") == id);
    CHECK(member(lavka.get("/api/v1/orders?outer_ref=L-"), "items") == "[]");
    auto foreign = order_body("L-2");
    foreign.insert(1, R"("sender": "Мир книг", )");
    CHECK(lavka.post("/api/v1/orders", foreign).status == 400);
    CHECK(house.count("SELECT COUNT(*) FROM audit WHERE action = 'order.created' AND who_kind = 'token'") == 1);
    const auto cancelled = lavka.post("/api/v1/orders/" + id + "/cancel", R"({"reason": "передумал"})");
    CHECK(member(cancelled, "order.status") == "cancelled");
}

TEST_CASE("the same outer number is the same order: 200 when it asks for the same, 409 when it does not") {
    TokenHouse house;
    const auto shop = house.shop("Лавка", every_scope), mir = house.shop("Мир книг", every_scope);
    const auto first = shop.post("/api/v1/orders", order_body("L-1"));
    const auto again = shop.post("/api/v1/orders", order_body("L-1"));
    CHECK(first.status == 201);
    CHECK(again.status == 200);
    CHECK(member(again, "order.id") == member(first, "order.id"));
    // Other members' order, the sender written out: it asks for the same.
    const auto turned =
        shop.post("/api/v1/orders",
                  R"({"parcels": [{"code": "460"}], "address": {"text": "ул. Садовая, 14"}, "sender": "Лавка",
            "recipient": {"name": "Ольга", "phone": null}, "outer_ref": "L-1"})");
    CHECK(turned.status == 200);
    const auto other = shop.post("/api/v1/orders", order_body("L-1", "Пётр"));
    CHECK(other.status == 409);
    CHECK(member(other, "fields.0.field") == "outer_ref");
    CHECK(mir.post("/api/v1/orders", order_body("L-1")).status == 201);
    CHECK(shop.post("/api/v1/orders", order_body("")).status == 201);
    CHECK(shop.post("/api/v1/orders", order_body("")).status == 201);
    CHECK(house.count("SELECT COUNT(*) FROM customer_order") == 4);
}

TEST_CASE("an outer number that the office has entered already is not taken twice") {
    TokenHouse house;
    auto by_hand = order_body("L-1");
    by_hand.insert(1, R"("sender": "Лавка", )");
    REQUIRE(house.admin.send(http::Method::post, "/api/v1/orders", by_hand, {{"Idempotency-Key", "h"}}).status == 201);
    const auto shop = house.shop("Лавка", every_scope);
    CHECK(shop.post("/api/v1/orders", order_body("L-1")).status == 409);
    CHECK(house.count("SELECT COUNT(*) FROM outer_ref") == 0);
    CHECK(member(shop.get("/api/v1/orders?outer_ref=L-1"), "items.0.number") == "A-10001");
}

TEST_CASE("the same Idempotency-Key gives the same answer, to the same token only") {
    TokenHouse house;
    const auto shop = house.shop("Лавка", every_scope), second = house.shop("Лавка", every_scope);
    const auto send = [&](const Shop& who, const std::string& body) {
        return who.send(http::Method::post, "/api/v1/orders", body, {{"Idempotency-Key", "one"}});
    };
    const auto first = send(shop, order_body(""));
    CHECK(send(shop, order_body("")).body == first.body);
    CHECK(send(shop, order_body("", "Пётр")).status == 409);
    CHECK(member(send(second, order_body("")), "order.id") != member(first, "order.id"));
}

TEST_CASE("the same Idempotency-Key with another query is another request") {
    TokenHouse house;
    const auto shop = house.shop("Лавка", every_scope);
    const auto send = [&](const std::string& query) {
        return shop.send(http::Method::post, "/api/v1/orders" + query, order_body(""),
                                {{"Idempotency-Key", "one"}});
    };
    const auto first = send("?a=1&b=2");
    REQUIRE(first.status == 201);
    CHECK(send("?a=1&b=2").body == first.body);
    CHECK(send("?a=1").status == 409);
    CHECK(send("").status == 409);
}

TEST_CASE("the recipient's link is told with its scope alone, and couriers and staff are never named") {
    TokenHouse house;
    const auto shop = house.shop("Лавка", every_scope);
    const auto reader = house.shop("Лавка", R"("orders:read")");
    const auto made = shop.post("/api/v1/orders", order_body("L-1"));
    const auto id = member(made, "order.id");
    const auto link = member(made, "order.tracking_url");
    CHECK(link.starts_with("https://plus7.example/t/"));
    CHECK(house.admin.get(link.substr(std::string("https://plus7.example").size())).status == 200);
    CHECK(reader.get("/api/v1/orders/" + id).body.find("tracking_url") == std::string::npos);
    CHECK(reader.get("/api/v1/orders").body.find("tracking_url") == std::string::npos);
    CHECK(house.admin.get("/api/v1/orders/" + id).body.find("tracking_url") == std::string::npos);

    const auto courier =
        house.db
            ->write([&](core::Tx& tx) {
                return central::app::couriers::create(tx, {"Иван Тайный", "C-1", {}}, house.clock.now()).value().id;
            })
            .value();
    const auto planned =
        house.admin.post("/api/v1/orders/plan", R"({"orders": [")" + id + R"("], "courier": ")" + courier + "\"}");
    REQUIRE(planned.status == 200);
    CHECK(house.admin.get("/api/v1/orders/" + id).body.find("Тайный") != std::string::npos);
    const auto card = shop.get("/api/v1/orders/" + id);
    CHECK(member(card, "story.1.type") == "parcel.planned");
    CHECK(member(card, "order.courier") == "null");
    CHECK(member(card, "story.1.to.kind") == "courier");
    CHECK(member(card, "story.1.by.kind") == "staff");
    for (const auto* secret : {"Тайный", courier.c_str(), "anna"})
        CHECK_MESSAGE(card.body.find(secret) == std::string::npos, secret);
    CHECK(shop.get("/api/v1/orders").body.find(courier) == std::string::npos);
}

TEST_CASE("a shop's order goes to a pickup point without an address, and another point is another order") {
    TokenHouse house;
    const auto point = [&](const std::string& name) {
        const auto made = house.admin.send(http::Method::post, "/api/v1/sites",
                                           R"({"kind": "point", "name": ")" + name + R"(", "address": "ул. Новая, 5"})",
                                           {{"Idempotency-Key", name}});
        REQUIRE(made.status == 201);
        return member(made, "id");
    };
    const auto first = point("P1"), second = point("P2");
    const auto shop = house.shop("Лавка", every_scope);
    const auto body = [](const std::string& where) {
        return R"({"outer_ref": "L-1", "recipient": {"name": "Ольга"}, "point": ")" + where +
               R"(", "parcels": [{"code": "460"}]})";
    };
    CHECK(shop.post("/api/v1/orders", body(first)).status == 201);
    CHECK(shop.post("/api/v1/orders", body(first)).status == 200);
    CHECK(shop.post("/api/v1/orders", body(second)).status == 409);
}
