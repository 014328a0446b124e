// The managed broker with a real mosquitto: who gets in, what is delivered, what survives its end.
#include "central/broker/managed_broker.hpp"

#include <doctest/doctest.h>
#include <signal.h>

#include <set>

#include "central/broker/broker_files.hpp"
#include "central/broker/kicker.hpp"
#include "central/broker/mosquitto_config.hpp"
#include "central/broker/plain_file.hpp"
#include "shared/crypto/csr.hpp"
#include "shared/crypto/secret_file.hpp"
#include "shared/mqtt/paho_client.hpp"
#include "tests/central/broker/broker_fixture.hpp"

using namespace plus7;
using namespace plus7::test;

TEST_CASE("a handheld reaches central on its own topics and hears only what is meant for it") {
    BrokerFixture broker;
    auto ingest = broker.service(central::broker::ingest_account, broker.access().ingest_password);
    auto push = broker.service(central::broker::push_account, broker.access().push_password);
    const auto a = broker.enrol(), b = broker.enrol();
    auto device_a = broker.device(a), device_b = broker.device(b);
    REQUIRE(broker.all_connected({&*ingest, &*push, &*device_a, &*device_b}));
    REQUIRE(broker.subscribe(*ingest, "$share/central/p7/1/+/up/fact"));
    REQUIRE(broker.subscribe(*device_a, "#"));
    REQUIRE(broker.subscribe(*device_b, "p7/1/" + a.id.text() + "/down/+"));  // granted or not: delivery is what counts

    CHECK(broker.publish(*device_a, "p7/1/" + a.id.text() + "/up/fact", "mine").ok);
    CHECK_FALSE(broker.publish(*device_a, "p7/1/" + b.id.text() + "/up/fact", "forged").ok);
    CHECK_FALSE(broker.publish(*device_a, "p7/1/" + a.id.text() + "/down/ack", "forged").ok);
    CHECK(broker.publish(*push, "p7/1/" + a.id.text() + "/down/ack", "for a").ok);
    CHECK(broker.publish(*push, "p7/1/" + b.id.text() + "/down/ack", "for b").ok);
    CHECK(broker.publish(*device_a, "p7/1/" + a.id.text() + "/up/fact", "last").ok);

    REQUIRE(broker.until([&] { return ingest->texts.count("last") && device_a->texts.count("for a"); }));
    CHECK(ingest->texts == std::set<std::string>{"mine", "last"});
    CHECK(device_a->texts == std::set<std::string>{"for a"});
    CHECK(device_b->texts.empty());
}

TEST_CASE("news between instances: one service account writes, the other reads, handhelds do neither") {
    BrokerFixture broker;
    auto ingest = broker.service(central::broker::ingest_account, broker.access().ingest_password);
    auto push = broker.service(central::broker::push_account, broker.access().push_password);
    const auto enrolled = broker.enrol();
    auto device = broker.device(enrolled);
    REQUIRE(broker.all_connected({&*ingest, &*push, &*device}));
    // Granted or not: delivery is what counts.
    for (auto* who : {&*ingest, &*push, &*device}) REQUIRE(broker.subscribe(*who, "p7/1/_central/#"));
    REQUIRE(broker.subscribe(*device, "p7/1/" + enrolled.id.text() + "/down/+"));

    CHECK_FALSE(broker.publish(*device, "p7/1/_central/news", "forged").ok);
    CHECK_FALSE(broker.publish(*ingest, "p7/1/_central/news", "by the reader").ok);
    CHECK(broker.publish(*push, "p7/1/_central/news", "news").ok);
    CHECK(broker.publish(*push, "p7/1/" + enrolled.id.text() + "/down/ack", "last").ok);

    REQUIRE(broker.until([&] { return ingest->texts.count("news") && device->texts.count("last"); }));
    CHECK(ingest->texts == std::set<std::string>{"news"});
    CHECK(device->texts == std::set<std::string>{"last"});
    CHECK(push->texts.empty());
}

TEST_CASE("the two service accounts cannot do each other's work and a wrong password is refused") {
    BrokerFixture broker;
    auto ingest = broker.service(central::broker::ingest_account, broker.access().ingest_password);
    auto wrong = broker.service(central::broker::push_account, "guess");
    REQUIRE(broker.all_connected({&*ingest}));
    CHECK_FALSE(broker.publish(*ingest, "p7/1/0123456789abc/down/ack", "x").ok);
    REQUIRE(broker.until([&] { return wrong->failures > 0; }));
    CHECK_FALSE(wrong->client->connected());
}

TEST_CASE("a certificate of a foreign authority does not get in") {
    BrokerFixture broker, foreign;
    auto stranger = foreign.enrol();
    stranger.files.ca_file = broker.dir.file("ca/ca.crt");
    auto device = broker.device(stranger);
    REQUIRE(broker.until([&] { return device->failures > 0; }));
    CHECK_FALSE(device->client->connected());
}

TEST_CASE("revoking ends the live session, hears nothing more and cannot come back") {
    BrokerFixture broker;
    const auto lost = broker.enrol(), kept = broker.enrol();
    auto push = broker.service(central::broker::push_account, broker.access().push_password);
    auto device = broker.device(lost), other = broker.device(kept);
    REQUIRE(broker.all_connected({&*push, &*device, &*other}));
    REQUIRE(broker.subscribe(*device, "p7/1/" + lost.id.text() + "/down/+"));

    REQUIRE(broker.authority->revoke({lost.serial}).ok());
    REQUIRE(broker.broker->reload_crl().ok());
    central::broker::Kicker kicker(broker.loop,
                                   broker.access_of(central::broker::kick_account, broker.access().kick_password));
    kicker.kick(lost.id);
    REQUIRE(broker.until([&] { return device->ends > 0 && device->failures > 0; }));
    CHECK_FALSE(device->client->connected());
    broker.publish(*push, "p7/1/" + lost.id.text() + "/down/ack", "secret");
    auto fresh = broker.device(lost);
    REQUIRE(broker.until([&] { return fresh->failures > 0; }));
    CHECK(device->texts.empty());
    CHECK(fresh->texts.empty());
    CHECK(other->client->connected());
}

TEST_CASE("a broker that is killed comes back on the same ports by itself") {
    BrokerFixture broker;
    const auto enrolled = broker.enrol();
    auto device = broker.device(enrolled);
    REQUIRE(broker.all_connected({&*device}));
    const auto port = broker.broker->device_port();
    ::kill(broker.broker->pid(), SIGKILL);
    REQUIRE(broker.until([&] { return device->ends == 1 && device->client->connected(); }));
    CHECK(broker.broker->restarts() == 1);
    CHECK(broker.broker->device_port() == port);
}

TEST_CASE("a port that is taken is named together with what to do") {
    BrokerFixture first;
    test::TempDir dir;
    core::Error error;
    central::broker::ManagedBrokerOptions options;
    options.folder = dir.path() / "broker";
    options.port = first.broker->device_port();
    auto second = central::broker::ManagedBroker::start(
        first.loop, *first.authority, options, [] {}, [&](const core::Error& why) { error = why; });
    REQUIRE(second.ok());
    REQUIRE(first.until([&] { return !error.message.empty(); }));
    CHECK(error.message.find(std::to_string(options.port) + " is taken") != std::string::npos);
    CHECK(error.message.find("broker.port") != std::string::npos);
}

TEST_CASE("a broker left behind by a central that was killed is ended before a new one starts") {
    BrokerFixture fixture;
    const auto folder = fixture.dir.path() / "broker";
    const auto old = fixture.broker->pid();
    REQUIRE(old > 0);
    REQUIRE(central::broker::end_leftover(folder).ok());
    REQUIRE(fixture.until([&] { return fixture.broker->restarts() == 1; }));  // its own supervisor starts another
    CHECK(fixture.broker->pid() != old);
}

TEST_CASE("a process that only has the number of an old broker is left alone") {
    test::TempDir dir;
    REQUIRE(central::broker::write_plain_file(dir.path() / "pid", std::to_string(::getpid())).ok());
    CHECK(central::broker::end_leftover(dir.path()).ok());
    REQUIRE(central::broker::write_plain_file(dir.path() / "pid", "nonsense").ok());
    CHECK(central::broker::end_leftover(dir.path()).ok());
}
