// The whole way with a real mosquitto: a handheld written by hand says hello over TLS, verifies central's welcome
// against the CA, sends facts and gets their ack, signed, after they are durable.
#include "central/broker/mosquitto_config.hpp"
#include "central/ingest/inlet.hpp"
#include "central/ingest/outlet.hpp"
#include "shared/crypto/certificates.hpp"
#include "shared/wire/peer_news.hpp"
#include "tests/central/broker/broker_fixture.hpp"
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;
using central::ingest::Inlet;
using central::ingest::Outlet;

namespace {

// Remembers what came down, unread.
struct Ear final : mqtt::ClientListener {
    std::unique_ptr<mqtt::PahoClient> client;
    std::vector<core::Bytes> heard;
    void connected() override {}
    void disconnected(const mqtt::Disconnection&) override {}
    void connect_failed(const mqtt::Disconnection&) override {}
    void message(const mqtt::Message& message) override { heard.push_back(message.payload); }
};

std::unique_ptr<Ear> connect(BrokerFixture& broker, const Enrolled& enrolled) {
    auto ear = std::make_unique<Ear>();
    mqtt::ClientOptions options;
    options.host = "127.0.0.1";
    options.port = broker.broker->device_port();
    options.client_id = enrolled.id.text();
    options.tls = enrolled.files;
    options.timings.backoff.base = std::chrono::milliseconds{200};
    ear->client = std::make_unique<mqtt::PahoClient>(broker.loop, std::move(options), *ear);
    ear->client->start();
    return ear;
}

void say(Ear& ear, const HandDevice& device, wire::TopicKind kind, core::Bytes payload) {
    REQUIRE(ear.client->publish({wire::topic_name(device.id, kind), std::move(payload)}, [](auto) {}).ok());
}

struct Central {
    Central(BrokerFixture& broker, sql::Database& db, const core::ServerGen& server_gen,
            const std::string& instance = "test")
        : outlet(broker.loop, broker.access_of(central::broker::push_account, broker.access().push_password), instance,
                 metrics) {
        central::ingest::IngestOptions options;
        options.server_gen = server_gen;
        options.certificate = *crypto::der_from_pem(broker.authority->sign_certificate().pem);
        ingest = *central::ingest::Ingest::start(
            {db, broker.clock, metrics, hub, gate, views, changes, broker.authority->sign_key(), outlet.publish()},
            options);
        inlet.emplace(broker.loop, broker.access_of(central::broker::ingest_account, broker.access().ingest_password),
                      instance, *ingest, broker.clock);
        outlet.start();
        inlet->start();
    }

    runtime::Metrics metrics;
    central::app::tracking::LiveHub hub;
    central::app::devices::DeviceChanges views;
    central::app::devices::DeviceChanges changes;
    KickList gate;
    Outlet outlet;
    std::unique_ptr<central::ingest::Ingest> ingest;
    std::optional<Inlet> inlet;
};

}  // namespace

TEST_CASE("hello, welcome, facts, ack: over a real broker, believed only with central's signature") {
    BrokerFixture broker;
    On<Sqlite> world;
    const auto enrolled = broker.enrol();
    HandDevice device;
    device.id = enrolled.id;
    world.enrol(device);
    Central central(broker, *world.db, world.server_gen);
    const auto ear = connect(broker, enrolled);
    REQUIRE(broker.until(
        [&] { return central.inlet->listening() && central.outlet.connected() && ear->client->connected(); }));
    std::vector<mqtt::Subscription> filters;
    for (const auto& filter : wire::device_filters(device.id)) filters.push_back({filter, mqtt::Qos::at_least_once});
    bool subscribed = false;
    REQUIRE(ear->client->subscribe(filters, [&](const auto& result) { subscribed = result.ok; }).ok());
    REQUIRE(broker.until([&] { return subscribed; }));

    say(*ear, device, wire::TopicKind::hello, wire::encode(device.hello()));
    REQUIRE(broker.until([&] { return !ear->heard.empty(); }));
    const auto down = wire::decode_down(ear->heard.back()).value();
    REQUIRE(down.type == wire::DownType::welcome);
    const auto welcome = wire::decode_welcome(down.body).value();
    const auto signer = crypto::verify_chain(*crypto::pem_from_der(welcome.certificate), broker.authority->ca_pem(),
                                             crypto::Purpose::signing, broker.clock.now());
    REQUIRE(signer.ok());
    const wire::DownExpectation expected{device.id, world.server_gen, device.nonce, *signer->signing_key};
    CHECK_FALSE(wire::check_down(down, expected));
    CHECK(welcome.epoch_state == wire::EpochState::open);

    say(*ear, device, wire::TopicKind::fact, device.batch(device.scans(3), 1));
    REQUIRE(broker.until([&] { return ear->heard.size() == 2; }));
    const auto answer = wire::decode_down(ear->heard.back()).value();
    CHECK_FALSE(wire::check_down(answer, expected));
    const auto ack = wire::decode_ack(answer.body).value();
    CHECK(ack.upto == 3);
    CHECK(ack.hash == device.last);
    CHECK(world.number("SELECT COUNT(*) FROM act") == 3);

    central.ingest->stop();
    int stopped = 0;
    central.inlet->stop([&] { ++stopped; });
    central.outlet.stop([&] { ++stopped; });
    ear->client->stop([&] { ++stopped; });
    CHECK(broker.until([&] { return stopped == 3; }));
}

TEST_CASE("two instances on one broker: what one takes the other shows; a handheld neither hears nor says any of it") {
    BrokerFixture broker;
    On<Sqlite> world;
    const auto enrolled = broker.enrol();
    HandDevice device;
    device.id = enrolled.id;
    world.enrol(device);
    Central one(broker, *world.db, world.server_gen, "one");
    Central two(broker, *world.db, world.server_gen, "two");
    const auto ear = connect(broker, enrolled);
    REQUIRE(broker.until([&] {
        return one.inlet->listening() && two.inlet->listening() && one.outlet.connected() && two.outlet.connected() &&
               ear->client->connected();
    }));
    bool subscribed = false;
    const std::vector<mqtt::Subscription> all{{"p7/1/_central/#", mqtt::Qos::at_least_once}};
    REQUIRE(ear->client->subscribe(all, [&](const auto&) { subscribed = true; }).ok());
    REQUIRE(broker.until([&] { return subscribed; }));

    // A handheld that speaks as an instance would.
    wire::PeerMessage forged;
    forged.news.push_back({device.id, wire::PeerBattery{13}});
    bool said = false, taken = true;
    REQUIRE(ear->client
                ->publish({"p7/1/_central/news", wire::encode(forged)},
                          [&](auto result) {
                              said = true;
                              taken = result.ok;
                          })
                .ok());
    REQUIRE(broker.until([&] { return said; }));
    CHECK_FALSE(taken);

    say(*ear, device, wire::TopicKind::hello, wire::encode(device.hello()));
    const auto record = device.fact(model::DeviceBattery{42, false});
    REQUIRE(broker.until([&] { return world.number("SELECT COUNT(*) FROM epoch") == 1; }));
    say(*ear, device, wire::TopicKind::fact, device.batch({record}, 1));
    const auto shows = [&](Central& central) {
        const auto shown = central.hub.find(device.id);
        CHECK_FALSE((shown && shown->battery_percent == 13));
        return shown && shown->battery_percent == 42;
    };
    CHECK(broker.until([&] { return shows(one) && shows(two); }));
    CHECK(ear->heard.empty());  // it has not subscribed to what is its own

    one.ingest->stop();
    two.ingest->stop();
    int stopped = 0;
    for (auto* central : {&one, &two}) {
        central->inlet->stop([&] { ++stopped; });
        central->outlet.stop([&] { ++stopped; });
    }
    ear->client->stop([&] { ++stopped; });
    CHECK(broker.until([&] { return stopped == 5; }));
}
