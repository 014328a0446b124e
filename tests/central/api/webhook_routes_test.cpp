// Webhooks and dead letters through the API; that events really arrive is shown in tests/central/outbox.
#include "central/app/webhooks/webhooks.hpp"
#include "central/store/webhook_store.hpp"
#include "tests/central/api/shop.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

struct HookHouse : TokenHouse {
    std::vector<std::string> tested;

    HookHouse() {
        webhooks.send_test = [this](const std::string& id) -> core::Result<central::app::webhooks::TestAnswer> {
            tested.push_back(id);
            return central::app::webhooks::TestAnswer{true, 204, "", std::chrono::milliseconds{7}};
        };
        make_api();
    }
    http::Response edit(const Shop& shop, const std::string& id, const std::string& body, const std::string& etag) {
        return shop.send(http::Method::patch, "/api/v1/webhooks/" + id, body, {{"If-Match", etag}});
    }
};

}  // namespace

TEST_CASE("a shop sets its webhook; the secret is told once and lies sealed") {
    HookHouse house;
    const auto shop = house.shop("Лавка", every_scope), other = house.shop("Мир книг", every_scope);
    const auto made = shop.post("/api/v1/webhooks", R"({"url": "https://lavka.example/hook"})");
    REQUIRE(made.status == 201);
    const auto id = member(made, "webhook.id"), secret = member(made, "secret");
    CHECK(secret.starts_with("whsec_"));
    CHECK(member(made, "webhook.sender") == "Лавка");
    CHECK(shop.get("/api/v1/webhooks").body.find(secret) == std::string::npos);
    CHECK(house.admin.get("/api/v1/audit").body.find(secret) == std::string::npos);
    const auto row = house.db->read([&](sql::Tx& tx) { return central::store::find_webhook(tx, id).value(); }).value();
    CHECK(core::text_of(row.secret).find(secret) == std::string::npos);
    CHECK(central::app::webhooks::secret_of(house.key, row).value() == secret);

    CHECK(member(shop.get("/api/v1/webhooks"), "items.0.id") == id);
    CHECK(member(house.admin.get("/api/v1/webhooks"), "items.0.id") == id);
    CHECK(member(other.get("/api/v1/webhooks"), "items") == "[]");
    CHECK(house.edit(other, id, R"({"state": "off"})", "\"1\"").status == 404);
    CHECK(other.send(http::Method::del, "/api/v1/webhooks/" + id).status == 404);
    CHECK(other.post("/api/v1/webhooks/" + id + "/test").status == 404);
    CHECK(house.tested.empty());
    const auto tested = shop.post("/api/v1/webhooks/" + id + "/test");
    CHECK(member(tested, "status") == "204");
    CHECK(member(tested, "took_ms") == "7");
    CHECK(house.tested == std::vector{id});

    CHECK(house.edit(shop, id, R"({"state": "off"})", "\"9\"").status == 412);
    const auto off = house.edit(shop, id, R"({"state": "off"})", "\"1\"");
    CHECK(member(off, "webhook.state") == "off");
    CHECK(member(off, "secret") == "null");
    const auto fresh = house.edit(shop, id, R"({"new_secret": true, "state": "on"})", "\"2\"");
    CHECK(member(fresh, "secret").starts_with("whsec_"));
    CHECK(member(fresh, "secret") != secret);
    CHECK(shop.send(http::Method::del, "/api/v1/webhooks/" + id).status == 204);
    CHECK(member(shop.get("/api/v1/webhooks"), "items") == "[]");
}

TEST_CASE("a webhook's address is https, and at most five are a sender's") {
    HookHouse house;
    const auto shop = house.shop("Лавка", every_scope);
    for (const auto* url : {"http://lavka.example/hook", "http://127.0.0.1:8080/hook", "ftp://lavka.example/hook",
                            "https://user:pass@lavka.example/", "lavka.example/hook", "https://"}) {
        CAPTURE(url);
        const auto refused = shop.post("/api/v1/webhooks", R"({"url": ")" + std::string(url) + "\"}");
        CHECK(refused.status == 400);
        CHECK(member(refused, "fields.0.field") == "url");
    }
    CHECK(shop.post("/api/v1/webhooks", R"({"sender": "Мир книг", "url": "https://a.example/"})").status == 400);
    for (int i = 0; i < 5; ++i)
        CHECK(shop.post("/api/v1/webhooks", R"({"url": "https://lavka.example/hook"})").status == 201);
    CHECK(shop.post("/api/v1/webhooks", R"({"url": "https://lavka.example/hook"})").status == 429);
    house.webhooks.allow_private = true;
    house.make_api();
    const auto mir = house.shop("Мир книг", every_scope);
    CHECK(mir.post("/api/v1/webhooks", R"({"url": "http://127.0.0.1:8080/hook"})").status == 201);
    CHECK(mir.post("/api/v1/webhooks", R"({"url": "http://lavka.example/hook"})").status == 400);
}

TEST_CASE("a status that changes lies in the outbox for the sender's webhooks, in one transaction with the change") {
    HookHouse house;
    const auto shop = house.shop("Лавка", every_scope), mir = house.shop("Мир книг", every_scope);
    REQUIRE(shop.post("/api/v1/webhooks", R"({"url": "https://lavka.example/hook"})").status == 201);
    REQUIRE(mir.post("/api/v1/webhooks", R"({"url": "https://mir.example/hook"})").status == 201);
    const auto made = shop.post("/api/v1/orders", order_body("L-1"));
    const auto id = member(made, "order.id");
    CHECK(house.count("SELECT COUNT(*) FROM outbox") == 1);
    CHECK(shop.post("/api/v1/orders", order_body("L-1")).status == 200);
    CHECK(house.count("SELECT COUNT(*) FROM outbox") == 1);
    REQUIRE(shop.post("/api/v1/orders/" + id + "/cancel", R"({"reason": "x"})").status == 200);
    const auto rows = house.db
                          ->read([](sql::Tx& tx) {
                              std::vector<std::string> bodies;
                              for (const auto& row : tx.query("SELECT body FROM outbox ORDER BY key, number"))
                                  bodies.emplace_back(core::text_of(row.get<core::Bytes>(0)));
                              return bodies;
                          })
                          .value();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].find(R"("status":"accepted")") != std::string::npos);
    CHECK(rows[1].find(R"("status":"cancelled")") != std::string::npos);
    CHECK(rows[1].find(R"("outer_ref":"L-1")") != std::string::npos);
    CHECK(rows[1].find(R"("type":"order.status")") != std::string::npos);
    CHECK(member(shop.get("/api/v1/webhooks"), "items.0.waiting") == "2");
}

TEST_CASE("dead letters are listed, sent again and let go by an admin") {
    HookHouse house;
    const auto shop = house.shop("Лавка", every_scope);
    REQUIRE(shop.post("/api/v1/webhooks", R"({"url": "https://lavka.example/hook"})").status == 201);
    for (int i = 0; i < 3; ++i) REQUIRE(shop.post("/api/v1/orders", order_body("")).status == 201);
    CHECK(member(house.admin.get("/api/v1/outbox/dead"), "items") == "[]");
    house.db->write([](sql::Tx& tx) { tx.exec("UPDATE outbox SET state = 'dead', reason = 'no answer'"); }).value();
    const auto page = house.admin.get("/api/v1/outbox/dead?limit=2");
    CHECK(member(page, "items.0.receiver") == "https://lavka.example/hook");
    CHECK(member(page, "items.0.reason") == "no answer");
    CHECK(member(page, "items.0.subject").starts_with("A-1000"));
    const auto rest = house.admin.get("/api/v1/outbox/dead?limit=2&cursor=" + member(page, "next"));
    CHECK(member(rest, "items.0.id") != member(page, "items.1.id"));
    CHECK(member(rest, "next") == "null");
    CHECK(member(shop.get("/api/v1/webhooks"), "items.0.dead") == "3");
    const auto first = member(page, "items.0.id"), second = member(page, "items.1.id");
    CHECK(house.admin.post("/api/v1/outbox/" + first + "/again").status == 204);
    CHECK(house.admin.post("/api/v1/outbox/" + first + "/again").status == 409);
    CHECK(house.admin.send(http::Method::del, "/api/v1/outbox/" + second).status == 204);
    CHECK(house.admin.send(http::Method::del, "/api/v1/outbox/" + second).status == 404);
    CHECK(house.admin.post("/api/v1/outbox/nonsense/again").status == 404);
    CHECK(house.count("SELECT COUNT(*) FROM outbox WHERE state = 'waiting'") == 1);
    CHECK(house.count("SELECT COUNT(*) FROM outbox") == 2);
    CHECK(house.count("SELECT COUNT(*) FROM audit WHERE action LIKE 'outbox.%'") == 2);
}

TEST_CASE("with the last live token of a sender his webhooks are switched off, and nobody else's") {
    HookHouse house;
    const auto shop = house.shop("Лавка", every_scope), second = house.shop("Лавка", every_scope);
    const auto other = house.shop("Мир книг", every_scope);
    const auto id = member(shop.post("/api/v1/webhooks", R"({"url": "https://lavka.example/hook"})"), "webhook.id");
    const auto foreign = member(other.post("/api/v1/webhooks", R"({"url": "https://mir.example/hook"})"), "webhook.id");
    const auto on = [&](const std::string& hook) {
        return house.db->read([&](sql::Tx& tx) { return central::store::find_webhook(tx, hook)->is_on; }).value();
    };
    const auto revoke = [&](const Shop& whose) {
        const auto token = house.db
                               ->write([&](sql::Tx& tx) {
                                   return accounts::find_token(tx, whose.token, house.clock.now()).value().id;
                               })
                               .value();
        CHECK(house.admin.send(http::Method::post, "/api/v1/tokens/" + token + "/revoke").status == 200);
    };
    revoke(shop);
    CHECK(on(id));
    revoke(second);
    CHECK_FALSE(on(id));
    CHECK(on(foreign));
    CHECK(house.count("SELECT COUNT(*) FROM audit WHERE action = 'webhook.stopped'") == 1);
}
