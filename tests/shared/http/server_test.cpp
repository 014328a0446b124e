#include "shared/http/server.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <mutex>

#include "shared/http/client.hpp"
#include "shared/http/problem.hpp"
#include "shared/runtime/log.hpp"
#include "tests/shared/http/raw_client.hpp"
#include "tests/shared/http/running_server.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::http;
using namespace plus7::test;

namespace {

std::vector<Route> echo_routes() {
    return {get("/hello/{name}", [](const Request& r) { return plain("hello " + r.param("name")); }),
            post(
                "/echo", [](const Request& r) { return plain(r.body); }, 1 << 20),
            post(
                "/small", [](const Request& r) { return plain(r.body); }, 10)};
}

}  // namespace

TEST_CASE("a thousand requests are answered on one connection") {
    RunningServer running(echo_routes());
    auto client = Client::make().value();
    for (int i = 0; i < 1000; ++i) {
        const auto reply = client.call({.url = running.url("/hello/" + std::to_string(i))}).value();
        REQUIRE(reply.status == 200);
        REQUIRE(reply.body == "hello " + std::to_string(i));
    }
    CHECK(running.server().stats().accepted == 1);
    CHECK(running.server().stats().requests == 1000);
}

TEST_CASE("requests sent at once are answered in order") {
    RunningServer running(echo_routes());
    RawClient client(running.port());
    std::string all;
    for (int i = 0; i < 50; ++i) {
        all += "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n" + std::to_string(10 + i);
    }
    REQUIRE(client.send(all));
    for (int i = 0; i < 50; ++i) REQUIRE(client.answer().ends_with("\r\n\r\n" + std::to_string(10 + i)));
}

TEST_CASE("an answer carries date, request id and the server's own headers, which a handler may replace") {
    ServerSettings settings;
    settings.headers.set("X-Content-Type-Options", "nosniff");
    settings.headers.set("X-Policy", "strict");
    RunningServer running({get("/a", [](const Request& r) { return plain(r.id).with("X-Policy", "own"); })}, settings);
    const auto reply = Client::make().value().call({.url = running.url("/a")}).value();
    CHECK(reply.headers.get("X-Request-Id") == reply.body);
    CHECK(reply.body.size() == 16);
    CHECK(reply.headers.has("Date"));
    CHECK(reply.headers.all("X-Policy") == std::vector<std::string_view>{"own"});
    const auto refused = exchange(running.port(), "BROKEN\r\n\r\n");
    CHECK(refused.find("X-Content-Type-Options: nosniff") != refused.npos);
}

TEST_CASE("HEAD gets the head of GET with the length and no body") {
    RunningServer running(echo_routes());
    RawClient client(running.port());
    client.send("HEAD /hello/you HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const auto answer = client.until_closed();
    CHECK(answer.find("Content-Length: 9\r\n") != answer.npos);
    CHECK(answer.ends_with("\r\n\r\n"));
}

TEST_CASE("HTTP/1.0 is answered and closed, unless it asks to keep the connection") {
    RunningServer running(echo_routes());
    CHECK(exchange(running.port(), "GET /hello/you HTTP/1.0\r\n\r\n").ends_with("hello you"));
    RawClient client(running.port());
    client.send("GET /hello/you HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(client.answer().find("Connection: keep-alive") != std::string::npos);
    client.send("GET /hello/me HTTP/1.0\r\n\r\n");
    CHECK(client.until_closed().ends_with("hello me"));
}

TEST_CASE("a client that waits for permission gets it before it sends its body") {
    RunningServer running(echo_routes());
    RawClient client(running.port());
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    CHECK(client.answer() == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("body");
    CHECK(client.answer().ends_with("body"));
    RawClient refused(running.port());
    refused.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 400\r\nExpect: 100-continue\r\n\r\n");
    CHECK(refused.answer().starts_with("HTTP/1.1 413"));
}

TEST_CASE("a stream is sent in chunks, or with its length, and a failing one is visibly cut") {
    const auto counting = [](int pieces, int fail_at) {
        auto left = std::make_shared<int>(pieces);
        return [left, fail_at]() -> core::Result<std::string> {
            if (*left == fail_at) return core::unavailable("the source is gone");
            return (*left)-- > 0 ? std::string(1000, 'p') : std::string{};
        };
    };
    RunningServer running({
        get("/chunked", [&](const Request&) { return streamed({.pull = counting(50, -1)}, "text/csv"); }),
        get("/sized",
            [&](const Request&) { return streamed({.pull = counting(50, -1), .length = 50'000}, "text/csv"); }),
        get("/failing", [&](const Request&) { return streamed({.pull = counting(50, 20)}, "text/csv"); }),
        get("/lying",
            [&](const Request&) { return streamed({.pull = counting(50, -1), .length = 60'000}, "text/csv"); }),
    });
    auto client = Client::make().value();
    CHECK(client.call({.url = running.url("/chunked")}).value().body == std::string(50'000, 'p'));
    CHECK(client.call({.url = running.url("/sized")}).value().body.size() == 50'000);
    CHECK(running.server().stats().accepted == 1);
    CHECK(client.call({.url = running.url("/failing")}).error().kind == core::ErrorKind::unavailable);
    CHECK(client.call({.url = running.url("/lying")}).error().kind == core::ErrorKind::unavailable);
    const auto old = exchange(running.port(), "GET /chunked HTTP/1.0\r\n\r\n");
    CHECK(old.find("Transfer-Encoding") == old.npos);
    CHECK(old.ends_with(std::string(50'000, 'p')));
}

TEST_CASE("what a handler throws is answered with 500 and logged once with the request's id") {
    std::mutex lock;
    std::vector<std::string> lines;
    runtime::set_log_sink([&](runtime::LogLevel, const std::string& line) {
        const std::lock_guard guard(lock);
        lines.push_back(line);
    });
    {
        RunningServer running(
            {get("/bad", [](const Request&) -> Response { throw std::runtime_error("disk on fire"); })});
        const auto reply = Client::make().value().call({.url = running.url("/bad")}).value();
        CHECK(reply.status == 500);
        CHECK(reply.body.find("disk") == std::string::npos);
        const std::lock_guard guard(lock);
        REQUIRE(lines.size() == 1);
        CHECK(lines[0].find("disk on fire") != std::string::npos);
        CHECK(lines[0].find(std::string(reply.headers.get("X-Request-Id").value())) != std::string::npos);
    }
    runtime::set_log_sink({});
}

TEST_CASE("the peer is the one that a trusted proxy names, and nobody else may name it") {
    std::vector<Route> routes{get("/who", [](const Request& r) {
        return plain(r.peer.address + (r.peer.secure ? " https " : " http ") + r.id);
    })};
    Call call{.url = {}};
    call.headers.set("X-Forwarded-For", "198.51.100.7");
    call.headers.set("X-Forwarded-Proto", "https");
    call.headers.set("X-Request-Id", "abcdef-123456");
    auto client = Client::make().value();
    {
        RunningServer open(routes);
        call.url = open.url("/who");
        CHECK(client.call(call).value().body.starts_with("127.0.0.1 http "));
    }
    ServerSettings settings;
    settings.trusted = TrustedProxies::parse({"127.0.0.0/8"}).value();
    RunningServer behind(routes, settings);
    call.url = behind.url("/who");
    CHECK(client.call(call).value().body == "198.51.100.7 https abcdef-123456");
}

TEST_CASE("a unix socket tells the user at its other end and is private") {
    const TempDir dir;
    const auto path = dir.file("control.sock");
    {
        RunningServer running(
            {get("/who", [](const Request& r) { return plain(std::to_string(r.peer.uid.value())); })});
        std::promise<core::Status> listening;
        running.loop().post([&] { listening.set_value(running.server().listen_unix(path)); });
        REQUIRE(listening.get_future().get());
        struct stat info {};
        REQUIRE(::stat(path.c_str(), &info) == 0);
        CHECK((info.st_mode & 0777) == 0600);
        RawClient client(path);
        client.send("GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        CHECK(client.until_closed().ends_with("\r\n\r\n" + std::to_string(::getuid())));
        std::promise<core::Status> second;
        running.loop().post([&] { second.set_value(running.server().listen_unix(path)); });
        const auto taken = second.get_future().get();
        REQUIRE_FALSE(taken);
        CHECK(taken.error().kind == core::ErrorKind::conflict);
    }
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("an address that is taken, or is none, is a clear error") {
    RunningServer running(echo_routes());
    runtime::Loop loop;
    runtime::Workers workers;
    Server second(loop, workers, Router::build(echo_routes()).value());
    const auto taken = second.listen("127.0.0.1", running.port());
    REQUIRE_FALSE(taken);
    CHECK(taken.error().kind == core::ErrorKind::conflict);
    CHECK(taken.error().message.find(std::to_string(running.port())) != std::string::npos);
    CHECK(second.listen("localhost", 0).error().kind == core::ErrorKind::invalid);
}

TEST_CASE("connections over the maximum are refused with 503 and room is given back") {
    ServerSettings settings;
    settings.max_connections = 2;
    RunningServer running(echo_routes(), settings);
    RawClient second(running.port());
    {
        RawClient first(running.port());
        REQUIRE(eventually([&] { return running.server().stats().open == 2; }));
        RawClient third(running.port());
        CHECK(third.until_closed().starts_with("HTTP/1.1 503"));
        CHECK(running.server().stats().refused == 1);
    }
    REQUIRE(eventually([&] { return running.server().stats().open == 1; }));
    CHECK(Client::make().value().call({.url = running.url("/hello/you")}).value().status == 200);
}

TEST_CASE("a stop lets the running request finish, closes idle connections and takes no new ones") {
    std::promise<void> entered, go_on;
    auto going = go_on.get_future().share();
    RunningServer running({get("/slow", [&](const Request&) {
        entered.set_value();
        going.wait();
        return plain("done");
    })});
    RawClient idle(running.port());
    RawClient busy(running.port());
    busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    entered.get_future().wait();
    std::promise<void> stopped;
    running.server().stop(std::chrono::seconds{20}, [&] { stopped.set_value(); });
    CHECK(idle.is_closed_by_peer());
    CHECK_THROWS(RawClient(running.port()));
    go_on.set_value();
    const auto answer = busy.until_closed();
    CHECK(answer.ends_with("done"));
    CHECK(answer.find("Connection: close") != answer.npos);
    CHECK(stopped.get_future().wait_for(std::chrono::seconds{20}) == std::future_status::ready);
    CHECK(running.server().stats().open == 0);
}

TEST_CASE("a stop cuts what is not finished after the grace") {
    std::promise<void> entered, go_on;
    auto going = go_on.get_future().share();
    RunningServer running({get("/slow", [&](const Request&) {
        entered.set_value();
        going.wait();
        return plain("too late");
    })});
    RawClient busy(running.port());
    busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    entered.get_future().wait();
    CHECK(running.stop(std::chrono::milliseconds{50}));
    CHECK(busy.until_closed().empty());
    go_on.set_value();
}

TEST_CASE("every answered request is reported with its time") {
    std::atomic<int> answers{0}, status{0};
    RunningServer running(echo_routes(), {},
                          [&](const Request&, const Response& response, std::chrono::microseconds took) {
                              status = response.status;
                              answers += took.count() >= 0 ? 1 : 0;
                          });
    Client::make().value().call({.url = running.url("/none")}).value();
    CHECK(eventually([&] { return answers == 1; }));
    CHECK(status == 404);
}
