// The API behind a real server on a loopback port.
#include <nlohmann/json.hpp>

#include "shared/http/client.hpp"
#include "tests/central/api/api_house.hpp"
#include "tests/shared/http/running_server.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;
using http::Method;

namespace {

http::ServerSettings settings_of(const ApiHouse& house) {
    http::ServerSettings settings;
    settings.headers = house.api->headers();
    return settings;
}

struct Site {
    ApiHouse house{{.public_url = "http://127.0.0.1:8080"}};
    RunningServer server{house.api->router(), settings_of(house)};
    http::Client client = http::Client::make().value();

    http::Reply call(Method method, const std::string& target, const std::string& body = {}, http::Headers more = {}) {
        more.set_if_missing("Origin", "http://127.0.0.1:8080");
        if (!body.empty()) more.set("Content-Type", "application/json");
        return client.call({.method = method, .url = server.url(target), .headers = more, .body = body}).value();
    }
};

}  // namespace

TEST_CASE("over a real connection: sign in, see oneself, sign out") {
    Site site;
    site.house.person("petr", {Role::clerk});
    const auto in = site.call(Method::post, "/api/v1/session", R"({"login":" Petr ","password":"correct horse 7"})");
    REQUIRE(in.status == 200);
    const std::string given(in.headers.get_or("Set-Cookie", ""));
    http::Headers headers;
    headers.set("Cookie", given.substr(0, given.find(';')));
    const auto me = site.call(Method::get, "/api/v1/me", "", headers);
    REQUIRE(me.status == 200);
    headers.set("X-Plus7-Csrf", nlohmann::json::parse(me.body).at("csrf").get<std::string>());
    CHECK(site.call(Method::del, "/api/v1/session", "", headers).status == 204);
    CHECK(site.call(Method::get, "/api/v1/me", "", headers).status == 401);
}

TEST_CASE("over a real connection: the server's own refusals carry the protecting headers too") {
    Site site;
    const auto large = site.call(Method::post, "/api/v1/session", "\"" + std::string(100'000, 'x') + "\"");
    CHECK(large.status == 413);
    CHECK(large.headers.has("Content-Security-Policy"));
    const auto odd = site.call(Method::get, "/api/v1/%00");
    CHECK(odd.status == 400);
    CHECK(odd.headers.has("Content-Security-Policy"));
    CHECK(site.call(Method::get, "/healthz").body == "ok\n");
}

TEST_CASE("over a real connection: figures are read from loopback") {
    Site site;
    const auto figures = site.call(Method::get, "/metrics");
    CHECK(figures.status == 200);
    CHECK(figures.headers.get_or("Content-Type", "").starts_with("text/plain; version=0.0.4"));
}

TEST_CASE("over a real connection: parallel creates with one key make one account") {
    Site site;
    const auto anna = site.house.person("anna", {Role::admin});
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::vector<http::Reply> replies;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            http::Headers headers;
            headers.set("Cookie", "plus7_session=" + anna.token);
            headers.set("X-Plus7-Csrf", anna.csrf);
            headers.set("Idempotency-Key", "one");
            auto reply = site.call(Method::post, "/api/v1/staff",
                                   R"({"login":"olga","name":"Ольга","roles":["clerk"]})", headers);
            const std::lock_guard lock(mutex);
            replies.push_back(std::move(reply));
        });
    }
    for (auto& thread : threads) thread.join();
    for (const auto& reply : replies) {
        CHECK(reply.status == 201);
        CHECK(reply.body == replies.front().body);
    }
    CHECK(site.house.count("SELECT COUNT(*) FROM staff WHERE login = 'olga'") == 1);
}
