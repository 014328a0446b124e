// Which batch goes when: priorities, pace, credit, refusals, resending.
#include <doctest/doctest.h>

#include "shared/wire/batch.hpp"
#include "shared/wire/limits.hpp"
#include "tests/agent/sync/handheld_rig.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;

namespace {

bool settled(HandheldRig& rig) { return rig.stores().unacked() == 0; }

std::vector<wire::BatchHeader> batches(const HandheldRig& rig, std::size_t from = 0) {
    std::vector<wire::BatchHeader> all;
    for (std::size_t i = from; i < rig.sent.size(); ++i) {
        const auto kind = rig.sent[i].kind;
        const bool batch =
            kind == wire::TopicKind::fact || kind == wire::TopicKind::track || kind == wire::TopicKind::blob;
        if (batch) all.push_back(wire::decode_header(rig.sent[i].payload).value());
    }
    return all;
}

void put_noise(HandheldRig& rig, std::size_t bytes) {
    core::Bytes noise(bytes);
    for (auto& byte : noise) byte = static_cast<std::uint8_t>(rig.chance() * 256);
    REQUIRE(rig.stores().blobs().put(noise));
}

void put_blocks(HandheldRig& rig, int count) {
    for (int i = 0; i < count; ++i) {
        rig.clock.time += 1min;
        REQUIRE(rig.stores().track().add(rig.fix(), rig.clock.mono()));
        REQUIRE(rig.stores().track().finish());
    }
}

void running(HandheldRig& rig) {
    rig.connect();
    REQUIRE(rig.run_until([&] { return rig.session().online(); }, 10s));
}

}  // namespace

TEST_CASE("I16: a waiting fact goes before the second next batch, on a line that is busy for minutes") {
    HandheldRig rig;
    rig.bytes_per_ms = 2;
    put_noise(rig, 1 << 20);
    running(rig);
    rig.run(30s);
    REQUIRE(rig.stores().blobs().unacked() > 0);
    for (int i = 0; i < 20; ++i) {
        const auto before = rig.sent.size();
        REQUIRE(rig.scan());
        REQUIRE(rig.run_until([&] { return rig.stores().outbox().unacked() == 0; }, 2min));
        int bulk_first = 0;
        for (const auto& header : batches(rig, before)) {
            if (header.lane == wire::Lane::fact) break;
            ++bulk_first;
        }
        CHECK(bulk_first <= 1);
    }
    CHECK(rig.stores().blobs().unacked() > 0);
}

TEST_CASE("one fact batch is unacked at a time, and at most four of the other lanes") {
    HandheldRig rig;
    rig.odds.lose_down = 0;
    running(rig);
    rig.central_runs = false;
    put_noise(rig, 1 << 20);
    for (int i = 0; i < 600; ++i) REQUIRE(rig.scan("PKG-" + std::to_string(i)));
    rig.run(10s);
    int facts = 0;
    int bulk = 0;
    for (const auto& header : batches(rig)) (header.lane == wire::Lane::fact ? facts : bulk) += 1;
    CHECK(facts == 1);
    CHECK(bulk == 4);
}

TEST_CASE("the newest track block goes first when there is a backlog") {
    HandheldRig rig;
    put_blocks(rig, 300);  // more than one batch takes
    running(rig);
    REQUIRE(rig.run_until([&] { return !batches(rig).empty(); }, 1min));
    CHECK(batches(rig).front().last_seq() == 300);
    CHECK(batches(rig).front().first_seq == 45);
    REQUIRE(rig.run_until([&] { return settled(rig); }, 30min));
}

TEST_CASE("a batch grows with the uplink from 4 to 64 KiB") {
    for (const double speed : {0.5, 200.0}) {
        HandheldRig rig;
        rig.bytes_per_ms = speed;
        rig.latency = 1ms;
        put_noise(rig, 600'000);
        running(rig);
        rig.run(5min);
        std::size_t largest = 0;
        const auto all = batches(rig);
        for (std::size_t i = all.size() / 2; i < all.size(); ++i) largest = std::max(largest, all[i].inflated_bytes);
        if (speed < 1) CHECK(largest < 20'000);  // one chunk
        if (speed > 1) CHECK(largest > 40'000);
    }
}

TEST_CASE("credit 0 stops track and blob but no fact; a new credit lets them go on") {
    HandheldRig rig;
    rig.central.credit = 0;
    running(rig);
    REQUIRE(rig.scan());
    REQUIRE(rig.run_until([&] { return rig.stores().outbox().unacked() == 0; }, 5s));
    put_noise(rig, 100'000);
    rig.run(1min);
    CHECK(rig.stores().blobs().unacked() == 7);
    REQUIRE(rig.scan());
    REQUIRE(rig.run_until([&] { return rig.stores().outbox().unacked() == 0; }, 5s));
    rig.central.credit = 1 << 20;
    REQUIRE(rig.scan());
    REQUIRE(rig.run_until([&] { return settled(rig); }, 1min));
}

TEST_CASE("I17: a credit of 0 that nobody takes back is tried out after five minutes") {
    HandheldRig rig;
    rig.central.credit = 0;
    running(rig);
    REQUIRE(rig.scan());
    rig.run(5s);
    rig.central.credit = 1 << 20;
    put_noise(rig, 50'000);
    CHECK_FALSE(rig.run_until([&] { return settled(rig); }, 4min));
    CHECK(rig.run_until([&] { return settled(rig); }, 3min));
}

TEST_CASE("a small credit bounds the unacked bytes of track and blob") {
    HandheldRig rig;
    rig.central.credit = 40'000;
    running(rig);
    REQUIRE(rig.scan());
    rig.run(2s);
    rig.odds.lose_down = 1;
    put_noise(rig, 400'000);
    rig.session().wake();
    rig.run(5s);
    std::size_t bytes = 0;
    for (const auto& header : batches(rig)) bytes += header.lane == wire::Lane::blob ? header.inflated_bytes : 0;
    CHECK(bytes > 0);
    CHECK(bytes <= 40'000);
}

TEST_CASE("retry_after holds track and blob back for as long as it says") {
    HandheldRig rig;
    running(rig);
    rig.central.retry_after = 90s;
    REQUIRE(rig.scan());
    rig.run(2s);
    const auto asked = rig.clock.time;
    put_blocks(rig, 1);
    rig.clock.time = asked;
    rig.central.retry_after = 0ms;
    CHECK_FALSE(rig.run_until([&] { return settled(rig); }, 80s));
    CHECK(rig.run_until([&] { return settled(rig); }, 20s));
}

TEST_CASE("a refused batch is sent again record by record, and so gets through") {
    HandheldRig rig;
    rig.central.refuse_batches = 2;
    for (int i = 0; i < 8; ++i) REQUIRE(rig.scan("PKG-" + std::to_string(i)));
    put_blocks(rig, 3);
    running(rig);
    REQUIRE(rig.run_until([&] { return settled(rig); }, 1min));
    CHECK(rig.central.counters.refused == 2);
    CHECK(rig.session().relay().counters().refused == 2);
    int singles = 0;
    for (const auto& header : batches(rig)) singles += header.count == 1 ? 1 : 0;
    CHECK(singles >= 10);
    CHECK(rig.session().relay().counters().resent == 0);  // at once, not after a timer
}

TEST_CASE("before PUBACK nothing is sent again, and without one for 60 s the connection is closed") {
    HandheldRig rig;
    running(rig);
    rig.odds.lose_puback = 1;
    rig.odds.lose_batch = 1;
    REQUIRE(rig.scan());
    rig.run(55s);
    CHECK(batches(rig).size() == 1);
    CHECK(rig.counters.reconnects == 0);
    rig.run(10s);
    CHECK(rig.counters.reconnects == 1);
    rig.odds = {};
    REQUIRE(rig.run_until([&] { return settled(rig); }, 1min));
    CHECK(rig.central.counters.repeated_facts == 0);
}

TEST_CASE("a batch that was acknowledged by the broker only is sent again after 15 s, then ever later") {
    HandheldRig rig;
    running(rig);
    rig.central_runs = false;
    REQUIRE(rig.scan());
    rig.run(14s);
    CHECK(batches(rig).size() == 1);
    rig.run(17s);
    CHECK(batches(rig).size() == 2);
    rig.run(60s);
    CHECK(batches(rig).size() <= 4);
}

TEST_CASE("an ack that never comes is made up for by sending again, and has one effect") {
    HandheldRig rig;
    running(rig);
    rig.odds.lose_down = 1;
    const auto saved = rig.scan();
    rig.run(5s);
    rig.odds.lose_down = 0;
    REQUIRE(rig.run_until([&] { return settled(rig); }, 1min));
    CHECK(rig.central.counters.repeated_facts >= 1);
    CHECK(rig.central.ledger.effects.size() == 1);
}

TEST_CASE("a broker that is full or has no listener slows the device down") {
    for (const auto code : {mqtt::reason::quota_exceeded, mqtt::reason::no_matching_subscribers}) {
        HandheldRig rig;
        running(rig);
        rig.central_runs = false;
        rig.puback_with = mqtt::PublishResult{!mqtt::is_failure(code), code};
        REQUIRE(rig.scan());
        rig.run(60s);
        CHECK(rig.session().relay().counters().slow_downs >= 2);
        CHECK(batches(rig).size() <= 8);
        rig.puback_with.reset();
        rig.central_runs = true;
        REQUIRE(rig.run_until([&] { return settled(rig); }, 6min));
    }
}

TEST_CASE("the day's bytes end track and blob until tomorrow, never facts") {
    HandheldRig rig;
    rig.central.policy.day_bytes = 60'000;
    running(rig);
    put_noise(rig, 200'000);
    rig.run(10min);
    CHECK(rig.stores().blobs().unacked() > 0);
    REQUIRE(rig.scan());
    REQUIRE(rig.run_until([&] { return rig.stores().outbox().unacked() == 0; }, 5s));
    rig.tick_every = 1min;
    rig.run(4 * 24h);
    CHECK(settled(rig));
}

namespace {

// Whether the newest block there is now is acked within a minute.
bool newest_block_goes(HandheldRig& rig) {
    put_blocks(rig, 1);
    const auto newest = rig.stores().track().extent().max;
    return rig.run_until(
        [&] {
            const auto run = rig.stores().track().next_run({}, 1, 1);
            return run.records.empty() || run.first_seq != newest;
        },
        1min);
}

std::size_t bulk_bytes(HandheldRig& rig, std::size_t from) {
    std::size_t bytes = 0;
    for (std::size_t i = from; i < rig.sent.size(); ++i)
        if (rig.sent[i].kind == wire::TopicKind::track || rig.sent[i].kind == wire::TopicKind::blob)
            bytes += rig.sent[i].payload.size();
    return bytes;
}

}  // namespace

TEST_CASE("E8, X5: a backlog leaves a quarter of the day's bytes to the newest block; facts are not asked") {
    HandheldRig rig;
    rig.central.policy.day_bytes = 100'000;
    put_noise(rig, 200'000);
    put_blocks(rig, 30);  // while offline: history
    running(rig);
    rig.run(10min);
    const auto& relay = rig.session().relay();
    CHECK(relay.holds_history());
    CHECK(relay.bytes_today() >= 60'000);
    CHECK(relay.bytes_today() <= 75'000 + 20'000);  // at most a record beyond its part
    CHECK(relay.bytes_today() == bulk_bytes(rig, 0));
    const auto held = rig.stores().blobs().unacked();
    CHECK(held > 0);
    for (int i = 0; i < 10; ++i) REQUIRE(newest_block_goes(rig));
    CHECK(rig.stores().blobs().unacked() == held);
    REQUIRE(rig.scan());
    CHECK(rig.run_until([&] { return rig.stores().outbox().unacked() == 0; }, 5s));
    CHECK(relay.bytes_today() <= 100'000 + 1'000);
}

TEST_CASE("the day's bytes are known after a restart, and the day is central's") {
    HandheldRig rig;
    rig.central.policy.day_bytes = 80'000;
    rig.central.ahead = 20h;  // the handheld's clock is wrong: by central's the day ends in four hours
    running(rig);
    put_noise(rig, 300'000);
    rig.run(10min);
    const auto sent = rig.session().relay().bytes_today();
    CHECK(rig.session().relay().holds_history());
    rig.stop_process();
    rig.start_process();
    const auto before = rig.sent.size();
    running(rig);
    rig.run(10min);
    CHECK(rig.session().relay().holds_history());
    CHECK(rig.session().relay().bytes_today() + agent::store::Outbox::uncounted_bytes > sent);
    CHECK(bulk_bytes(rig, before) <= agent::store::Outbox::uncounted_bytes);
    rig.tick_every = 1min;
    rig.run(5h);
    CHECK(bulk_bytes(rig, before) >= 50'000);  // tomorrow, says central
}

TEST_CASE("I18: on a line that takes nothing the device hands over one batch of facts and one other, and no more") {
    HandheldRig rig;
    running(rig);
    rig.odds.lose_puback = 1;
    rig.odds.lose_batch = 1;
    const auto before = rig.sent.size();
    put_noise(rig, 1 << 21);
    for (int i = 0; i < 1000; ++i) REQUIRE(rig.scan("PKG-" + std::to_string(i)));
    rig.run(55s);
    std::size_t bytes = 0;
    for (std::size_t i = before; i < rig.sent.size(); ++i) bytes += rig.sent[i].payload.size();
    CHECK(batches(rig).size() == 2);
    CHECK(bytes <= 2 * wire::max_batch_bytes);
}
