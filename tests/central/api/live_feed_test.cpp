// The live map over a real websocket on loopback. Beast's own client is the other side.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <nlohmann/json.hpp>
#include <thread>

#include "shared/http/server.hpp"
#include "shared/wire/fact_data.hpp"
#include "tests/central/api/handheld.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;
using accounts::Role;
using nlohmann::json;

namespace {

namespace beast = boost::beast;
using Tcp = boost::asio::ip::tcp;

// Loop and server of the house in a thread of their own.
class Site {
  public:
    Site() {
        server_.emplace(house.loop, house.workers, house.api->router());
        port = server_->listen("127.0.0.1", 0).value();
        thread_ = std::thread([this] { house.loop.run(); });
    }
    ~Site() {
        house.workers.stop();
        house.loop.stop();
        thread_.join();
    }
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    ApiHouse house;
    ApiHouse::Person anna = house.person("anna", {Role::admin});
    Browser admin{house, anna};
    FieldPair pair = field_pair(house, admin, "K-1", {});
    std::uint16_t port = 0;

    void begin_shift() {
        const auto now = house.clock.at;
        put_shift(house, pair, now, {});
        house.live.shift(pair.id(), now);
        house.live.connected(pair.id(), true);
        walk(55.8);
    }
    void walk(double lat) {
        const auto now = house.clock.at + std::chrono::milliseconds{++steps_};
        house.live.moved(
            pair.id(),
            {{lat, 37.6}, 1.4, 0.0, 5.0, std::chrono::floor<std::chrono::milliseconds>(now), house.clock.at});
    }

  private:
    int steps_ = 0;
    std::optional<http::Server> server_;
    std::thread thread_;
};

class Viewer {
  public:
    Viewer(const Site& site, const std::string& token, const std::string& origin = ApiHouse::origin) {
        stream_.next_layer().connect({boost::asio::ip::address_v4::loopback(), site.port});
        const timeval limit{20, 0};
        ::setsockopt(stream_.next_layer().native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        stream_.set_option(beast::websocket::stream_base::decorator([&](beast::websocket::request_type& request) {
            request.set(beast::http::field::origin, origin);
            request.set(beast::http::field::cookie, "__Host-plus7_session=" + token);
        }));
        beast::websocket::response_type response;
        stream_.handshake(response, "plus7.example", "/api/v1/live", failed);
        status = response.result_int();
    }
    void ask(const json& message) { stream_.write(boost::asio::buffer(message.dump()), failed); }
    void ask_for(const std::vector<std::string>& pins) { ask({{"type", "view"}, {"bbox", nullptr}, {"pins", pins}}); }
    // The next message of this type; others are passed over.
    json next(const std::string& type) {
        while (!failed) {
            beast::flat_buffer buffer;
            stream_.read(buffer, failed);
            if (failed) break;
            auto message = json::parse(beast::buffers_to_string(buffer.data()));
            if (message["type"] == type) return message;
        }
        FAIL("no message of type " << type << ": " << failed.message());
        return {};
    }
    int close_code() {
        while (!failed) {
            beast::flat_buffer buffer;
            stream_.read(buffer, failed);
        }
        return failed == beast::websocket::error::closed ? static_cast<int>(stream_.reason().code) : 0;
    }
    boost::system::error_code failed;
    unsigned status = 0;

  private:
    boost::asio::io_context io_;
    beast::websocket::stream<Tcp::socket> stream_{io_};
};

}  // namespace

TEST_CASE("a viewer gets a snapshot, then a frame when a courier moves, and stands in the access book once") {
    Site site;
    site.begin_shift();
    Viewer viewer(site, site.anna.token);
    REQUIRE(viewer.status == 101);
    viewer.ask_for({});
    const auto snapshot = viewer.next("snapshot");
    REQUIRE(snapshot["rows"].size() == 1);
    CHECK(snapshot["rows"][0][1] == 55.8);
    CHECK(snapshot["couriers"][0]["code"] == "K-1");
    site.walk(55.9);
    const auto frame = viewer.next("frame");
    CHECK(frame["rows"][0][1] == 55.9);
    CHECK(frame["seq"] == snapshot["seq"].get<int>() + 1);
    CHECK(site.house.count("SELECT COUNT(*) FROM audit WHERE action = 'courier.live_seen'") == 1);
}

TEST_CASE("the same address answers a plain GET with the snapshot") {
    Site site;
    site.begin_shift();
    const auto snapshot = json::parse(site.admin.get("/api/v1/live").body);
    CHECK(snapshot["type"] == "snapshot");
    CHECK(snapshot["rows"][0][7] == "moving");
    CHECK(site.house.count("SELECT COUNT(*) FROM audit WHERE action = 'courier.live_seen'") == 1);
}

TEST_CASE("a scan of a pinned courier is shown at once, and a late stretch with the state of his records") {
    Site site;
    site.begin_shift();
    Viewer viewer(site, site.anna.token);
    viewer.ask_for({site.pair.courier});
    viewer.next("snapshot");
    const auto now = site.house.clock.at;
    put_act(site.house, site.pair, "scan", now, now,
            wire::encode_data(model::Scan{core::copy_of(core::view_of("4600000000015")), model::Symbology::ean13}));
    const auto event = viewer.next("event");
    CHECK(event["courier"] == site.pair.courier);
    CHECK(event["event"]["data"]["code"] == "4600000000015");
    put_block(site.house, site.pair, 1, now + 1s, 60, now + 10min);
    const auto at = std::chrono::floor<std::chrono::milliseconds>(now);
    site.house.live.filled(site.pair.id(), at + 1s, at + 60s);
    const auto filled = viewer.next("filled");
    CHECK(filled["from_ms"] == core::count(at + 1s));
    CHECK(filled["records"]["lost"] == 0);
}

TEST_CASE("a foreign page, a stranger and a role without the right are refused before the websocket opens") {
    Site site;
    CHECK(Viewer(site, site.anna.token, "https://evil.example").status == 403);
    CHECK(Viewer(site, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").status == 401);
    const auto clerk = site.house.person("klara", {Role::clerk});
    CHECK(Viewer(site, clerk.token).status == 403);
}

TEST_CASE("when the session ends the feed closes with 4401") {
    Site site;
    Viewer viewer(site, site.anna.token);
    viewer.ask_for({});
    viewer.next("snapshot");
    REQUIRE(site.admin.send(http::Method::del, "/api/v1/session").status == 204);
    site.house.clock.advance(6s);
    CHECK(viewer.close_code() == 4401);
}

TEST_CASE("nonsense from a viewer closes his socket and no other") {
    Site site;
    site.begin_shift();
    Viewer bad(site, site.anna.token), good(site, site.anna.token);
    bad.ask({{"type", "nonsense"}});
    CHECK(bad.close_code() == 1008);
    good.ask_for({});
    CHECK(good.next("snapshot")["rows"].size() == 1);
}
