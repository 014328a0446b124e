#include "shared/http/router.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace plus7;
using namespace plus7::http;

namespace {

Route route(Method method, std::string pattern) {
    Handler handler = [pattern](const Request& request) {
        std::string text = pattern;
        for (const auto& [name, value] : request.params) text += " " + name + "=" + value;
        return plain(text);
    };
    return {.method = method, .pattern = pattern, .handler = handler};
}

Response ask(const Router& router, Method method, std::string_view target) {
    return router.handle(make_request(method, target).value());
}

Router table() {
    return Router::build({route(Method::get, "/"), route(Method::get, "/api/devices"),
                          route(Method::post, "/api/devices"), route(Method::get, "/api/devices/{id}"),
                          route(Method::get, "/api/devices/me"), route(Method::put, "/api/devices/{device}"),
                          route(Method::get, "/api/{kind}/me/x"), route(Method::get, "/files/{rest...}"),
                          route(Method::del, "/api/devices/{id}/keys/{key}")})
        .value();
}

}  // namespace

TEST_CASE("exact segments win over parameters, and those over the rest") {
    const auto router = table();
    CHECK(ask(router, Method::get, "/").body == "/");
    CHECK(ask(router, Method::get, "/api/devices/me").body == "/api/devices/me");
    CHECK(ask(router, Method::get, "/api/devices/a%2Fb").body == "/api/devices/{id} id=a/b");
    CHECK(ask(router, Method::del, "/api/devices/1/keys/2").body == "/api/devices/{id}/keys/{key} id=1 key=2");
    CHECK(ask(router, Method::get, "/files/a/b.txt").body == "/files/{rest...} rest=a/b.txt");
    CHECK(ask(router, Method::get, "/files/a/").body == "/files/{rest...} rest=a/");
}

TEST_CASE("the search goes back when an exact beginning leads nowhere") {
    CHECK(ask(table(), Method::get, "/api/devices/me/x").body == "/api/{kind}/me/x kind=devices");
}

TEST_CASE("the same place may have other parameter names for another method") {
    CHECK(ask(table(), Method::put, "/api/devices/7").body == "/api/devices/{device} device=7");
}

TEST_CASE("an unknown path is 404, an unknown method 405 with what is allowed") {
    const auto router = table();
    CHECK(ask(router, Method::get, "/nothing").status == 404);
    CHECK(ask(router, Method::get, "/api/devices/").status == 404);
    CHECK(ask(router, Method::get, "/files").status == 404);
    const auto refused = ask(router, Method::patch, "/api/devices");
    CHECK(refused.status == 405);
    CHECK(refused.headers.get("Allow") == "GET, HEAD, POST");
    const auto options = ask(router, Method::options, "/api/devices/me");
    CHECK(options.status == 204);
    CHECK(options.headers.get("Allow") == "GET, HEAD, PUT");
}

TEST_CASE("HEAD finds the route of GET") { CHECK(ask(table(), Method::head, "/api/devices").status == 200); }

TEST_CASE("a rest parameter never holds a hidden separator") {
    CHECK(ask(table(), Method::get, "/files/a%2Fb").status == 404);
    CHECK(ask(table(), Method::get, "/files/a%5Cb").status == 404);
}

TEST_CASE("a broken table is refused with all its errors at once") {
    auto bad = route(Method::get, "/ok");
    bad.handler = {};
    const auto built =
        Router::build({route(Method::get, "/a/{x}"), route(Method::get, "/a/{y}"), route(Method::get, "b"), bad,
                       route(Method::get, "/{a...}/b"), route(Method::get, "/{a}/{a}"), route(Method::get, "/{}")});
    REQUIRE_FALSE(built);
    const auto& message = built.error().message;
    for (const char* part :
         {"GET /a/{y} has the shape of /a/{x}", "GET b must begin", "GET /ok needs a handler", "GET /{a...}/b goes on",
          "GET /{a}/{a} names a parameter twice", "GET /{} has an unclosed or empty"}) {
        CAPTURE(part);
        CHECK(message.find(part) != message.npos);
    }
}

TEST_CASE("filters wrap every answer in the order given, refusals too") {
    auto router = table();
    std::string trace;
    router.around([&](const Request&, const Route*, const Next& next) {
        trace += "a(";
        auto response = next();
        trace += ")a";
        return response.with("X-Seen", "yes");
    });
    router.around([&](const Request&, const Route* found, const Next& next) {
        trace += found ? found->pattern : "none";
        return next();
    });
    CHECK(ask(router, Method::get, "/api/devices").headers.get("X-Seen") == "yes");
    CHECK(ask(router, Method::get, "/nothing").headers.get("X-Seen") == "yes");
    CHECK(trace == "a(/api/devices)aa(none)a");
}

TEST_CASE("what a handler throws becomes a 500 that tells the log and not the client") {
    auto router =
        Router::build({{.method = Method::get,
                        .pattern = "/x",
                        .handler = [](const Request&) -> Response { throw std::runtime_error("secret detail"); }}})
            .value();
    bool filtered = false;
    router.around([&](const Request&, const Route*, const Next& next) {
        auto response = next();
        filtered = response.status == 500;
        return response;
    });
    const auto response = ask(router, Method::get, "/x");
    CHECK(response.status == 500);
    CHECK(response.note == "secret detail");
    CHECK(response.body.find("secret") == std::string::npos);
    CHECK(filtered);
}

TEST_CASE("the fallback answers unknown pages, but neither known paths nor changes") {
    auto router = table();
    router.fallback([](const Request&) { return plain("page"); });
    CHECK(ask(router, Method::get, "/orders/7").body == "page");
    CHECK(ask(router, Method::post, "/orders/7").status == 404);
    CHECK(ask(router, Method::patch, "/api/devices").status == 405);
}

TEST_CASE("a parameter may have an ending, which is no part of its value") {
    const auto answer = [](const Request& request) { return plain(request.param("y")); };
    const auto router = Router::build({{Method::get, "/tiles/{y}.mvt", answer}}).value();
    const auto get = [&](std::string_view target) { return router.handle(make_request(Method::get, target).value()); };
    CHECK(get("/tiles/17.mvt").body == "17");
    CHECK(get("/tiles/17.png").status == 404);
    CHECK(get("/tiles/.mvt").status == 404);
    CHECK_FALSE(Router::build({{Method::get, "/tiles/{y}mvt", answer}}).ok());
    CHECK_FALSE(Router::build({{Method::get, "/tiles/{y...}.mvt", answer}}).ok());
}

TEST_CASE("a websocket's address may answer plain requests too") {
    Route both{Method::get, "/live", [](const Request&) { return plain("snapshot"); }};
    both.upgrade = [](const Request&) -> UpgradeDecision { return WebSocketHandlers{}; };
    Route socket_only{Method::get, "/feed"};
    socket_only.upgrade = both.upgrade;
    const auto router = Router::build({both, socket_only}).value();
    CHECK(router.handle(make_request(Method::get, "/live").value()).body == "snapshot");
    CHECK(router.handle(make_request(Method::get, "/feed").value()).status == 426);
    const auto request = make_request(Method::get, "/live").value();
    CHECK(std::holds_alternative<WebSocketHandlers>(router.decide(router.find(Method::get, {"live"}), request)));
}
