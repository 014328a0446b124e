// What stands around every answer: security headers, problem details, pages, the request log without personal data.
#include <fstream>
#include <mutex>

#include "shared/runtime/log.hpp"
#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;
using http::Method;

namespace {

// All log lines while it lives.
struct CaughtLog {
    CaughtLog() {
        runtime::configure_log({.level = runtime::LogLevel::debug});
        runtime::set_log_sink([this](runtime::LogLevel, const std::string& line) {
            const std::lock_guard lock(mutex);
            text += line + "\n";
        });
    }
    ~CaughtLog() {
        runtime::set_log_sink({});
        runtime::configure_log({.level = runtime::LogLevel::warning});
    }
    std::mutex mutex;
    std::string text;
};

void write_file(const std::filesystem::path& path, const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
}

}  // namespace

TEST_CASE("every answer carries the protecting headers: routes, refusals, pages, and what is not there") {
    TempDir web;
    write_file(web.path() / "index.html", "<!doctype html><title>plus7</title>");
    ApiHouse house({.public_url = ApiHouse::origin, .web_root = web.path()});
    Browser browser(house, house.person("anna", {Role::admin}));
    std::vector<http::Response> answers;
    for (const auto& route : house.api->table()) {
        answers.push_back(browser.send(route.method, route.pattern.substr(0, route.pattern.find('{'))));
    }
    for (const auto* target : {"/", "/no/such/page.js", "/api/v1/nothing"}) answers.push_back(browser.get(target));
    answers.push_back(browser.send(Method::put, "/api/v1/me"));
    for (const auto& answer : answers) {
        CAPTURE(answer.status);
        const std::string csp(answer.headers.get_or("Content-Security-Policy", ""));
        CHECK(csp.find("default-src 'none'") != std::string::npos);
        CHECK(csp.find("frame-ancestors 'none'") != std::string::npos);
        CHECK(csp.find("unsafe-inline") == std::string::npos);
        CHECK(answer.headers.get_or("X-Content-Type-Options", "") == "nosniff");
        CHECK(answer.headers.get_or("Strict-Transport-Security", "").find("max-age=31536000") == 0);
        CHECK(answer.headers.has("Cross-Origin-Opener-Policy"));
        CHECK(answer.headers.has("Referrer-Policy"));
    }
    CHECK(browser.get("/api/v1/me").headers.get_or("Cache-Control", "") == "no-store");
}

TEST_CASE("refusals are problem details of the contract, also the router's own") {
    ApiHouse house;
    Browser browser(house);
    const auto nothing = browser.get("/api/v1/nothing");
    CHECK(nothing.status == 404);
    CHECK(nothing.headers.get_or("Content-Type", "") == "application/problem+json");
    CHECK(member(nothing, "type") == "urn:plus7:problem:not_found");
    CHECK(member(nothing, "kind") == "not_found");
    const auto method = browser.send(Method::put, "/api/v1/me");
    CHECK(method.status == 405);
    CHECK(method.headers.get_or("Allow", "") == "GET, HEAD, PATCH");
    CHECK(member(browser.get("/api/v1/me"), "kind") == "unauthenticated");
}

TEST_CASE("a broken database is a 503 that tells the client nothing of it") {
    ApiHouse house;
    Browser browser(house, house.person("anna", {Role::admin}));
    house.db->close();
    const auto response = browser.get("/api/v1/staff");
    CHECK(response.status == 503);
    CHECK(member(response, "kind") == "unavailable");
    CHECK(response.headers.get_or("Retry-After", "") == "5");
    CHECK(response.body.find("database") == std::string::npos);
    const auto ready = browser.get("/readyz");
    CHECK(ready.status == 503);
    CHECK(ready.body == "database\n");
}

TEST_CASE("alive, ready and figures") {
    ApiHouse house;
    Browser browser(house);
    browser.address = "127.0.0.1";
    CHECK(browser.get("/healthz").body == "ok\n");
    CHECK(browser.get("/readyz").body == "ready\n");
    house.not_ready = {"broker"};
    const auto response = browser.get("/readyz");
    CHECK(response.status == 503);
    CHECK(response.body == "broker\n");
    CHECK(browser.get("/metrics").body.find("plus7_http_requests_total{status=\"2xx\"} 2") != std::string::npos);
}

TEST_CASE("the console's pages are served, its addresses lead to the index, and nothing else does") {
    TempDir web;
    write_file(web.path() / "index.html", "<!doctype html><title>plus7</title>");
    write_file(web.path() / "assets/app-1a2b.js", "export {}");
    ApiHouse house({.public_url = ApiHouse::origin, .web_root = web.path()});
    Browser browser(house);
    const auto page = [&](const std::string& target) {
        return browser.send(Method::get, target, "", {{"Accept", "text/html"}});
    };
    struct Row {
        const char* target;
        int status;
    };
    for (const auto& [target, status] :
         {Row{"/", 200}, Row{"/staff", 200}, Row{"/setup", 200}, Row{"/invite", 200}, Row{"/assets/app-1a2b.js", 200},
          Row{"/assets/none.js", 404}, Row{"/api/v1/nothing", 404}, Row{"/tiles/nothing", 404}, Row{"/enrol/x", 404}})
        CHECK_MESSAGE(page(target).status == status, target);
    CHECK(page("/assets/app-1a2b.js").headers.get_or("Cache-Control", "").find("immutable") != std::string::npos);
}

TEST_CASE("what is wrong with the settings is said at the start") {
    ApiHouse house;
    const central::api::ApiDeps deps{*house.db, house.clock, house.metrics, house.live, house.hasher, house.key, {}};
    using central::api::Api;
    CHECK_FALSE(Api::make(deps, {.public_url = "plus7.example"}).ok());
    CHECK_FALSE(Api::make(deps, {.public_url = ApiHouse::origin, .web_root = "/no/such/folder"}).ok());
    CHECK_FALSE(Api::make(deps, {.public_url = ApiHouse::origin, .metrics_readers = {"not an address"}}).ok());
}

TEST_CASE("no secret and nobody's name, login or address comes into the log or the audit's detail") {
    ApiHouse house;
    const auto anna = house.person("anna", {Role::admin});
    CaughtLog log;
    Browser admin(house, anna), guest(house);
    guest.address = "203.0.113.55";
    const auto made = admin.send(Method::post, "/api/v1/staff",
                                 R"({"login":"canary.login","name":"Канарейка Жёлтая","roles":["clerk"]})",
                                 {{"Idempotency-Key", "canary-key"}});
    const auto url = member(made, "invitation.url");
    const auto link = url.substr(url.find('#') + 1);
    guest.post("/api/v1/invitation/look", R"({"token":")" + link + R"("})");
    guest.post("/api/v1/invitation/accept", R"({"token":")" + link + R"(","password":"canary password 1"})");
    guest.learn_csrf();
    guest.post("/api/v1/me/password", R"({"old":"canary password 1","new":"canary password 2"})");
    const auto secret = member(guest.post("/api/v1/me/totp"), "secret");
    guest.post("/api/v1/session", R"({"login":"canary.login","password":"canary password 3"})");
    guest.post("/api/v1/session", R"({"login":"canary password 4","password":"x"})");
    guest.post("/api/v1/session", R"({"login":"canary.login","password":"canary password 2","canary":"member"})");
    admin.get("/api/v1/staff?q=" + http::percent_encode("Канарейка"));
    admin.get("/canary/path");
    REQUIRE(log.text.find("route=/api/v1/staff") != std::string::npos);
    const auto details =
        house.db->read([](sql::Tx& tx) { return tx.query("SELECT detail FROM audit WHERE action <> 'staff.edited'"); })
            .value();
    std::string audited;
    for (const auto& row : details) audited += row.get<std::string>(0);
    for (const auto& canary : {std::string("canary"), std::string("Канарейка"), std::string("203.0.113.55"), link,
                               secret, guest.cookie, guest.csrf, anna.token, anna.csrf}) {
        CHECK_MESSAGE(log.text.find(canary) == std::string::npos, canary);
        CHECK_MESSAGE(audited.find(canary) == std::string::npos, canary);
    }
}
