// Bytes nobody can read, records nobody can believe: refused or set aside, and the rest goes on.
#include <future>

#include "central/ingest/flight_slots.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/compression.hpp"
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;
using wire::TopicKind;

namespace {

// A batch whose payload may be anything.
core::Bytes message(const HandDevice& device, std::uint64_t first, std::uint64_t count, int encoding,
                    std::uint64_t inflated, core::ByteView payload) {
    wire::CborWriter out;
    out.array(8).uint(1).uint(1).bytes(device.epoch.bytes()).uint(first).uint(count);
    out.uint(static_cast<std::uint64_t>(encoding)).uint(inflated).bytes(payload);
    return out.take();
}

}  // namespace

TEST_CASE_TEMPLATE("a record that cannot be verified is set aside and the chain goes on behind it", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device, stranger;
    world.enrol(device);
    world.hello(device);
    std::vector<core::Bytes> facts{device.scan()};
    SUBCASE("signed by another key") {
        facts.push_back(device.seal(device.draft("scan", wire::encode_data(model::Scan{{1}, {}})), &*stranger.key));
    }
    SUBCASE("another device's fact") {
        auto fact = device.draft("scan", wire::encode_data(model::Scan{{1}, {}}));
        fact.device = stranger.id;
        facts.push_back(device.seal(fact));
    }
    SUBCASE("another place than its own") {
        auto fact = device.draft("scan", wire::encode_data(model::Scan{{1}, {}}));
        fact.seq = 77;
        facts.push_back(device.seal(fact));
        device.seq = 2;
    }
    SUBCASE("data that is none of its type") { facts.push_back(device.fact("scan", {})); }
    facts.push_back(device.scan());
    CHECK(world.take(device, facts, 1) == Outcome::quarantined);
    const auto ack = world.last_ack(device);
    CHECK(ack.upto == 3);
    CHECK(ack.hash == device.last);
    CHECK(world.number("SELECT COUNT(*) FROM quarantine WHERE seq = 2 AND device_id = $1", device.id) == 1);
    CHECK(world.number("SELECT COUNT(*) FROM act") == 2);
    CHECK(world.number("SELECT COUNT(*) FROM fact_record WHERE flags = ''") == 2);  // its hash is that of its body
    CHECK(world.cases(device) == std::vector<std::string>{"poison"});
    CHECK(world.take(device, facts, 1) == Outcome::duplicate);
}

TEST_CASE_TEMPLATE("a payload that cannot be read is refused with its numbers and the cursor stays", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    core::Bytes bytes;
    auto reason = wire::RefusedReason::unreadable;
    SUBCASE("garbage") { bytes = message(device, 1, 3, 0, 4, core::Bytes{0xff, 0xff, 0xff, 0xff}); }
    SUBCASE("deep nesting") {
        const core::Bytes deep(30'000, 0x81);
        bytes = message(device, 1, 3, 0, deep.size(), deep);
        reason = wire::RefusedReason::limit;
    }
    SUBCASE("more than it says: a bomb") {
        const auto bomb = wire::deflate(core::Bytes(8 * 1024 * 1024, 0));
        bytes = message(device, 1, 3, 1, 1000, bomb);
    }
    SUBCASE("as large as it says: refused before a byte is inflated") {
        const auto bomb = wire::deflate(core::Bytes(8 * 1024 * 1024, 0));
        bytes = message(device, 1, 3, 1, 8 * 1024 * 1024, bomb);
        reason = wire::RefusedReason::limit;
    }
    SUBCASE("longer than a batch may be") {
        const core::Bytes large(70'000, 0);
        bytes = message(device, 1, 3, 0, large.size(), large);
        reason = wire::RefusedReason::limit;
    }
    CHECK(world.take(device, TopicKind::fact, bytes) == Outcome::refused);
    const auto ack = world.last_ack(device);
    REQUIRE(ack.refused);
    CHECK(ack.refused->first_seq == 1);
    CHECK(ack.refused->count == 3);
    CHECK((ack.refused->reason == reason || ack.refused->reason == wire::RefusedReason::unreadable));
    CHECK(ack.upto == 0);
    // One by one: the unreadable one is consumed, what follows it gets through.
    CHECK(world.take(device, TopicKind::fact, message(device, 1, 1, 0, 2, core::Bytes{0xff, 0xff})) ==
          Outcome::quarantined);
    device.seq = 1;
    CHECK(world.take(device, {device.scan()}, 2) == Outcome::applied);
    CHECK(world.number("SELECT fact_upto FROM epoch") == 2);
}

TEST_CASE_TEMPLATE("a header that cannot be read is set aside without an answer, and not without end", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    for (int i = 0; i < 20; ++i) CHECK(world.take(device, TopicKind::fact, {0x81, 0x01}) == Outcome::quarantined);
    CHECK(world.take(device, TopicKind::fact, {0x81, 0x01}) == Outcome::refused);
    CHECK(world.take(device, TopicKind::track, device.batch({device.scan()}, 1)) == Outcome::refused);  // wrong topic
    CHECK(world.acks(device).empty());
    CHECK(world.number("SELECT COUNT(*) FROM quarantine") == 20);
    CHECK(world.take(device, TopicKind::hello, {0x01}) == Outcome::refused);
    CHECK(world.take(device, TopicKind::up_view, {}) == Outcome::refused);
    CHECK(world.take(device, TopicKind::state, {0xff}) == Outcome::refused);
    CHECK(world.take(device, TopicKind::live, {0xff}) == Outcome::refused);
}

TEST_CASE_TEMPLATE("another handheld's batch sent again under one's own name has no effect", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device, thief;
    world.enrol(device);
    world.enrol(thief);
    world.hello(device);
    world.hello(thief);
    const auto stolen = device.batch({device.scan(), device.scan()}, 1);
    CHECK(world.take(device, TopicKind::fact, stolen) == Outcome::applied);
    CHECK(world.take(thief, TopicKind::fact, stolen) == Outcome::refused);  // an epoch that is not his
    CHECK(world.last_ack(thief).epoch_state == wire::EpochState::unknown);
    CHECK(world.number("SELECT COUNT(*) FROM act WHERE device_id = $1", thief.id) == 0);
    CHECK(world.number("SELECT COUNT(*) FROM act") == 2);
}

TEST_CASE_TEMPLATE("a revoked or unknown handheld gets no answer and is shown the door", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device, unknown;
    world.enrol(device);
    world.hello(device);
    world.db->write([&](sql::Tx& tx) { tx.exec("UPDATE device SET state = 'revoked'"); }).value();
    CHECK(world.take(device, {device.scan()}, 1) == Outcome::refused);
    CHECK(world.take(device, {device.scan()}, 1) == Outcome::refused);
    CHECK(world.hello(device) == Outcome::refused);
    CHECK(world.hello(unknown) == Outcome::refused);
    CHECK(world.take(unknown, {unknown.scan()}, 1) == Outcome::refused);
    CHECK(world.acks(device).empty());
    CHECK(world.welcomes(device).size() == 1);
    CHECK(world.welcomes(unknown).empty());
    const std::lock_guard guard(world.one().gate.lock);
    CHECK(world.one().gate.kicked.size() == 5);
    CHECK(world.number("SELECT COUNT(*) FROM fact_record") == 0);
}

// The writer lets go of what a group's units hold only after the last of the group has been told.
TEST_CASE("a batch is no longer under way once its frame has ended, and ingest may go before the writer does") {
    TempDir folder;
    central::ingest::IngestOptions options;
    options.flight_file = folder.path() / "flights";
    On<Sqlite> world(options);
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    std::promise<void> begin, end;
    // The writer has futures of its own: it may come to them after this test has ended.
    const auto wait_for_begin = [begun = begin.get_future().share()](sql::Tx&) -> core::Status {
        begun.wait();
        return {};
    };
    const auto nothing = [](sql::Tx&) -> core::Status { return {}; };
    REQUIRE(world.db->submit(wait_for_begin, [](const core::Status&) {}).ok());
    REQUIRE(eventually([&] { return world.db->stats().queued == 0; }));
    world.give(device, TopicKind::fact, device.batch(device.scans(1), 1));
    REQUIRE(eventually([&] { return world.db->stats().queued == 1; }));
    REQUIRE(world.db->submit(nothing, [ended = end.get_future().share()](const core::Status&) { ended.wait(); }).ok());
    begin.set_value();
    REQUIRE(world.settle());
    CHECK((*central::ingest::FlightSlots::open(options.flight_file))->take_left_behind().empty());
    world.instances.clear();
    end.set_value();
    CHECK(world.number("SELECT fact_upto FROM epoch") == 1);
}

TEST_CASE("a batch during which the process died three times is split, and its culprit set aside") {
    TempDir folder;
    central::ingest::IngestOptions options;
    options.flight_file = folder.path() / "flights";
    const auto crash_with = [&](const HandDevice& device, std::uint64_t first, std::uint64_t records) {
        auto slots = *central::ingest::FlightSlots::open(options.flight_file);
        // What a killed process leaves: a ticket that was never given back. Kept reachable, for it is no leak.
        static auto& never_given_back = *new std::vector<central::ingest::FlightSlots::Ticket*>;
        never_given_back.push_back(new central::ingest::FlightSlots::Ticket(
            slots->begin({device.id, device.epoch, wire::Lane::fact, first, records})));
    };
    On<Sqlite> world(options);
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    const auto facts = device.scans(2);
    const auto again = [&] {
        world.instances.clear();
        world.add_instance();
    };
    for (int i = 0; i < 3; ++i) {
        world.instances.clear();
        crash_with(device, 1, 2);
        world.add_instance();
    }
    CHECK(world.number("SELECT tries FROM ingest_attempt") == 3);
    CHECK(world.take(device, facts, 1) == Outcome::refused);
    CHECK(world.last_ack(device).refused->count == 2);
    // The first of its records is the culprit: once more is enough.
    world.instances.clear();
    crash_with(device, 1, 1);
    again();
    CHECK(world.take(device, {facts[0]}, 1) == Outcome::quarantined);
    CHECK(world.take(device, {facts[1]}, 2) == Outcome::applied);
    CHECK(world.number("SELECT fact_upto FROM epoch") == 2);
    CHECK(world.number("SELECT COUNT(*) FROM act") == 1);
}
