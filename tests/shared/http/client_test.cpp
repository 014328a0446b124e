#include "shared/http/client.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <thread>

#include "tests/shared/http/running_server.hpp"
#include "tests/support/process.hpp"

using namespace plus7;
using namespace plus7::http;
using namespace plus7::test;

TEST_CASE("method, headers, query and body arrive as they were given") {
    RunningServer running({post("/a/{x}", [](const Request& r) {
        return plain(std::string(name_of(r.method)) + r.param("x") + std::string(r.query_value("q").value()) +
                     std::string(r.header("X-Own").value()) + std::string(r.header("Host").value()) + r.body);
    })});
    Call call{.method = Method::post, .url = running.url("/a/b%20c?q=%D0%AF"), .body = std::string("\0bin", 4)};
    call.headers.set("X-Own", "own");
    call.headers.set("Host", "evil");
    const auto reply = Client::make().value().call(call).value();
    CHECK(reply.status == 200);
    CHECK(reply.body == "POSTb cЯown127.0.0.1:" + std::to_string(running.port()) + std::string("\0bin", 4));
    CHECK(reply.headers.get("Content-Type") == "text/plain; charset=utf-8");
}

TEST_CASE("an answer that is too large is refused while it comes") {
    RunningServer running({get("/big", [](const Request&) { return plain(std::string(100'000, 'a')); }),
                           get("/endless", [](const Request&) {
                               return streamed({.pull = [] { return std::string(10'000, 'a'); }}, "text/plain");
                           })});
    ClientSettings settings;
    settings.max_body = 50'000;
    auto client = Client::make(settings).value();
    CHECK(client.call({.url = running.url("/big")}).error().kind == core::ErrorKind::limit);
    CHECK(client.call({.url = running.url("/endless")}).error().kind == core::ErrorKind::limit);
}

TEST_CASE("a silent server ends in a timeout, a missing one in unavailable") {
    std::promise<void> release;
    auto released = release.get_future().share();
    RunningServer running({get("/silent", [&](const Request&) {
        released.wait();
        return plain("late");
    })});
    auto client = Client::make().value();
    const auto began = std::chrono::steady_clock::now();
    const auto late = client.call({.url = running.url("/silent"), .total_timeout = std::chrono::milliseconds{200}});
    CHECK(late.error().kind == core::ErrorKind::unavailable);
    CHECK(late.error().message.find("timeout") != std::string::npos);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds{10});
    release.set_value();
    const auto nobody = client.call({.url = "http://127.0.0.1:" + std::to_string(free_port()) + "/"});
    CHECK(nobody.error().kind == core::ErrorKind::unavailable);
    CHECK(client.call({.url = "ftp://x"}).error().kind == core::ErrorKind::invalid);
}

TEST_CASE("plain HTTP goes to this machine only, and addresses may be forbidden") {
    auto client = Client::make().value();
    CHECK(client.call({.url = "http://192.0.2.1:9/"}).error().kind == core::ErrorKind::denied);
    ClientSettings settings;
    settings.plain_anywhere = true;
    settings.allow_address = [](std::string_view address) { return !address.starts_with("127.") && address != "::1"; };
    RunningServer running({get("/", [](const Request&) { return plain("x"); })});
    auto careful = Client::make(settings).value();
    CHECK(careful.call({.url = running.url("/")}).error().kind == core::ErrorKind::denied);
}

TEST_CASE("a kept connection that the server has closed is noticed, also for POST") {
    std::atomic<int> calls{0};
    const auto routes = [&] {
        return std::vector<Route>{post("/", [&](const Request&) { return ++calls, plain("ok"); })};
    };
    ServerSettings settings;
    settings.idle_timeout = std::chrono::milliseconds{50};
    RunningServer running(routes(), settings);
    auto client = Client::make().value();
    const Call call{.method = Method::post, .url = running.url("/"), .body = "x"};
    CHECK(client.call(call).ok());
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (running.server().stats().open > 0 && std::chrono::steady_clock::now() < limit) std::this_thread::yield();
    REQUIRE(running.server().stats().open == 0);
    CHECK(client.call(call).ok());
    CHECK(calls == 2);
    CHECK(running.server().stats().accepted == 2);
}

TEST_CASE("many threads share one client") {
    RunningServer running({get("/n/{n}", [](const Request& r) { return plain(r.param("n")); })});
    auto client = Client::make().value();
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i) {
                const auto text = std::to_string(t * 1000 + i);
                const auto reply = client.call({.url = running.url("/n/" + text)});
                right += reply && reply->body == text ? 1 : 0;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(right == 400);
    CHECK(running.server().stats().accepted <= 16);
}

TEST_CASE("redirects are told, not followed") {
    RunningServer running({get("/", [](const Request&) { return redirect("/else"); })});
    const auto reply = Client::make().value().call({.url = running.url("/")}).value();
    CHECK(reply.status == 303);
    CHECK(reply.headers.get("Location") == "/else");
}
