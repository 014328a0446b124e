// Signing in and out over the API.
#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;
using accounts::Role;

namespace {

std::string credentials(const std::string& login, const std::string& password) {
    return R"({"login":")" + login + R"(","password":")" + password + R"("})";
}

}  // namespace

TEST_CASE("the first admin sets up, adds his second factor, and only then sees the office") {
    ApiHouse house;
    Browser browser(house);
    CHECK(member(browser.get("/api/v1/setup"), "open") == "true");
    const auto made =
        browser.post("/api/v1/setup", R"({"token":")" + house.setup_token() +
                                          R"(","login":"anna","name":"Анна","password":"correct horse 7"})");
    REQUIRE(made.status == 200);
    CHECK(member(made, "next") == "enrol");
    browser.learn_csrf();
    CHECK(browser.get("/api/v1/staff").status == 403);
    const auto secret = browser.post("/api/v1/me/totp");
    CHECK(member(secret, "uri").starts_with("otpauth://totp/"));
    CHECK(member(secret, "qr_svg").starts_with("<svg"));
    CHECK(browser.post("/api/v1/me/totp/confirm", R"({"code":"000000"})").status == 400);
    CHECK(house.count("SELECT COUNT(*) FROM staff_recovery") == 0);
    CHECK(member(browser.get("/api/v1/me"), "next") == "enrol");
    CHECK(member(browser.get("/api/v1/setup"), "open") == "false");
}

TEST_CASE("login, password and code open a session, with a new token at each step") {
    ApiHouse house;
    const auto anna = house.person("anna", {Role::admin});
    Browser browser(house);
    const auto first = browser.post("/api/v1/session", credentials("anna", ApiHouse::password));
    REQUIRE(first.status == 200);
    CHECK(member(first, "next") == "totp");
    const auto waiting = browser.cookie;
    CHECK(browser.get("/api/v1/me").status == 401);  // opens nothing but the code
    CHECK(browser.post("/api/v1/session/totp", R"({"code":"000000"})").status == 401);
    const auto second = browser.post("/api/v1/session/totp", R"({"code":")" + house.code(anna.totp) + R"("})");
    REQUIRE(second.status == 200);
    CHECK(member(second, "next") == "done");
    CHECK(browser.cookie != waiting);
    const auto me = browser.get("/api/v1/me");
    CHECK(member(me, "login") == "anna");
    CHECK(member(me, "roles") == R"(["admin"])");
    CHECK(member(me, "totp") == "true");
    Browser thief(house);
    thief.cookie = waiting;
    CHECK(thief.get("/api/v1/me").status == 401);
}

TEST_CASE("a token that was planted in the browser before signing in is worth nothing after it") {
    ApiHouse house;
    house.person("petr", {Role::clerk});
    Browser victim(house);
    victim.cookie = "planted-by-somebody-else-0000000000000000000";
    REQUIRE(victim.post("/api/v1/session", credentials("petr", ApiHouse::password)).status == 200);
    CHECK(victim.cookie != "planted-by-somebody-else-0000000000000000000");
    Browser thief(house);
    thief.cookie = "planted-by-somebody-else-0000000000000000000";
    CHECK(thief.get("/api/v1/me").status == 401);
}

TEST_CASE("the cookie is for this host alone, secure, out of reach of scripts and of other sites") {
    ApiHouse house;
    house.person("petr", {Role::clerk});
    Browser browser(house);
    const auto response = browser.post("/api/v1/session", credentials("petr", ApiHouse::password));
    const std::string cookie(response.headers.get_or("Set-Cookie", ""));
    for (const auto* part : {"__Host-plus7_session=", "Path=/", "Secure", "HttpOnly", "SameSite=Strict"})
        CHECK_MESSAGE(cookie.find(part) != std::string::npos, part);
    CHECK(cookie.find("Domain") == std::string::npos);
    CHECK(browser.cookie.size() >= 22);  // 128 bits and more
}

TEST_CASE("without TLS, on the own machine, the cookie works under its plain name") {
    ApiHouse house({.public_url = "http://127.0.0.1:8080"});
    house.person("petr", {Role::clerk});
    Browser browser(house);
    browser.cookie_name = "plus7_session";
    const auto response = browser.send(http::Method::post, "/api/v1/session", credentials("petr", ApiHouse::password),
                                       {{"Origin", "http://localhost:8080"}});
    REQUIRE(response.status == 200);
    CHECK(response.headers.get_or("Set-Cookie", "").find("Secure") == std::string::npos);
    CHECK(browser.get("/api/v1/me").status == 200);
}

TEST_CASE("a wrong login and a wrong password are told alike, and both are hashed") {
    ApiHouse house;
    house.person("petr", {Role::clerk});
    Browser browser(house);
    const auto before = house.hasher.checks();
    const auto unknown = browser.post("/api/v1/session", credentials("nobody", "not this one"));
    CHECK(house.hasher.checks() == before + 1);
    const auto wrong = browser.post("/api/v1/session", credentials("petr", "not this one"));
    CHECK(house.hasher.checks() == before + 2);
    CHECK(unknown.status == 401);
    CHECK(unknown.status == wrong.status);
    CHECK(unknown.body == wrong.body);
    CHECK_FALSE(given_cookie(unknown).has_value());
    CHECK(house.count("SELECT COUNT(*) FROM audit WHERE action = 'session.refused' AND ok = 0") == 2);
}

TEST_CASE("guessing is stopped before the hash, by login and by address, and ends after a minute") {
    ApiHouse house;
    house.person("petr", {Role::clerk});
    Browser browser(house);
    for (int i = 0; i < 5; ++i)
        CHECK(browser.post("/api/v1/session", credentials("petr", "not this one")).status == 401);
    const auto hashed = house.hasher.checks();
    const auto refused = browser.post("/api/v1/session", credentials("petr", ApiHouse::password));
    CHECK(refused.status == 429);
    CHECK(refused.headers.get_or("Retry-After", "") == "60");
    CHECK(member(refused, "retry_after_s") == "60");
    CHECK(house.hasher.checks() == hashed);
    for (int i = 0; i < 14; ++i) browser.post("/api/v1/session", credentials("x" + std::to_string(i), "not this one"));
    CHECK(browser.post("/api/v1/session", credentials("another", "not this one")).status == 429);
    house.clock.at += 1min;
    CHECK(browser.post("/api/v1/session", credentials("petr", ApiHouse::password)).status == 200);
}

TEST_CASE("codes are counted before the check too") {
    ApiHouse house;
    const auto anna = house.person("anna", {Role::admin});
    Browser browser(house);
    browser.post("/api/v1/session", credentials("anna", ApiHouse::password));
    for (int i = 0; i < 5; ++i) CHECK(browser.post("/api/v1/session/totp", R"({"code":"000000"})").status == 401);
    const auto right = R"({"code":")" + house.code(anna.totp) + R"("})";
    CHECK(browser.post("/api/v1/session/totp", right).status == 429);
}

TEST_CASE("link tokens cannot be guessed at any speed") {
    ApiHouse house;
    Browser browser(house);
    int refused = 0;
    for (int i = 0; i < 25; ++i) {
        const auto token = "guess-number-000000" + std::to_string(i);
        if (browser.post("/api/v1/invitation/look", R"({"token":")" + token + R"("})").status == 429) ++refused;
    }
    CHECK(refused == 5);
}

TEST_CASE("signing out ends the session on the server and clears the cookie") {
    ApiHouse house;
    const auto petr = house.person("petr", {Role::clerk});
    Browser browser(house, petr);
    const auto response = browser.send(http::Method::del, "/api/v1/session");
    CHECK(response.status == 204);
    CHECK(response.headers.get_or("Set-Cookie", "").find("Max-Age=0") != std::string::npos);
    Browser kept(house, petr);
    CHECK(kept.get("/api/v1/me").status == 401);
}

TEST_CASE("own sessions are listed, and ended one by one or all others at once") {
    ApiHouse house;
    const auto petr = house.person("petr", {Role::clerk});
    Browser browser(house, petr), second(house), third(house);
    house.clock.at += 1s;
    second.post("/api/v1/session", credentials("petr", ApiHouse::password));
    third.post("/api/v1/session", credentials("petr", ApiHouse::password));
    const auto list = browser.get("/api/v1/me/sessions");
    CHECK(member(list, "items.2.current") == "true");
    CHECK(member(list, "items.3.id").empty());
    CHECK(list.body.find(petr.token) == std::string::npos);
    const auto id = member(list, "items.0.id");
    CHECK(browser.send(http::Method::del, "/api/v1/me/sessions/" + id).status == 204);
    CHECK(browser.send(http::Method::del, "/api/v1/me/sessions/" + id).status == 404);
    CHECK(browser.send(http::Method::del, "/api/v1/me/sessions").status == 204);
    CHECK(browser.get("/api/v1/me").status == 200);
    CHECK(second.get("/api/v1/me").status == 401);
    CHECK(third.get("/api/v1/me").status == 401);
}

TEST_CASE("nobody ends somebody else's session by its id") {
    ApiHouse house;
    const auto petr = house.person("petr", {Role::clerk});
    Browser victim(house, petr);
    const auto id = member(victim.get("/api/v1/me/sessions"), "items.0.id");
    Browser other(house, house.person("olga", {Role::clerk}));
    CHECK(other.send(http::Method::del, "/api/v1/me/sessions/" + id).status == 404);
    CHECK(victim.get("/api/v1/me").status == 200);
}

TEST_CASE("the own password is changed with the old one, within limits") {
    ApiHouse house;
    Browser browser(house, house.person("petr", {Role::clerk}));
    const auto change = [&](const std::string& old_one, const std::string& new_one) {
        return browser.post("/api/v1/me/password", R"({"old":")" + old_one + R"(","new":")" + new_one + R"("})");
    };
    const auto weak = change(ApiHouse::password, "password123");
    CHECK(weak.status == 400);
    CHECK(member(weak, "fields.0.field") == "new");
    CHECK(member(weak, "fields.0.code") == "weak");
    const auto wrong = change("not this one", "another horse 8");
    CHECK(member(wrong, "fields.0.code") == "wrong");
    CHECK(change(ApiHouse::password, "another horse 8").status == 204);
    for (int i = 0; i < 4; ++i) change("not this one", "another horse 9");
    CHECK(change("another horse 8", "another horse 9").status == 429);
}
