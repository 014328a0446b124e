// Hello, welcome, ack and what each word of central means, over a lossless line.
#include <doctest/doctest.h>

#include "tests/agent/sync/handheld_rig.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;
using agent::sync::Session;

namespace {

bool settled(HandheldRig& rig) { return rig.stores().unacked() == 0; }

}  // namespace

TEST_CASE("a scan goes up signed and is acknowledged") {
    HandheldRig rig;
    const auto saved = rig.scan();
    REQUIRE(saved);
    CHECK(saved->seq == 1);
    CHECK(rig.stores().outbox().unacked() == 1);
    rig.connect();
    REQUIRE(rig.run_until([&] { return settled(rig); }, 5s));
    CHECK(rig.session().phase() == Session::Phase::running);
    REQUIRE(rig.central.ledger.effects.contains(saved->id));
    CHECK(rig.central.ledger.effects.at(saved->id).type == "scan");
    CHECK(rig.central.counters.bad_signatures == 0);
    CHECK(rig.stores().outbox().extent().acked == 1);
    CHECK(rig.stores().outbox().server_gen() == rig.central.server_gen);
}

TEST_CASE("facts saved while the session runs follow at once and in order") {
    HandheldRig rig;
    rig.connect();
    rig.run(1s);
    for (int i = 0; i < 300; ++i) REQUIRE(rig.scan("PKG-" + std::to_string(i)));
    REQUIRE(rig.run_until([&] { return settled(rig); }, 30s));
    const auto epoch = rig.stores().outbox().epoch();
    CHECK(rig.central.log(epoch).upto == 300);
    CHECK(rig.central.counters.named_gaps == 0);
    CHECK(rig.central.counters.repeated_facts == 0);
}

TEST_CASE("an ack that was lost is made up for by the next welcome") {
    HandheldRig rig;
    rig.connect();
    rig.run(1s);
    rig.odds.lose_down = 1;
    REQUIRE(rig.scan());
    rig.run(2s);
    CHECK(rig.stores().outbox().unacked() == 1);
    CHECK(rig.central.ledger.effects.size() == 1);
    rig.odds.lose_down = 0;
    rig.disconnect();
    rig.connect();
    REQUIRE(rig.run_until([&] { return settled(rig); }, 5s));
    CHECK(rig.central.counters.repeated_facts == 0);
}

TEST_CASE("a hello without an answer is said again, later and later") {
    HandheldRig rig;
    rig.central_runs = false;
    rig.connect();
    rig.run(20min);
    std::vector<HandheldRig::ms> hellos;
    for (const auto& sent : rig.sent) {
        if (sent.kind == wire::TopicKind::hello) hellos.push_back(sent.at);
    }
    REQUIRE(hellos.size() >= 4);
    CHECK(hellos.size() <= 25);
    CHECK(hellos[1] - hellos[0] >= 1s);
    CHECK(hellos[1] - hellos[0] < 15s);
    auto longest = hellos[1] - hellos[0];
    for (std::size_t i = 2; i < hellos.size(); ++i) longest = std::max(longest, hellos[i] - hellos[i - 1]);
    CHECK(longest >= 60s);
    rig.central_runs = true;
    REQUIRE(rig.run_until([&] { return rig.session().phase() == Session::Phase::running; }, 6min));
}

TEST_CASE("while central does not know the epoch nothing but hello is sent, and an operator's yes is enough") {
    HandheldRig rig;
    rig.central.knows_epochs = false;
    REQUIRE(rig.scan());
    rig.connect();
    rig.run(5min);
    CHECK(rig.session().phase() != Session::Phase::running);
    for (const auto& sent : rig.sent) {
        const bool quiet = sent.kind == wire::TopicKind::hello || sent.kind == wire::TopicKind::state;
        CHECK(quiet);
    }
    CHECK(rig.counters.restarts == 0);
    rig.central.knows_epochs = true;
    REQUIRE(rig.run_until([&] { return settled(rig); }, 6min));
}

TEST_CASE("central's policy is applied from the welcome, and a lock removes the view") {
    HandheldRig rig;
    wire::ViewDelta delta{0, 3, {{{wire::RowKind::task, {}}, 3, {1, 2, 3}}}, {}, {}};
    wire::toggle_row(delta.hash, wire::row_hash(delta.put.front()));
    REQUIRE(rig.stores().view().take({1, 1, delta}));
    CHECK(rig.stores().view().rows(wire::RowKind::task).size() == 1);
    rig.central.policy.locked = true;
    rig.central.policy.seal_fixes = 7;
    rig.connect();
    rig.run(1s);
    REQUIRE(rig.policies.size() == 1);
    CHECK(rig.policies.front().seal_fixes == 7);
    CHECK(rig.stores().view().locked());
    CHECK(rig.stores().view().rows(wire::RowKind::task).empty());
    CHECK(rig.stores().view().applied().version == 0);
}

TEST_CASE("the hello says where every lane stands") {
    HandheldRig rig;
    REQUIRE(rig.scan());
    REQUIRE(rig.stores().blobs().put(core::Bytes(20'000, 7)));
    REQUIRE(rig.stores().track().add(rig.fix(), 0ms));
    REQUIRE(rig.stores().track().finish());
    rig.connect();
    rig.run(1s);
    REQUIRE(rig.central.hellos.size() == 1);
    const auto& hello = rig.central.hellos.front();
    CHECK(hello.fact == wire::FactExtent{1, 0, 1, {}});
    CHECK(hello.track == wire::LaneExtent{1, 1});
    CHECK(hello.blob == wire::LaneExtent{1, 2});
    CHECK_FALSE(hello.server_gen);
    CHECK(hello.versions.at("agent") == "0.1.0");
}
