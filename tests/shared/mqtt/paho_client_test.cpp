#include "shared/mqtt/paho_client.hpp"

#include <doctest/doctest.h>
#include <malloc.h>

#include <csignal>

#include "tests/shared/mqtt/recording_listener.hpp"
#include "tests/support/mosquitto.hpp"

using namespace plus7;
using namespace plus7::mqtt;
using namespace plus7::test;
using namespace std::chrono_literals;

namespace {

constexpr auto limit = 30s;

// One client and what it tells, on the test's loop.
struct Peer {
    Peer(runtime::Loop& loop, ClientOptions options) : loop_(loop), client(loop, std::move(options), listener) {}

    void connect() {
        client.start();
        REQUIRE(loop_.run_until([&] { return client.connected(); }, limit));
    }
    SubscribeResult subscribe(std::vector<Subscription> subscriptions) {
        std::optional<SubscribeResult> result;
        REQUIRE(client.subscribe(std::move(subscriptions), [&](const SubscribeResult& r) { result = r; }));
        REQUIRE(loop_.run_until([&] { return result.has_value(); }, limit));
        return *result;
    }
    PublishResult publish(Publication publication) {
        std::optional<PublishResult> result;
        REQUIRE(client.publish(std::move(publication), [&](PublishResult r) { result = r; }));
        REQUIRE(loop_.run_until([&] { return result.has_value(); }, limit));
        return *result;
    }
    bool got(std::size_t count) {
        return loop_.run_until([&] { return listener.messages.size() >= count; }, limit);
    }

    runtime::Loop& loop_;
    RecordingListener listener;
    PahoClient client;
};

core::Bytes bytes(std::string_view text) { return core::copy_of(core::view_of(text)); }

}  // namespace

TEST_CASE("messages of both qualities arrive whole, with topic, quality and any bytes") {
    Mosquitto broker;
    runtime::Loop loop;
    Peer a(loop, options_for(broker.port(), "a"));
    Peer b(loop, options_for(broker.port(), "b"));
    a.connect();
    b.connect();
    const auto granted = a.subscribe({{"t/+", Qos::at_least_once}, {"u/#", Qos::at_most_once}});
    CHECK(granted.ok);
    CHECK(granted.reason_codes == std::vector<ReasonCode>{1, 0});
    core::Bytes all(256);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i);
    CHECK(b.publish({"t/x", all, Qos::at_least_once}).ok);
    CHECK(b.publish({"t/y", {}, Qos::at_most_once, false, 30s}).ok);
    CHECK(b.publish({"u/z/w", bytes("z"), Qos::at_least_once}).ok);
    REQUIRE(a.got(3));
    CHECK(a.listener.messages[0].topic == "t/x");
    CHECK(a.listener.messages[0].payload == all);
    CHECK(a.listener.messages[0].qos == Qos::at_least_once);
    CHECK(a.listener.messages[1].payload.empty());
    CHECK(a.listener.messages[1].qos == Qos::at_most_once);
    CHECK(a.listener.messages[2].qos == Qos::at_most_once);
    CHECK(a.client.counters().messages == 3);
    CHECK(b.client.counters().published == 3);
}

TEST_CASE("a publish that nobody is subscribed to (PUBACK 0x10) is ok") {
    Mosquitto broker;
    runtime::Loop loop;
    Peer a(loop, options_for(broker.port(), "a"));
    a.connect();
    const auto result = a.publish({"nobody/here", bytes("x")});
    CHECK(result.ok);
    CHECK(!is_failure(result.reason_code));
    CHECK(broker.wait_for("rc16"));
}

TEST_CASE("retained messages come with the mark") {
    Mosquitto broker;
    runtime::Loop loop;
    Peer a(loop, options_for(broker.port(), "a"));
    a.connect();
    CHECK(a.publish({"keep/1", bytes("on"), Qos::at_least_once, true}).ok);
    CHECK(a.subscribe({{"keep/#", Qos::at_least_once}}).ok);
    REQUIRE(a.got(1));
    CHECK(a.listener.messages[0].retain);
}

TEST_CASE("what the broker forbids is told with its reason code") {
    Mosquitto broker("listener {port} 127.0.0.1\nallow_anonymous true\nacl_file {dir}/acl\n",
                     {{"acl", "topic readwrite free/#\n"}});
    runtime::Loop loop;
    Peer a(loop, options_for(broker.port(), "a"));
    a.connect();
    const auto refused = a.publish({"locked/x", bytes("x")});
    CHECK(!refused.ok);
    CHECK(refused.reason_code == reason::not_authorized);
    CHECK(a.client.connected());
    CHECK(a.subscribe({{"free/x", Qos::at_least_once}}).ok);
    CHECK(a.publish({"free/x", bytes("x")}).reason_code == reason::success);
}

TEST_CASE("a refused connection tells the broker's reason code and is tried again") {
    Mosquitto broker("listener {port} 127.0.0.1\nallow_anonymous false\n");
    runtime::Loop loop;
    auto options = options_for(broker.port(), "a");
    options.user = "nobody";
    options.password = runtime::Secret("wrong");
    Peer a(loop, options);
    a.client.start();
    REQUIRE(loop.run_until([&] { return a.listener.failures.size() >= 2; }, limit));
    CHECK(a.listener.failures[0].reason_code == reason::not_authorized);
    CHECK(a.listener.connects == 0);
    CHECK(a.client.counters().failed_attempts >= 2);
    CHECK(a.listener.disconnects.empty());
}

TEST_CASE("while disconnected everything is refused and nothing is queued") {
    Mosquitto broker;
    runtime::Loop loop;
    Peer a(loop, options_for(broker.port(), "a"));
    const auto early = a.client.publish({"t", bytes("x")}, [](PublishResult) { FAIL("called"); });
    REQUIRE(!early);
    CHECK(early.error().kind == core::ErrorKind::unavailable);
    CHECK(!a.client.subscribe({{"t", Qos::at_least_once}}, {}));
    a.connect();
    broker.kill();
    REQUIRE(loop.run_until([&] { return !a.client.connected(); }, limit));
    CHECK(a.listener.disconnects.size() == 1);
    CHECK(!a.client.publish({"t", bytes("x")}, {}));
}

TEST_CASE("a broker that is killed and comes back is found again, and the listener subscribes anew") {
    Mosquitto broker;
    runtime::Loop loop;
    Peer a(loop, options_for(broker.port(), "a"));
    int subscribed = 0;
    a.listener.on_connected = [&] {
        REQUIRE(a.client.subscribe({{"t", Qos::at_least_once}}, [&](const SubscribeResult& r) { subscribed += r.ok; }));
    };
    a.connect();
    for (int round = 1; round <= 3; ++round) {
        REQUIRE(loop.run_until([&] { return subscribed == round; }, limit));
        REQUIRE(a.publish({"t", bytes("x")}).ok);
        REQUIRE(a.got(static_cast<std::size_t>(round)));
        broker.restart();
        REQUIRE(loop.run_until([&] { return a.listener.connects == round + 1; }, limit));
    }
    CHECK(a.listener.disconnects.size() == 3);
}

TEST_CASE("a publish that is under way when the broker dies ends as not ok, before the listener hears of it") {
    Mosquitto broker;
    runtime::Loop loop;
    Peer a(loop, options_for(broker.port(), "a"));
    a.connect();
    broker.signal(SIGSTOP);
    std::vector<PublishResult> results;
    for (int i = 0; i < 20; ++i) {
        REQUIRE(a.client.publish({"t", core::Bytes(1000)}, [&](PublishResult r) {
            CHECK(a.listener.disconnects.empty());
            results.push_back(r);
        }));
    }
    CHECK(!loop.run_until([&] { return !results.empty(); }, 300ms));  // nothing can be acknowledged
    broker.kill();
    REQUIRE(loop.run_until([&] { return !a.listener.disconnects.empty(); }, limit));
    REQUIRE(results.size() == 20);
    for (const auto& result : results) CHECK(!result.ok);
    CHECK(a.client.counters().failed_publishes == 20);
}

TEST_CASE("messages that are under way when a session ends are given back to the heap") {
    Mosquitto broker;
    runtime::Loop loop;
    Peer a(loop, options_for(broker.port(), "a"));
    a.connect();
    const auto cycle = [&] {
        broker.signal(SIGSTOP);
        for (int i = 0; i < 200; ++i) REQUIRE(a.client.publish({"t", core::Bytes(1000)}, {}));
        CHECK(!loop.run_until([&] { return !a.client.connected(); }, 50ms));
        broker.restart();
        REQUIRE(loop.run_until([&] { return !a.client.connected(); }, limit));
        REQUIRE(loop.run_until([&] { return a.client.connected(); }, limit));
    };
    cycle();
    const auto before = ::mallinfo2().uordblks;
    for (int i = 0; i < 10; ++i) cycle();
    CHECK(::mallinfo2().uordblks < before + 500'000);  // of 2 MB that were under way
}

TEST_CASE("the number and the bytes of messages under way are bounded") {
    Mosquitto broker;
    runtime::Loop loop;
    auto options = options_for(broker.port(), "a");
    options.max_pending = 10;
    options.max_pending_bytes = 5000;
    Peer a(loop, options);
    a.connect();
    int done = 0;
    for (int i = 0; i < 10; ++i) REQUIRE(a.client.publish({"t", core::Bytes(10)}, [&](PublishResult) { ++done; }));
    const auto refused = a.client.publish({"t", core::Bytes(10)}, {});
    REQUIRE(!refused);
    CHECK(refused.error().kind == core::ErrorKind::limit);
    REQUIRE(loop.run_until([&] { return done == 10; }, limit));
    CHECK(a.client.publish({"t", core::Bytes(4000)}, {}));
    CHECK(!a.client.publish({"t", core::Bytes(4000)}, {}));
}

TEST_CASE("a message above our limit or the broker's is refused at once and the session lives on") {
    Mosquitto broker("listener {port} 127.0.0.1\nallow_anonymous true\nmax_packet_size 20000\n");
    runtime::Loop loop;
    auto options = options_for(broker.port(), "a");
    Peer a(loop, options);
    a.connect();
    for (const std::size_t size : {20000u, 200000u}) {
        const auto refused = a.client.publish({"t", core::Bytes(size)}, {});
        REQUIRE(!refused);
        CHECK(refused.error().kind == core::ErrorKind::limit);
    }
    CHECK(a.publish({"t", core::Bytes(19900)}).ok);
    CHECK(a.listener.disconnects.empty());
}

TEST_CASE("bad topics are refused") {
    Mosquitto broker;
    runtime::Loop loop;
    Peer a(loop, options_for(broker.port(), "a"));
    a.connect();
    for (const auto& topic : {std::string(), std::string("a/+/b"), std::string("#"), std::string("a\0b", 3)}) {
        const auto refused = a.client.publish({topic, {}}, {});
        REQUIRE(!refused);
        CHECK(refused.error().kind == core::ErrorKind::invalid);
    }
    CHECK(!a.client.subscribe({}, {}));
}

TEST_CASE("messages beyond the bounded queue are dropped and counted, the rest is delivered") {
    Mosquitto broker;
    runtime::Loop loop;
    auto options = options_for(broker.port(), "a");
    options.max_waiting = 10;
    Peer a(loop, options);
    a.connect();
    REQUIRE(a.subscribe({{"t", Qos::at_most_once}}).ok);
    // The loop does not turn while another program publishes: what arrives meanwhile must wait in the queue.
    Process pub({"mosquitto_pub", "-V", "5", "-h", "127.0.0.1", "-p", std::to_string(broker.port()), "-t", "t", "-m",
                 "x", "--repeat", "50", "-q", "1"});
    REQUIRE(pub.wait() == 0);
    const auto total = [&] { return a.client.counters().dropped_messages + a.client.counters().messages; };
    REQUIRE(loop.run_until([&] { return total() >= 50; }, limit));
    CHECK(total() == 50);
    CHECK(a.client.counters().messages >= 10);
    CHECK(a.listener.messages.size() == a.client.counters().messages);
}
