// An ack means durable, whoever takes the batch (I2, I3).
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;
using wire::TopicKind;

TEST_CASE_TEMPLATE("a database that is closed gives no ack, and the batch is taken once it is back", Engine, Sqlite,
                   Postgres) {
    Engine engine;
    HandDevice device;
    const auto facts = device.scans(3);
    crypto::SigningKey key = crypto::SigningKey::generate();
    {
        World world(engine.open());
        world.enrol(device);
        world.hello(device);
        world.db->close();
        CHECK(world.take(device, facts, 1) == Outcome::deferred);
        CHECK(world.hello(device) == Outcome::deferred);
        CHECK(world.acks(device).empty());
        CHECK(world.one().counts.not_durable.value() == 1);
    }
    World world(engine.open());
    CHECK(world.take(device, facts, 1) == Outcome::applied);
    CHECK(world.last_ack(device).upto == 3);
}

TEST_CASE_TEMPLATE("no ack is published before what it says is committed", Engine, Sqlite, Postgres) {
    Engine engine;
    World world(engine.open());
    const auto reader = engine.open();  // sees only what is committed
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    std::size_t seen = 0;
    for (std::uint64_t first = 1; first <= 60; first += 3)
        world.give(device, TopicKind::fact, device.batch(device.scans(3), first));
    while (seen < 60) {
        REQUIRE(eventually([&] { return !world.acks(device).empty() && world.acks(device).back().upto > seen; }));
        seen = world.acks(device).back().upto;
        CHECK(number(*reader, "SELECT COUNT(*) FROM fact_record WHERE seq <= $1", seen) ==
              static_cast<std::int64_t>(seen));
    }
    CHECK(world.acks(device).size() <= 20);  // coalesced at most to one per batch
}

TEST_CASE("two central instances that take the same batches at once have each effect exactly once") {
    On<Postgres> world;
    world.add_instance();
    std::vector<HandDevice> devices(4);
    for (auto& device : devices) {
        world.enrol(device);
        world.hello(device);
    }
    constexpr std::uint64_t batches = 10, size = 5;
    for (std::uint64_t i = 0; i < batches; ++i) {
        for (auto& device : devices) {
            const auto batch = device.batch(device.scans(size), 1 + i * size);
            world.give(device, TopicKind::fact, batch, 0);
            world.give(device, TopicKind::fact, batch, 1);
        }
        REQUIRE(world.settle());
        // One instance may have got it before the other had what comes before it.
        for (auto& device : devices) REQUIRE(eventually([&] { return !world.acks(device).empty(); }));
    }
    for (const auto& device : devices) {
        CHECK(world.number("SELECT fact_upto FROM epoch WHERE device_id = $1", device.id) == batches * size);
        CHECK(world.number("SELECT COUNT(*) FROM act WHERE device_id = $1", device.id) == batches * size);
        CHECK(world.number("SELECT MAX(subject_seq) FROM event_log WHERE subject_id = $1", device.id.text()) ==
              batches * size);
        CHECK(world.cases(device).empty());
    }
    std::uint64_t applied = 0;
    for (const auto& instance : world.instances) applied += instance->counts.facts.value();
    CHECK(applied == devices.size() * batches * size);
}
