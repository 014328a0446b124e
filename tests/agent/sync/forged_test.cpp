// A broken-in broker can say what it likes: only central's own words move anything.
#include <doctest/doctest.h>

#include <algorithm>

#include "shared/core/random.hpp"
#include "shared/crypto/certificates.hpp"
#include "tests/agent/sync/handheld_rig.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;

namespace {

// A device with one unacked fact whose central is silent; forged acks claim that it is durable.
struct Silent {
    Silent() {
        rig.connect();
        rig.run(1s);
        rig.central_runs = false;
        REQUIRE(rig.scan());
        rig.run(1s);
        ack.epoch = rig.stores().outbox().epoch();
        ack.epoch_state = wire::EpochState::open;
        ack.upto = 1;
        const auto record = rig.stores().outbox().pending(1000, 1).records.at(0);
        ack.hash = wire::hash_of_body(wire::decode_fact_record(record)->body);
        ack.time = rig.clock.now();
    }
    void forge(const core::DeviceId& device, const core::ServerGen& gen, const crypto::SigningKey& key) {
        rig.down(wire::seal_down(wire::DownType::ack, device, gen, wire::encode(ack), key));
    }
    std::uint64_t ignored(const char* why) {
        const auto& all = rig.session().voice().ignored();
        return all.contains(why) ? all.find(why)->second : 0;
    }

    HandheldRig rig;
    wire::Ack ack;
};

}  // namespace

TEST_CASE("an ack signed by another key prunes nothing") {
    Silent silent;
    silent.forge(silent.rig.device, silent.rig.central.server_gen, crypto::SigningKey::generate());
    CHECK(silent.ignored("bad_signature") == 1);
    CHECK(silent.rig.stores().outbox().unacked() == 1);
}

TEST_CASE("an ack for another device prunes nothing") {
    Silent silent;
    silent.forge(core::DeviceId::random(), silent.rig.central.server_gen, silent.rig.central.key);
    CHECK(silent.ignored("other_device") == 1);
    CHECK(silent.rig.stores().outbox().unacked() == 1);
}

TEST_CASE("an ack from an older life of central's database prunes nothing") {
    Silent silent;
    silent.forge(silent.rig.device, core::random_id<core::ServerGen>(), silent.rig.central.key);
    CHECK(silent.ignored("other_server_gen") == 1);
    CHECK(silent.rig.stores().outbox().unacked() == 1);
}

TEST_CASE("bytes that are no message, and a good message with one bit changed, are counted and ignored") {
    Silent silent;
    silent.rig.down({0x81, 0x81, 0x81});
    CHECK(silent.ignored("unreadable") == 1);
    auto message = silent.rig.central.seal(wire::DownType::ack, wire::encode(silent.ack));
    message[message.size() / 2] ^= 1;
    silent.rig.down(message);
    CHECK(silent.rig.stores().outbox().unacked() == 1);
}

TEST_CASE("the genuine ack is believed: the forged ones were refused for what they are") {
    Silent silent;
    silent.forge(silent.rig.device, silent.rig.central.server_gen, silent.rig.central.key);
    CHECK(silent.rig.stores().outbox().unacked() == 0);
}

TEST_CASE("an ack with another hash of the fact prunes nothing and begins a new epoch") {
    Silent silent;
    silent.ack.hash = core::Hash{{1, 2, 3}};
    const auto old = silent.rig.stores().outbox().epoch();
    silent.forge(silent.rig.device, silent.rig.central.server_gen, silent.rig.central.key);
    CHECK(silent.rig.stores().outbox().unacked() == 1);
    CHECK(silent.rig.stores().outbox().epoch() != old);
}

TEST_CASE("a welcome under a certificate of a foreign CA is not believed, and no ack before the real one") {
    HandheldRig rig;
    REQUIRE(rig.scan());
    rig.central_runs = false;
    rig.connect();
    rig.run(1s);
    // An attacker with a whole central of his own: right shape, right nonce, wrong CA.
    ScriptedCentral attacker(rig.device, rig.key.public_key());
    const auto hello = std::find_if(rig.sent.begin(), rig.sent.end(),
                                    [](const auto& sent) { return sent.kind == wire::TopicKind::hello; });
    REQUIRE(hello != rig.sent.end());
    for (const auto& message : attacker.receive(wire::TopicKind::hello, hello->payload, rig.clock.now())) {
        rig.down(message);
    }
    CHECK(rig.session().voice().ignored().at("foreign_certificate") == 1);
    CHECK(rig.session().phase() == agent::sync::Session::Phase::greeting);
    wire::Ack ack;
    ack.epoch = rig.stores().outbox().epoch();
    ack.epoch_state = wire::EpochState::open;
    ack.hash = core::Hash{};
    ack.time = rig.clock.now();
    rig.down(rig.central.seal(wire::DownType::ack, wire::encode(ack)));
    CHECK(rig.session().voice().ignored().at("before_welcome") == 1);
}

TEST_CASE("a welcome with the nonce of another connection is ignored") {
    HandheldRig rig;
    rig.central_runs = false;
    rig.connect();
    rig.run(1s);
    auto hello = *wire::decode_hello(rig.sent.back().kind == wire::TopicKind::hello ? rig.sent.back().payload
                                                                                    : rig.sent.front().payload);
    hello.nonce = core::random_id<core::Nonce>();
    for (const auto& message : rig.central.receive(wire::TopicKind::hello, wire::encode(hello), rig.clock.now())) {
        rig.down(message);
    }
    CHECK(rig.session().voice().ignored().at("other_nonce") == 1);
    CHECK(rig.session().phase() == agent::sync::Session::Phase::greeting);
}
