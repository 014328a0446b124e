// API tokens at the edge: made by an admin, good for their scopes and sender, and for nothing else.
#include "tests/central/api/shop.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;
using namespace std::chrono_literals;

TEST_CASE("a token's text is told once, and is neither in the list, nor in the database, nor in the audit") {
    TokenHouse house;
    const auto made = house.make(R"({"name": "Касса", "sender": "Лавка", "scopes": ["orders:read"]})");
    REQUIRE(made.status == 201);
    const auto text = member(made, "secret");
    CHECK(member(made, "token.state") == "live");
    CHECK(member(made, "token.shown") == text.substr(0, 6));
    const auto list = house.admin.get("/api/v1/tokens");
    CHECK(member(list, "items.0.name") == "Касса");
    CHECK(member(list, "items.0.used_ms") == "null");
    CHECK(list.body.find(text) == std::string::npos);
    CHECK(house.admin.get("/api/v1/audit?action=token.created").body.find(text) == std::string::npos);
    CHECK(member(house.admin.get("/api/v1/audit?action=token.created"), "items.0.subject.name") == "Касса");
    CHECK(house.count("SELECT COUNT(*) FROM api_token WHERE length(token_hash) = 32") == 1);
}

TEST_CASE("faults of a new token are named") {
    TokenHouse house;
    const auto bad = house.make(R"({"name": " ", "sender": "", "scopes": ["orders:eat"], "expires_ms": 5})");
    CHECK(bad.status == 400);
    for (const auto* field : {"name", "sender", "scopes", "expires_ms"})
        CHECK_MESSAGE(bad.body.find("\"" + std::string(field) + "\"") != std::string::npos, field);
    CHECK(house.make(R"({"name": "a", "sender": "b", "scopes": []})").status == 400);
}

TEST_CASE("a token that is unknown, revoked or over is told so, and opens nothing") {
    TokenHouse house;
    const auto shop = house.shop("Лавка", every_scope);
    CHECK(shop.get("/api/v1/orders").status == 200);
    const Shop stranger(house, "p7_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    const auto unknown = stranger.get("/api/v1/orders");
    CHECK(unknown.status == 401);
    CHECK(unknown.headers.get_or("WWW-Authenticate", "") == "Bearer");
    CHECK(unknown.headers.get_or("Content-Type", "") == "application/problem+json");
    CHECK(Shop(house, "").get("/api/v1/orders").status == 401);

    house.clock.advance(1s);
    const auto made = house.make(R"({"name": "a", "sender": "Лавка", "scopes": ["orders:read"], "expires_ms": )" +
                                 std::to_string(core::count(house.clock.now() + 1h) / 1000) + "}");
    const Shop brief(house, member(made, "secret"));
    CHECK(brief.get("/api/v1/orders").status == 200);
    house.clock.advance(1h);
    CHECK(brief.get("/api/v1/orders").status == 401);
    CHECK(member(brief.get("/api/v1/orders"), "detail").find("expired") != std::string::npos);

    const auto id = member(house.admin.get("/api/v1/tokens"), "items.1.id");
    REQUIRE(house.admin.post("/api/v1/tokens/" + id + "/revoke").status == 200);
    CHECK(shop.get("/api/v1/orders").status == 401);
    CHECK(member(shop.get("/api/v1/orders"), "detail").find("revoked") != std::string::npos);
    CHECK(member(house.admin.get("/api/v1/tokens"), "items.1.state") == "revoked");
    CHECK(member(house.admin.get("/api/v1/tokens"), "items.0.state") == "expired");
}

TEST_CASE("a token opens the routes of its scopes, and nothing that is for people") {
    TokenHouse house;
    const std::string names[]{"orders:read", "orders:write", "orders:track", "webhooks"};
    for (const auto& scope : names) {
        const auto shop = house.shop("Лавка", "\"" + scope + "\"");
        for (const auto& route : house.api->table()) {
            using Kind = central::api::Access::Kind;
            const auto kind = route.access.kind;
            if (kind == Kind::anyone || kind == Kind::agent || kind == Kind::local) continue;
            auto target = route.pattern;
            for (auto open = target.find('{'); open != target.npos; open = target.find('{'))
                target.replace(open, target.find('}') - open + 1, "0");
            const auto status = shop.send(route.method, target, "", {{"Idempotency-Key", "k"}}).status;
            const bool expected = route.access.scope && name_of(*route.access.scope) == scope;
            CHECK_MESSAGE((status != 401 && status != 403) == expected,
                          scope << " " << http::name_of(route.method) << " " << route.pattern << " " << status);
        }
    }
    CHECK(house.count("SELECT COUNT(*) FROM audit WHERE action = 'access.refused' AND who_kind = 'token'") > 0);
}

TEST_CASE("a session's cookie beside a token does not widen it") {
    TokenHouse house;
    const auto shop = house.shop("Лавка", R"("orders:read")");
    const auto both =
        house.admin.send(http::Method::get, "/api/v1/staff", "", {{"Authorization", "bearer " + shop.token}});
    CHECK(both.status == 403);
    CHECK(house.admin.send(http::Method::get, "/api/v1/staff", "", {{"Authorization", "Basic YTpi"}}).status == 200);
}

TEST_CASE("a token may come 600 times a minute, and a guesser 30 times") {
    TokenHouse house;
    const auto shop = house.shop("Лавка", R"("orders:read")");
    REQUIRE(house.db
                ->write([&](sql::Tx& tx) {
                    const auto token = accounts::find_token(tx, shop.token, house.clock.now()).value();
                    for (int i = 0; i < 599; ++i)
                        accounts::count_try(tx, accounts::requests_by_token(token.id), house.clock.now());
                })
                .ok());
    CHECK(shop.get("/api/v1/orders").status == 200);
    const auto refused = shop.get("/api/v1/orders");
    CHECK(refused.status == 429);
    CHECK(refused.headers.has("Retry-After"));
    house.clock.advance(60s);
    CHECK(shop.get("/api/v1/orders").status == 200);
    const Shop guesser(house, "p7_guess");
    for (int i = 0; i < 30; ++i) CHECK(guesser.get("/api/v1/orders").status == 401);
    CHECK(guesser.get("/api/v1/orders").status == 429);
    CHECK(shop.get("/api/v1/orders").status == 200);
}
