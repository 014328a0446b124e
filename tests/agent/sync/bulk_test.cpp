// Blobs, the view, live positions and the watchdog in a running session.
#include <doctest/doctest.h>

#include <algorithm>

#include "agent/sync/live_feed.hpp"
#include "tests/agent/sync/handheld_rig.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;

namespace {

void running(HandheldRig& rig) {
    rig.connect();
    REQUIRE(rig.run_until([&] { return rig.session().online(); }, 10s));
}

wire::ViewRow row(std::uint64_t version, std::uint8_t id, std::size_t bytes = 10) {
    wire::RowId row_id;
    row_id.value[0] = id;
    return {{wire::RowKind::task, row_id}, version, core::Bytes(bytes, id)};
}

core::Hash hash_of(const std::vector<wire::ViewRow>& rows) {
    core::Hash hash;
    for (const auto& each : rows) wire::toggle_row(hash, wire::row_hash(each));
    return hash;
}

void send(HandheldRig& rig, const wire::ViewDelta& delta) {
    const auto parts = wire::split_view(delta).value();
    for (const auto& part : parts) {
        rig.down(rig.central.seal(wire::DownType::view, wire::encode(part)));
    }
    rig.run(1s);
}

}  // namespace

TEST_CASE("a blob is kept until central names it, also when that word was lost") {
    HandheldRig rig;
    running(rig);
    const auto sha = rig.stores().blobs().put(core::Bytes(40'000, 9));
    REQUIRE(sha);
    rig.odds.lose_down = 1;
    rig.run(5s);
    rig.odds.lose_down = 0;
    CHECK(rig.stores().blobs().unconfirmed() == 1);
    REQUIRE(rig.run_until([&] { return rig.stores().blobs().unconfirmed() == 0; }, 2min));
    CHECK(rig.central.ledger.blobs.contains(*sha));
}

TEST_CASE("a blob central asks for again is sent whole once more; one that is gone is stated as lost") {
    HandheldRig rig;
    running(rig);
    const auto sha = rig.stores().blobs().put(core::Bytes(40'000, 9));
    REQUIRE(sha);
    rig.central.forget_blobs.insert(*sha);
    rig.session().wake();
    REQUIRE(rig.run_until([&] { return rig.stores().blobs().unconfirmed() == 0; }, 2min));
    CHECK(rig.central.ledger.blobs.contains(*sha));
    wire::Ack ack;
    ack.epoch = rig.stores().outbox().epoch();
    ack.epoch_state = wire::EpochState::open;
    ack.lane = wire::Lane::blob;
    ack.blobs_bad = {*sha};  // pruned here: central said it had it
    ack.credit = 1 << 20;
    ack.time = rig.clock.now();
    rig.down(rig.central.seal(wire::DownType::ack, wire::encode(ack)));
    rig.down(rig.central.seal(wire::DownType::ack, wire::encode(ack)));
    rig.run(5s);
    REQUIRE(rig.central.ledger.effects.size() == 1);
    CHECK(rig.central.ledger.effects.begin()->second.type == "blob.lost");
}

TEST_CASE("a view in parts is applied together, answered, and a delta goes on from it") {
    HandheldRig rig;
    running(rig);
    std::vector<wire::ViewRow> rows;
    for (std::uint8_t i = 1; i <= 6; ++i) rows.push_back(row(i, i, 20'000));
    send(rig, {0, 6, rows, {}, hash_of(rows)});
    REQUIRE(rig.central.views.size() == 1);
    CHECK(rig.central.views.back() == wire::ViewApplied{6, hash_of(rows)});
    const auto changed = row(7, 2);
    const std::vector<wire::ViewRow> after{rows[0], changed, rows[3], rows[4], rows[5]};
    send(rig, {6, 7, {changed}, {rows[2].key}, hash_of(after)});
    REQUIRE(rig.central.views.size() == 2);
    CHECK(rig.central.views.back() == wire::ViewApplied{7, hash_of(after)});
    CHECK(rig.stores().view().rows(wire::RowKind::task).size() == 5);
    CHECK(rig.stores().view().row(changed.key)->body == changed.body);
}

TEST_CASE("half a view changes nothing, and a delta that does not fit is answered at once with what is here") {
    HandheldRig rig;
    running(rig);
    std::vector<wire::ViewRow> rows;
    for (std::uint8_t i = 1; i <= 6; ++i) rows.push_back(row(i, i, 20'000));
    const auto parts = wire::split_view({0, 6, rows, {}, hash_of(rows)}).value();
    REQUIRE(parts.size() >= 2);
    rig.down(rig.central.seal(wire::DownType::view, wire::encode(parts.front())));
    rig.run(1s);
    CHECK(rig.stores().view().rows(wire::RowKind::task).empty());
    CHECK(rig.central.views.empty());
    send(rig, {3, 4, {row(4, 1)}, {}, {}});
    REQUIRE(rig.central.views.size() == 1);
    CHECK(rig.central.views.back() == wire::ViewApplied{0, {}});
}

TEST_CASE("a view whose hash is another than central's is answered with the own hash, and a snapshot heals it") {
    HandheldRig rig;
    running(rig);
    send(rig, {0, 1, {row(1, 1)}, {}, core::Hash{{9}}});
    REQUIRE(rig.central.views.size() == 1);
    CHECK(rig.central.views.back() == wire::ViewApplied{1, hash_of({row(1, 1)})});
    send(rig, {0, 2, {row(2, 2)}, {}, hash_of({row(2, 2)})});
    CHECK(rig.central.views.back() == wire::ViewApplied{2, hash_of({row(2, 2)})});
    CHECK(rig.stores().view().rows(wire::RowKind::task).size() == 1);
}

TEST_CASE("only the newest position goes live, as often as the policy says, and none while offline") {
    HandheldRig rig;
    rig.central.policy.live = 1s;
    rig.session().offer_live(rig.fix());
    rig.run(2s);
    CHECK(rig.sent.empty());
    running(rig);
    rig.sent.clear();
    for (int i = 0; i < 100; ++i) {
        rig.session().offer_live(rig.fix());
        rig.run(100ms);
    }
    int live = 0;
    for (const auto& sent : rig.sent) live += sent.kind == wire::TopicKind::live ? 1 : 0;
    CHECK(live >= 9);
    CHECK(live <= 11);
}

TEST_CASE("the retained state names the connection and what is unacked") {
    HandheldRig rig;
    REQUIRE(rig.scan());
    rig.connect();
    REQUIRE(rig.sent.size() == 2);
    CHECK(rig.sent[0].kind == wire::TopicKind::hello);  // the first message on every connection
    REQUIRE(rig.sent[1].kind == wire::TopicKind::state);
    const auto first = wire::decode_state(rig.sent[1].payload);
    REQUIRE(first);
    CHECK(first->online);
    CHECK(first->unacked == 1);
    rig.run(3min);
    const auto last = std::find_if(rig.sent.rbegin(), rig.sent.rend(),
                                   [](const auto& sent) { return sent.kind == wire::TopicKind::state; });
    CHECK(wire::decode_state(last->payload)->unacked == 0);
    REQUIRE(rig.central.hellos.size() == 1);
    CHECK(rig.central.hellos.front().nonce == first->nonce);
}

TEST_CASE("connected for two minutes without an acked fact: a new client; for ten: a new process") {
    HandheldRig rig;
    running(rig);
    rig.odds.lose_batch = 1;
    REQUIRE(rig.scan());
    rig.run(110s);
    CHECK(rig.counters.renewed == 0);
    rig.run(20s);
    CHECK(rig.counters.renewed == 1);
    rig.run(12min);
    CHECK(rig.counters.renewed >= 3);
    CHECK(rig.counters.restarts >= 1);
}

TEST_CASE("a week offline restarts nothing, and neither does a backlog that is moving") {
    HandheldRig rig;
    REQUIRE(rig.scan());
    rig.tick_every = 10min;
    rig.run(7 * 24h);
    rig.tick_every = 500ms;
    running(rig);
    for (int i = 0; i < 800; ++i) REQUIRE(rig.scan("PKG-" + std::to_string(i)));
    rig.bytes_per_ms = 1;
    REQUIRE(rig.run_until([&] { return rig.stores().outbox().unacked() == 0; }, 60min));
    CHECK(rig.counters.renewed == 0);
    CHECK(rig.counters.restarts == 0);
}
