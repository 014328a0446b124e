// The glue to a real broker: Paho on a loop thread, the session on a storage thread, a scripted central behind a second
// client.
#include "agent/sync/sync_client.hpp"

#include <doctest/doctest.h>

#include <future>

#include "shared/core/random.hpp"
#include "tests/agent/sync/handheld_rig.hpp"
#include "tests/support/mosquitto.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;

namespace {

constexpr auto limit = 30s;

mqtt::ConnectorTimings quick() {
    mqtt::ConnectorTimings timings;
    timings.backoff.base = 50ms;
    timings.backoff.cap = 200ms;
    return timings;
}

// Central's side of the broker, on the test's loop thread.
class CentralPeer final : mqtt::ClientListener {
  public:
    CentralPeer(runtime::Loop& loop, std::uint16_t port, ScriptedCentral& central)
        : central_(central), client_(loop, options(port), *this) {
        client_.start();
    }
    bool ready() const { return ready_; }
    std::vector<wire::DeviceState> states;

  private:
    static mqtt::ClientOptions options(std::uint16_t port) {
        mqtt::ClientOptions options;
        options.host = "127.0.0.1";
        options.port = port;
        options.client_id = "central-in-test";
        options.timings = quick();
        return options;
    }
    void connected() override {
        const auto asked = client_.subscribe({{"p7/1/+/up/#"}, {"p7/1/+/state"}},
                                             [this](const mqtt::SubscribeResult& result) { ready_ = result.ok; });
        CHECK(asked.ok());
    }
    void disconnected(const mqtt::Disconnection&) override { ready_ = false; }
    void connect_failed(const mqtt::Disconnection&) override {}
    void message(const mqtt::Message& message) override {
        const auto topic = wire::parse_topic(message.topic);
        REQUIRE(topic);
        if (topic->kind == wire::TopicKind::state) states.push_back(wire::decode_state(message.payload).value());
        for (auto& answer : central_.receive(topic->kind, message.payload, core::SystemClock().now())) {
            const auto type = wire::decode_down(answer)->type;
            const auto kind = type == wire::DownType::welcome ? wire::TopicKind::welcome : wire::TopicKind::ack;
            mqtt::Publication publication{wire::topic_name(topic->device, kind), std::move(answer)};
            const auto sent = client_.publish(std::move(publication), [](const mqtt::PublishResult&) {});
            CHECK(sent.ok());
        }
    }

    ScriptedCentral& central_;
    mqtt::PahoClient client_;
    bool ready_ = false;
};

struct Line {
    Line()
        : device(core::DeviceId::random()),
          key(crypto::SigningKey::generate()),
          scripted(device, key.public_key()),
          stores(agent::store::Stores::open({dir.path(), 0, {}}, device, key).value()),
          central(loop, broker.port(), scripted),
          client(std::make_unique<agent::sync::SyncClient>(loop, storage, *stores, clock, options())) {
        REQUIRE(loop.run_until([this] { return central.ready(); }, limit));
    }
    ~Line() {
        storage.stop();
        client.reset();
    }

    agent::sync::SyncClientOptions options() {
        agent::sync::SyncClientOptions options{
            .identity = {device, "https://central.example", {}, "127.0.0.1", broker.port()},
            .data_dir = dir.path(),
            .tls = false,
            .connector = quick(),
            .tick = 50ms,
            .goodbye = 2s,
            .session = {.device = device, .ca_pem = scripted.ca_pem(), .boot = core::random_id<core::BootId>()}};
        options.session.timings.resend_least = 500ms;
        options.session.timings.hello_least = 500ms;
        return options;
    }

    // Runs on the storage thread, where stores and session are used, and waits for it.
    void on_storage(const std::function<void()>& work) {
        std::promise<void> done;
        REQUIRE(storage.submit([&] {
            work();
            done.set_value();
        }));
        REQUIRE(done.get_future().wait_for(limit) == std::future_status::ready);
    }
    void scan(const std::string& code) {
        on_storage([&] {
            core::Stamp at;
            at.wall = std::chrono::floor<std::chrono::milliseconds>(clock.now());
            const model::Scan data{core::copy_of(core::view_of(code)), model::Symbology::qr};
            CHECK(stores->outbox().append(agent::store::make_act(data, at)).ok());
            client->session().wake();
        });
    }
    bool arrived(std::size_t facts) {
        return loop.run_until([&] { return scripted.ledger.effects.size() >= facts; }, limit);
    }
    std::uint64_t unacked() {
        std::uint64_t count = 0;
        on_storage([&] { count = stores->outbox().unacked(); });
        return count;
    }

    FastDir dir;
    Mosquitto broker;
    runtime::Loop loop;
    runtime::Workers storage{{.threads = 1, .max_queued = 1024}};
    core::SystemClock clock;
    core::DeviceId device;
    crypto::SigningKey key;
    ScriptedCentral scripted;
    std::unique_ptr<agent::store::Stores> stores;
    CentralPeer central;
    std::unique_ptr<agent::sync::SyncClient> client;
};

}  // namespace

TEST_CASE("a fact travels over a real broker and is acknowledged; stopping leaves a word that the device is offline") {
    Line line;
    line.scan("4600000000015");
    line.client->start();
    REQUIRE(line.arrived(1));
    line.scan("4600000000022");
    REQUIRE(line.arrived(2));
    REQUIRE(line.loop.run_until([&] { return line.unacked() == 0; }, limit));
    REQUIRE_FALSE(line.central.states.empty());
    CHECK(line.central.states.front().online);
    bool stopped = false;
    line.client->stop([&] { stopped = true; });
    REQUIRE(line.loop.run_until([&] { return stopped; }, limit));
    REQUIRE(line.loop.run_until([&] { return !line.central.states.back().online; }, limit));
    CHECK(line.central.states.back().nonce == line.central.states.front().nonce);
}

TEST_CASE("a broker that dies and comes back costs nothing but time, and each connection says hello anew") {
    Line line;
    line.client->start();
    line.scan("one");
    REQUIRE(line.arrived(1));
    line.broker.kill();
    REQUIRE(line.loop.run_until([&] { return !line.client->online(); }, limit));
    line.scan("two");
    line.broker.restart();
    REQUIRE(line.arrived(2));
    REQUIRE(line.loop.run_until([&] { return line.unacked() == 0; }, limit));
    REQUIRE(line.scripted.hellos.size() >= 2);
    CHECK(line.scripted.hellos.front().nonce != line.scripted.hellos.back().nonce);
    CHECK(line.scripted.ledger.effects.size() == 2);
}
