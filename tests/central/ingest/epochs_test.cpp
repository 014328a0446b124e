// What is met at a hello: new and sealed epochs, old images, clones, a central that was restored.
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;
using wire::EpochState;

namespace {

std::int64_t open_epochs(World& world) { return world.number("SELECT COUNT(*) FROM epoch WHERE state = 'open'"); }

}  // namespace

TEST_CASE_TEMPLATE("a child epoch seals its parent, and the chain goes on from the cut", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    world.take(device, device.scans(3), 1);
    const auto before = device;
    device.begin_epoch(3, device.last);
    CHECK(world.hello(device) == Outcome::applied);
    CHECK(world.last_welcome(device).epoch_state == EpochState::open);
    CHECK(world.take(device, device.scans(2), 1) == Outcome::applied);
    CHECK(world.cases(device).empty());
    CHECK(open_epochs(world) == 1);

    // What still comes of the parent is evidence: acknowledged, without effect.
    auto late = before;
    CHECK(world.take(late, {late.scan()}, 4) == Outcome::applied);
    REQUIRE(eventually([&] { return world.acks(device).size() == 3; }));
    CHECK(world.last_ack(device).epoch_state == EpochState::sealed);
    CHECK(world.last_ack(device).upto == 3);
    CHECK(world.number("SELECT COUNT(*) FROM disputed_record WHERE reason = 'sealed'") == 1);
    CHECK(world.number("SELECT COUNT(*) FROM act") == 5);
    world.hello(before);
    CHECK(world.last_welcome(before).epoch_state == EpochState::sealed);
}

TEST_CASE_TEMPLATE("a handheld that knows less than it sent comes from an old image", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    auto image = device;
    image.scan();
    world.take(device, device.scans(4), 1);
    world.hello(image);
    const auto welcome = world.last_welcome(device);
    CHECK(welcome.epoch_state == EpochState::sealed);
    CHECK(welcome.fact.upto == 4);
    CHECK(world.cases(device) == std::vector<std::string>{"old_image"});
    image.begin_epoch(4, welcome.fact.hash);
    world.hello(image);
    CHECK(world.last_welcome(device).epoch_state == EpochState::open);
    CHECK(world.take(image, {image.scan()}, 1) == Outcome::applied);
    CHECK(world.number("SELECT COUNT(*) FROM fact_record WHERE flags <> ''") == 0);
}

TEST_CASE_TEMPLATE("a handheld whose acked fact is another than ours comes from an old image", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    world.take(device, device.scans(4), 1);
    device.acked = 2;
    device.acked_hash = core::random_id<core::Hash>();
    world.hello(device);
    CHECK(world.last_welcome(device).epoch_state == EpochState::sealed);
}

TEST_CASE_TEMPLATE("two children of one parent are a clone: frozen, with a case", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    world.take(device, device.scans(2), 1);
    auto twin = device;
    device.begin_epoch(2, device.last);
    twin.begin_epoch(2, twin.last);
    world.hello(device);
    CHECK(world.last_welcome(device).epoch_state == EpochState::open);
    world.hello(twin);
    CHECK(world.last_welcome(device).epoch_state == EpochState::frozen);
    CHECK(world.cases(device) == std::vector<std::string>{"clone"});
    CHECK(open_epochs(world) == 0);
    // Both go on, each in an epoch of its own, one at a time; nothing is lost.
    device.begin_epoch(0, {});
    world.hello(device);
    CHECK(world.take(device, {device.scan()}, 1) == Outcome::applied);
    CHECK(open_epochs(world) == 1);
}

TEST_CASE_TEMPLATE("boots that alternate over different connections are a clone", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    const auto other = core::random_id<core::BootId>();
    const auto greet = [&](const core::BootId& boot) {
        device.boot = boot;
        device.nonce = core::random_id<core::Nonce>();
        auto same = device.hello();
        CHECK(world.take(device, wire::TopicKind::hello, wire::encode(same)) == Outcome::applied);
        const std::lock_guard guard(world.one().lock);
        world.one().published.clear();
    };
    const auto first = device.boot;
    greet(first);
    greet(other);
    greet(first);
    CHECK(world.cases(device).empty());  // a fast restart and back cannot be, but is no proof yet
    greet(other);
    CHECK(world.cases(device) == std::vector<std::string>{"clone"});
    CHECK(open_epochs(world) == 0);
}

TEST_CASE_TEMPLATE("a central restored from a backup says how far it has everything", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    const auto facts = device.scans(6);
    world.take(device, facts, 1);
    device.acked = 6;
    device.acked_hash = device.last;
    world.db
        ->write([&](sql::Tx& tx) {
            for (const char* table : {"act", "fact_record", "event"})
                tx.exec(std::string("DELETE FROM ") + table + " WHERE seq > 2");
            tx.exec("DELETE FROM event_log WHERE subject_seq > 2");
            tx.exec("UPDATE subject SET last_seq = 2");
            tx.exec("UPDATE epoch SET fact_upto = 2, fact_hash = (SELECT hash FROM fact_record WHERE seq = 2)");
        })
        .value();
    world.hello(device);
    const auto welcome = world.last_welcome(device);
    CHECK(welcome.epoch_state == EpochState::open);
    CHECK(welcome.fact.upto == 2);
    CHECK(world.take(device, {facts.begin() + 2, facts.end()}, 3) == Outcome::applied);
    CHECK(world.number("SELECT COUNT(*) FROM act") == 6);
    CHECK(world.cases(device).empty());
}

TEST_CASE_TEMPLATE("a handheld that begins anew without a past is let in by its key, with a case", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    world.take(device, device.scans(2), 1);
    device.begin_epoch(0, {});
    device.ancestors.clear();
    device.last = wire::first_prev(device.epoch, std::nullopt);
    world.hello(device);
    CHECK(world.last_welcome(device).epoch_state == EpochState::open);
    CHECK(world.cases(device) == std::vector<std::string>{"new_epoch"});
    CHECK(world.take(device, {device.scan()}, 1) == Outcome::applied);
    CHECK(open_epochs(world) == 1);
}

TEST_CASE_TEMPLATE("without a known past and without a key an operator is needed", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.db->write([](sql::Tx& tx) { tx.exec("UPDATE device SET record_key = NULL"); }).value();
    world.hello(device);
    CHECK(world.last_welcome(device).epoch_state == EpochState::unknown);
    CHECK(world.take(device, {device.scan()}, 1) == Outcome::refused);
    CHECK(world.last_ack(device).epoch_state == EpochState::unknown);
}

TEST_CASE_TEMPLATE("a locked handheld still gives its facts, and hears that it is locked", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device, "locked");
    world.hello(device);
    CHECK(world.last_welcome(device).policy.locked);
    CHECK(world.take(device, {device.scan()}, 1) == Outcome::applied);
}
