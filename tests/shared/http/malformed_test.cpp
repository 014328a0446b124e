// What a hostile or broken client may say: refused clearly, and the server goes on serving others.
#include <doctest/doctest.h>

#include <atomic>

#include "shared/core/random.hpp"
#include "shared/http/client.hpp"
#include "tests/shared/http/raw_client.hpp"
#include "tests/shared/http/running_server.hpp"
#include "tests/support/eventually.hpp"

using namespace plus7;
using namespace plus7::http;
using namespace plus7::test;

namespace {

struct Fixture {
    std::atomic<int> handled{0};
    RunningServer running;

    explicit Fixture(ServerSettings settings = {})
        : running(
              {get("/ok", [this](const Request&) { return ++handled, plain("ok"); }),
               post(
                   "/ok", [this](const Request& r) { return ++handled, plain(std::to_string(r.body.size())); }, 100)},
              std::move(settings)) {}

    std::string ask(std::string_view request) const { return exchange(running.port(), request); }
    bool still_serves() const {
        const auto reply = Client::make().value().call({.url = running.url("/ok")});
        return reply && reply->body == "ok";
    }
};

bool has_status(const std::string& answer, int status) {
    return answer.starts_with("HTTP/1.1 " + std::to_string(status) + " ");
}

}  // namespace

TEST_CASE("messages that two readers could understand differently are refused") {
    const Fixture fixture;
    const std::string head = "POST /ok HTTP/1.1\r\nHost: x\r\n";
    for (const std::string& request : std::initializer_list<std::string>{
             head +
                 "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /ok HTTP/1.1\r\nHost: x\r\n\r\n",
             head + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
             head + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
             head + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", head + "Content-Length: 3, 3\r\n\r\nabc",
             head + "Content-Length: -1\r\n\r\n", head + "Content-Length: +3\r\n\r\nabc",
             head + "Content-Length: 0x3\r\n\r\nabc", head + "Content-Length: 99999999999999999999999\r\n\r\n",
             head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", head + "Transfer-Encoding: identity\r\n\r\n",
             head + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
             head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
             head + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
             head + "Transfer-Encoding:\x0b"
                    "chunked\r\n\r\n0\r\n\r\n",
             std::string("POST /ok HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
             std::string("GET /ok HTTP/1.1\r\n\r\n"), std::string("GET /ok HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")}) {
        CAPTURE(request);
        const auto answer = fixture.ask(request);
        CHECK(has_status(answer, 400));
        CHECK(answer.find("HTTP/1.1", 8) == answer.npos);
    }
    CHECK(fixture.handled == 0);
    CHECK(fixture.still_serves());
}

TEST_CASE("what is no HTTP is answered with 400 or 501 and closed") {
    const Fixture fixture;
    for (const char* request :
         {"\r\n\r\n\r\n", "hello\r\n\r\n", "GET\r\n\r\n", "GET /ok\r\n\r\n", "GET /ok HTTP/2.0\r\nHost: x\r\n\r\n",
          "GET /ok HTTP/1.1\nHost: x\n\n", "GET /ok HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n",
          "GET /ok HTTP/1.1\r\nHost: x\r\nX: a\x01"
          "b\r\n\r\n",
          "GET /o k HTTP/1.1\r\nHost: x\r\n\r\n", "GET http://x/ok HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", "GET /a/../ok HTTP/1.1\r\nHost: x\r\n\r\n",
          "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"}) {
        CAPTURE(request);
        RawClient client(fixture.running.port());
        client.send(request);
        client.end_sending();
        const auto answer = client.until_closed();
        const bool refused = has_status(answer, 400) || answer.empty();
        CHECK(refused);
    }
    CHECK(has_status(fixture.ask("BREW /ok HTTP/1.1\r\nHost: x\r\n\r\n"), 501));
    CHECK(fixture.handled == 0);
    CHECK(fixture.still_serves());
}

TEST_CASE("headers beyond the limit are 431") {
    const Fixture fixture;
    CHECK(has_status(fixture.ask("GET /ok HTTP/1.1\r\nHost: x\r\nX: " + std::string(17'000, 'a') + "\r\n\r\n"), 431));
    CHECK(has_status(fixture.ask("GET /" + std::string(17'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"), 431));
    std::string many = "GET /ok HTTP/1.1\r\nHost: x\r\n";
    for (int i = 0; i < 5000; ++i) many += "A: b\r\n";
    CHECK(has_status(fixture.ask(many + "\r\n"), 431));
    RawClient fits(fixture.running.port());
    fits.send("GET /ok HTTP/1.1\r\nHost: x\r\nX: " + std::string(15'000, 'a') + "\r\n\r\n");
    CHECK(has_status(fits.answer(), 200));
}

TEST_CASE("a body beyond the route's limit is 413, announced or in chunks, and the client can read that") {
    const Fixture fixture;
    const std::string head = "POST /ok HTTP/1.1\r\nHost: x\r\n";
    CHECK(has_status(fixture.ask(head + "Content-Length: 101\r\n\r\n" + std::string(101, 'a')), 413));
    CHECK(has_status(fixture.ask(head + "Content-Length: 300000\r\n\r\n" + std::string(300'000, 'a')), 413));
    CHECK(has_status(fixture.ask(head + "Transfer-Encoding: chunked\r\n\r\n40\r\n" + std::string(64, 'a') +
                                 "\r\n40\r\n" + std::string(64, 'a') + "\r\n0\r\n\r\n"),
                     413));
    CHECK(has_status(fixture.ask(head + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffff0\r\n"), 413));
    CHECK(has_status(
        fixture.ask("POST /none HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n" + std::string(5000, 'a')), 404));
    CHECK(fixture.handled == 0);
    RawClient fits(fixture.running.port());
    fits.send(head + "Transfer-Encoding: chunked\r\n\r\n32\r\n" + std::string(50, 'a') + "\r\n32\r\n" +
              std::string(50, 'a') + "\r\n0\r\n\r\n");
    CHECK(fits.answer().ends_with("\r\n\r\n100"));
}

TEST_CASE("broken chunks are 400, and trailers never become headers") {
    const Fixture fixture;
    const std::string head = "POST /ok HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const char* body : {"x\r\n", "-1\r\na\r\n", "3\r\nabcd\r\n0\r\n\r\n", "3 ;\r\nabc\r\n", "g\r\n\r\n"}) {
        CAPTURE(body);
        CHECK(has_status(fixture.ask(head + body), 400));
    }
    RunningServer seeing(
        {post("/t", [](const Request& r) { return plain(r.headers.has("X-Role") ? "fooled" : "safe"); })});
    RawClient client(seeing.port());
    client.send(
        "POST /t HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Role: admin\r\n\r\n");
    CHECK(client.answer().ends_with("safe"));
}

TEST_CASE("slow headers and silent connections are closed") {
    ServerSettings settings;
    settings.header_timeout = std::chrono::milliseconds{150};
    settings.idle_timeout = std::chrono::milliseconds{150};
    const Fixture fixture(settings);
    RawClient silent(fixture.running.port());
    RawClient slow(fixture.running.port());
    slow.send("GET /ok HTTP/1.1\r\nHost: x\r\nX-");
    RawClient idle(fixture.running.port());
    idle.send("GET /ok HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(has_status(idle.answer(), 200));
    CHECK(silent.is_closed_by_peer());
    CHECK(slow.until_closed().empty());
    CHECK(idle.is_closed_by_peer());
}

TEST_CASE("a body that stops coming is cut") {
    ServerSettings settings;
    settings.body_timeout = std::chrono::milliseconds{150};
    const Fixture fixture(settings);
    RawClient client(fixture.running.port());
    client.send("POST /ok HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nabc");
    CHECK(client.until_closed().empty());
    CHECK(fixture.handled == 0);
}

TEST_CASE("a client that goes in the middle of its body, or of the answer, harms nobody") {
    const Fixture fixture;
    {
        RawClient leaving(fixture.running.port());
        leaving.send("POST /ok HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nabc");
    }
    {
        RawClient resetting(fixture.running.port());
        resetting.send("GET /ok HTTP/1.1\r\nHost: x\r\n\r\nGET /ok HTTP/1.1\r\nHost: x\r\n\r\n");
        resetting.reset();
    }
    CHECK(fixture.still_serves());
    CHECK(eventually([&] { return const_cast<RunningServer&>(fixture.running).server().stats().open == 0; }));
}

TEST_CASE("random and mutated bytes never stop the server") {
    const Fixture fixture;
    const std::string good =
        "POST /ok?a=b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nCookie: a=b\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    for (int round = 0; round < 300; ++round) {
        std::string request = good;
        for (std::uint64_t change = 0; change <= core::random_below(4); ++change) {
            request[core::random_below(request.size())] = static_cast<char>(core::random_below(256));
        }
        RawClient client(fixture.running.port());
        client.send(request);
        client.end_sending();
        client.until_closed();
    }
    CHECK(fixture.still_serves());
}
