// The websocket side of the server, seen through Beast's own client: the one test file that may include it.
#include "shared/http/websocket.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <mutex>

#include "shared/http/problem.hpp"
#include "shared/http/security_headers.hpp"
#include "tests/shared/http/raw_client.hpp"
#include "tests/shared/http/running_server.hpp"
#include "tests/support/eventually.hpp"

using namespace plus7;
using namespace plus7::http;
using namespace plus7::test;

namespace {

namespace beast = boost::beast;
using Tcp = boost::asio::ip::tcp;
using boost::system::error_code;

class Viewer {
  public:
    explicit Viewer(std::uint16_t port, const std::string& origin = "http://own", const std::string& target = "/live") {
        stream_.next_layer().connect({boost::asio::ip::address_v4::loopback(), port});
        const timeval limit{20, 0};
        ::setsockopt(stream_.next_layer().native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        beast::websocket::permessage_deflate deflate;
        deflate.client_enable = true;
        stream_.set_option(deflate);
        stream_.set_option(beast::websocket::stream_base::decorator(
            [origin](beast::websocket::request_type& request) { request.set(beast::http::field::origin, origin); }));
        beast::websocket::response_type response;
        stream_.handshake(response, "x", target, failed);
        status = response.result_int();
        extensions = std::string(response["Sec-WebSocket-Extensions"]);
    }
    void send(std::string_view text) { stream_.write(boost::asio::buffer(text), failed); }
    std::string read() {
        beast::flat_buffer buffer;
        stream_.read(buffer, failed);
        return beast::buffers_to_string(buffer.data());
    }
    int close_code() {  // reads until the end
        while (!failed) read();
        return failed == beast::websocket::error::closed ? static_cast<int>(stream_.reason().code) : 0;
    }
    error_code failed;
    unsigned status = 0;
    std::string extensions;

  private:
    boost::asio::io_context io_;
    beast::websocket::stream<Tcp::socket> stream_{io_};
};

// What the server saw, guarded for the test's thread.
struct Seen {
    std::mutex lock;
    std::optional<WebSocket> socket;
    std::atomic<int> drained{0}, closed{0};
    std::atomic<int> code{0};

    WebSocket get() {
        REQUIRE(eventually([&] {
            const std::lock_guard guard(lock);
            return socket.has_value();
        }));
        const std::lock_guard guard(lock);
        return *socket;
    }
    WebSocketHandlers handlers() {
        return {.on_open =
                    [this](const WebSocket& opened) {
                        const std::lock_guard guard(lock);
                        socket = opened;
                    },
                .on_message =
                    [](const WebSocket& from, std::string_view message, bool is_text) {
                        if (message == "throw") throw std::runtime_error("bad message");
                        auto copy = std::make_shared<const std::string>(message);
                        is_text ? from.send_text(copy) : from.send_binary(copy);
                    },
                .on_drained = [this](const WebSocket&) { ++drained; },
                .on_close =
                    [this](const WebSocket&, std::uint16_t with) {
                        code = with;
                        ++closed;
                    }};
    }
};

struct Live {
    Seen seen;
    RunningServer running;
    explicit Live(ServerSettings settings = {}) : running({route()}, std::move(settings)) {}
    Route route() {
        UpgradeHandler decide = [this](const Request& request) -> UpgradeDecision {
            if (!comes_from_own_page(request, {"http://own"}, true))
                return problem(core::denied("a foreign page"), request);
            return seen.handlers();
        };
        return {.method = Method::get, .pattern = "/live", .upgrade = decide};
    }
};

}  // namespace

TEST_CASE("messages come back over a compressed websocket, short and long, in order") {
    Live live;
    Viewer viewer(live.running.port());
    REQUIRE(viewer.status == 101);
    CHECK(viewer.extensions.find("permessage-deflate") != std::string::npos);
    for (const std::size_t size : {0u, 1u, 125u, 126u, 511u, 512u, 5000u, 60'000u}) {
        viewer.send(std::string(size, 'm') + "Я");
        REQUIRE(viewer.read() == std::string(size, 'm') + "Я");
    }
    CHECK(live.running.server().stats().websockets == 1);
    CHECK(eventually([&] { return live.seen.drained == 8; }));
}

TEST_CASE("a foreign page's websocket is refused before it is opened") {
    Live live;
    Viewer viewer(live.running.port(), "http://evil");
    CHECK(viewer.status == 403);
    CHECK(viewer.failed);
    CHECK(live.running.server().stats().websockets == 0);
    const auto plain_request =
        exchange(live.running.port(), "GET /live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK(plain_request.starts_with("HTTP/1.1 426"));
}

TEST_CASE("any thread may send, frames keep their order, and a shared frame is not copied") {
    Live live;
    Viewer viewer(live.running.port());
    const auto socket = live.seen.get();
    for (int i = 0; i < 50; ++i) REQUIRE(socket.send_text(std::to_string(i)));
    for (int i = 0; i < 50; ++i) REQUIRE(viewer.read() == std::to_string(i));
    const auto shared = std::make_shared<const std::string>("same");
    socket.send_binary(shared);
    CHECK(viewer.read() == "same");
    CHECK(eventually([&] { return shared.use_count() == 1; }));
    CHECK(socket.ready_to_send());
    CHECK(socket.queued_bytes() == 0);
}

TEST_CASE("a viewer that does not read is closed at the limit and its frames are dropped") {
    ServerSettings settings;
    settings.websocket.queue_bytes = 300'000;
    settings.websocket.write_timeout = std::chrono::milliseconds{200};
    Live live(settings);
    RawClient silent(live.running.port(), 4096);
    silent.send(
        "GET /live HTTP/1.1\r\nHost: x\r\nOrigin: http://own\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
    const auto socket = live.seen.get();
    const auto frame = std::make_shared<const std::string>(100'000, 'f');
    std::size_t most = 0;
    const auto refused = [&] {
        most = std::max(most, socket.queued_bytes());
        return !socket.send_binary(frame);
    };
    CHECK(eventually(refused));
    CHECK(most <= 300'000);
    CHECK_FALSE(socket.is_open());
    CHECK(eventually([&] { return live.seen.closed == 1; }));
    CHECK(eventually([&] { return frame.use_count() == 1; }));
    CHECK(eventually([&] { return live.running.server().stats().open == 0; }));
}

TEST_CASE("the server may close with its own code") {
    Live live;
    Viewer viewer(live.running.port());
    const auto socket = live.seen.get();
    socket.send_text("last words");
    socket.close(close_code::session_expired, "sign in again");
    CHECK_FALSE(socket.send_text("too late"));
    CHECK(viewer.read() == "last words");
    CHECK(viewer.close_code() == 4401);
    CHECK(eventually([&] { return live.seen.closed == 1; }));
    CHECK(live.seen.code == 4401);
}

TEST_CASE("a message over the limit closes that viewer, a callback that throws too") {
    Live live;
    Viewer large(live.running.port());
    large.send(std::string(70'000, 'x'));
    CHECK(large.close_code() == 1009);
    Viewer throwing(live.running.port());
    throwing.send("throw");
    CHECK(throwing.close_code() == 1011);
    Viewer other(live.running.port());
    other.send("still here");
    CHECK(other.read() == "still here");
}

TEST_CASE("a viewer that goes without a word is noticed, and a silent line is cut by the heartbeat") {
    ServerSettings settings;
    settings.websocket.ping_every = std::chrono::milliseconds{100};
    Live live(settings);
    {
        Viewer leaving(live.running.port());
        live.seen.get();
    }
    CHECK(eventually([&] { return live.seen.closed == 1; }));
    CHECK(live.seen.code == 1006);
    RawClient deaf(live.running.port());
    deaf.send(
        "GET /live HTTP/1.1\r\nHost: x\r\nOrigin: http://own\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
    CHECK(deaf.answer().starts_with("HTTP/1.1 101"));
    const auto pings = deaf.until_closed();
    CHECK(pings.starts_with("\x89"));
    CHECK(eventually([&] { return live.seen.closed == 2; }));
}

TEST_CASE("a stop says goodbye to viewers") {
    Live live;
    Viewer viewer(live.running.port());
    live.seen.get();
    std::atomic<bool> stopped{false};
    live.running.server().stop(std::chrono::seconds{20}, [&] { stopped = true; });
    CHECK(viewer.close_code() == 1001);
    CHECK(eventually([&] { return stopped.load(); }));
    CHECK_FALSE(live.seen.get().send_text("gone"));
}
