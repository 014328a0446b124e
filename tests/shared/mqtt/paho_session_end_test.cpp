// How sessions end: Will, takeover, own wish, destruction at any moment.
#include <arpa/inet.h>
#include <dirent.h>
#include <doctest/doctest.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "shared/mqtt/paho_client.hpp"
#include "tests/shared/mqtt/recording_listener.hpp"
#include "tests/support/mosquitto.hpp"

using namespace plus7;
using namespace plus7::mqtt;
using namespace plus7::test;
using namespace std::chrono_literals;

namespace {

constexpr auto limit = 30s;

std::size_t entries_of(const char* folder) {
    std::size_t count = 0;
    DIR* dir = ::opendir(folder);
    while (::readdir(dir) != nullptr) ++count;
    ::closedir(dir);
    return count;
}

// A TCP port that takes connections and is silent.
struct Listening {
    int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::uint16_t port = 0;
    Listening() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(::bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(::listen(fd, 16) == 0);
        REQUIRE(::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0);
        port = ntohs(address.sin_port);
    }
    ~Listening() { ::close(fd); }
};

struct Subscriber {
    Subscriber(runtime::Loop& loop, std::uint16_t port, const std::string& filter)
        : client(loop, options_for(port, "subscriber"), listener) {
        bool ready = false;
        listener.on_connected = [&, filter] {
            REQUIRE(client.subscribe({{filter, Qos::at_least_once}}, [&](const SubscribeResult& r) { ready = r.ok; }));
        };
        client.start();
        REQUIRE(loop.run_until([&] { return ready; }, limit));
        listener.on_connected = {};
    }
    RecordingListener listener;
    PahoClient client;
};

// A client in a process of its own, with a Will, until it is killed.
[[noreturn]] void run_client_with_will(std::uint16_t port) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    runtime::Loop loop;
    RecordingListener listener;
    auto options = options_for(port, "victim");
    int attempt = 0;
    options.will = [&]() -> std::optional<Publication> {
        return Publication{"state/victim", core::Bytes{static_cast<std::uint8_t>(++attempt)}, Qos::at_least_once, true};
    };
    PahoClient client(loop, options, listener);
    listener.on_connected = [&] {
        [[maybe_unused]] const auto sent = client.publish({"state/up", core::Bytes{0}, Qos::at_least_once, false}, {});
    };
    client.start();
    loop.run();
    ::_exit(0);
}

}  // namespace

TEST_CASE("the Will of a killed client is delivered") {
    Mosquitto broker;
    const pid_t victim = ::fork();  // before this process has threads
    if (victim == 0) run_client_with_will(broker.port());
    runtime::Loop loop;
    Subscriber subscriber(loop, broker.port(), "state/#");
    // It may have been up before we listened: then its own words are missed, so ask the broker's log instead.
    REQUIRE(broker.wait_for("as victim"));
    ::kill(victim, SIGKILL);
    REQUIRE(::waitpid(victim, nullptr, 0) == victim);
    const auto will = [&] {
        for (const auto& message : subscriber.listener.messages) {
            if (message.topic == "state/victim") return message.payload == core::Bytes{1};
        }
        return false;
    };
    CHECK(loop.run_until(will, limit));
}

TEST_CASE("a goodbye sends no Will") {
    Mosquitto broker;
    runtime::Loop loop;
    Subscriber subscriber(loop, broker.port(), "#");
    auto options = options_for(broker.port(), "leaver");
    options.will = [] { return Publication{"will", {}, Qos::at_least_once, false}; };
    RecordingListener listener;
    PahoClient leaver(loop, options, listener);
    leaver.start();
    REQUIRE(loop.run_until([&] { return leaver.connected(); }, limit));
    bool stopped = false;
    leaver.stop([&] { stopped = true; });
    CHECK(!leaver.connected());
    REQUIRE(loop.run_until([&] { return stopped; }, limit));
    CHECK(listener.disconnects.size() == 1);
    REQUIRE(broker.wait_for("Received DISCONNECT from leaver"));
    REQUIRE(subscriber.client.publish({"marker", {}}, {}));
    REQUIRE(loop.run_until([&] { return !subscriber.listener.messages.empty(); }, limit));
    CHECK(subscriber.listener.messages[0].topic == "marker");
    // And it can start again.
    leaver.start();
    CHECK(loop.run_until([&] { return leaver.connected(); }, limit));
}

// mosquitto 2.0.11 closes the older connection of a client id without a word; other brokers say 0x8e. That word comes
// from a scripted peer here: CONNACK, then DISCONNECT (OASIS MQTT 5.0, 3.2 and 3.14).
TEST_CASE("a session that was taken over is told with 0x8e, counted, and the next attempt waits longer") {
    const Listening peer;
    runtime::Loop loop;
    RecordingListener listener;
    auto options = options_for(peer.port, "same");
    options.timings.taken_over_wait = 1h;
    PahoClient client(loop, options, listener);
    client.start();
    int connection = -1;
    const auto watch = loop.watch_read(peer.fd, [&] { connection = ::accept(peer.fd, nullptr, nullptr); });
    REQUIRE(loop.run_until([&] { return connection >= 0; }, limit));
    std::array<char, 512> connect{};
    REQUIRE(::recv(connection, connect.data(), connect.size(), 0) > 0);
    const std::string connack("\x20\x03\x00\x00\x00", 5);
    REQUIRE(::send(connection, connack.data(), connack.size(), 0) == 5);
    REQUIRE(loop.run_until([&] { return client.connected(); }, limit));
    const std::string disconnect("\xe0\x02\x8e\x00", 4);
    REQUIRE(::send(connection, disconnect.data(), disconnect.size(), 0) == 4);
    ::close(connection);
    REQUIRE(loop.run_until([&] { return !listener.disconnects.empty(); }, limit));
    CHECK(listener.disconnects[0].reason_code == reason::session_taken_over);
    CHECK(client.counters().taken_over == 1);
    CHECK(!loop.run_until([&] { return !listener.failures.empty(); }, 500ms));
}

TEST_CASE("two clients of one id push each other out, and each push is told") {
    Mosquitto broker;
    runtime::Loop loop;
    RecordingListener first, second;
    PahoClient a(loop, options_for(broker.port(), "same"), first);
    PahoClient b(loop, options_for(broker.port(), "same"), second);
    a.start();
    REQUIRE(loop.run_until([&] { return a.connected(); }, limit));
    b.start();
    CHECK(loop.run_until([&] { return !first.disconnects.empty() && !second.disconnects.empty(); }, limit));
}

TEST_CASE("force_reconnect ends the session, fails what was under way and comes back") {
    Mosquitto broker;
    runtime::Loop loop;
    RecordingListener listener;
    PahoClient client(loop, options_for(broker.port(), "a"), listener);
    client.start();
    REQUIRE(loop.run_until([&] { return client.connected(); }, limit));
    client.force_reconnect("no answer for too long");
    REQUIRE(loop.run_until([&] { return listener.connects == 2; }, limit));
    REQUIRE(listener.disconnects.size() == 1);
    CHECK(listener.disconnects[0].text == "no answer for too long");
}

TEST_CASE("a name that does not resolve and a port that refuses are failures that are tried again") {
    runtime::Loop loop;
    RecordingListener listener;
    auto options = options_for(free_port(), "a");
    PahoClient refused(loop, options, listener);
    refused.start();
    REQUIRE(loop.run_until([&] { return listener.failures.size() >= 2; }, limit));
    CHECK(listener.failures[0].reason_code == reason::success);
    CHECK(!listener.failures[0].text.empty());

    RecordingListener unresolved;
    options.host = "no-such-host.invalid";
    PahoClient nameless(loop, options, unresolved);
    nameless.start();
    REQUIRE(loop.run_until([&] { return !unresolved.failures.empty(); }, 60s));
    CHECK(unresolved.failures[0].text.find("no-such-host.invalid") != std::string::npos);
}

TEST_CASE("a peer that accepts and says nothing is given up after the timeout, and destruction does not hang on it") {
    const Listening silent;
    runtime::Loop loop;
    RecordingListener listener;
    auto options = options_for(silent.port, "a");
    options.timings.connect_timeout = 1s;
    {
        PahoClient client(loop, options, listener);
        client.start();
        CHECK(loop.run_until([&] { return !listener.failures.empty(); }, limit));
    }
    const auto begin = std::chrono::steady_clock::now();
    {
        PahoClient client(loop, options, listener);
        client.start();
        CHECK(!loop.run_until([] { return false; }, 100ms));  // it is in the middle of connecting now
    }
    CHECK(std::chrono::steady_clock::now() - begin < 8s);
}

TEST_CASE("fifty cycles of connecting and being destroyed leave no threads and no descriptors behind") {
    Mosquitto broker;
    runtime::Loop loop;
    RecordingListener listener;
    const auto cycle = [&](int i) {
        PahoClient client(loop, options_for(broker.port(), "cycle"), listener);
        client.start();
        if (i % 5 == 0) return;  // destroyed before, or while, connecting
        const int before = listener.connects;
        REQUIRE(loop.run_until([&] { return listener.connects > before; }, limit));
        REQUIRE(client.publish({"t", core::Bytes(100)}, {}));
    };
    cycle(1);
    const auto threads = entries_of("/proc/self/task");
    const auto descriptors = entries_of("/proc/self/fd");
    for (int i = 0; i < 50; ++i) cycle(i);
    CHECK(entries_of("/proc/self/task") <= threads);
    CHECK(entries_of("/proc/self/fd") <= descriptors);
}

TEST_CASE("fifty kills of the broker under traffic are survived") {
    Mosquitto broker;
    runtime::Loop loop;
    RecordingListener listener;
    auto options = options_for(broker.port(), "a");
    options.timings.backoff.cap = 20ms;
    PahoClient client(loop, options, listener);
    int finished = 0, started = 0;
    listener.on_connected = [&] {
        for (int i = 0; i < 5; ++i) {
            if (client.publish({"t", core::Bytes(500)}, [&](PublishResult) { ++finished; })) ++started;
        }
    };
    client.start();
    for (int i = 1; i <= 50; ++i) {
        REQUIRE(loop.run_until([&] { return listener.connects >= i; }, limit));
        broker.restart();
    }
    REQUIRE(loop.run_until([&] { return client.connected() && finished == started; }, limit));
    CHECK(started >= 250);
}
