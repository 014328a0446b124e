// What goes down and what is shown: views, presence, live places.
#include "central/app/view/view.hpp"
#include "central/ingest/live.hpp"
#include "shared/wire/live.hpp"
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;
using wire::TopicKind;

namespace {

const wire::RowKey task{wire::RowKind::task, core::random_id<wire::RowId>()};

// A handheld's side of the view, by the rules of docs/protocol.md.
struct ViewOnDevice {
    std::map<wire::RowKey, wire::ViewRow> rows;
    std::uint64_t version = 0;
    wire::ViewApplied apply(const std::vector<wire::ViewPart>& parts) {
        if (parts.front().delta.from == 0) rows.clear();
        for (const auto& part : parts) {
            for (const auto& key : part.delta.remove) rows.erase(key);
            for (const auto& row : part.delta.put) rows[row.key] = row;
        }
        version = parts.front().delta.to;
        core::Hash hash;
        for (const auto& [key, row] : rows) wire::toggle_row(hash, wire::row_hash(row));
        return {version, hash};
    }
};

void put(World& world, const HandDevice& device, const wire::RowKey& key, const core::Bytes& body) {
    const auto changed = world.db->write([&](sql::Tx& tx) {
        return central::app::view::change(tx, device.id, {{{key, body}}, {}});
    });
    REQUIRE(changed.value());
}

std::vector<wire::ViewPart> next_parts(World& world, const HandDevice& device, std::size_t before) {
    REQUIRE(eventually([&] { return world.view_parts(device).size() > before; }));
    auto all = world.view_parts(device);
    REQUIRE(eventually([&] { return (all = world.view_parts(device)).size() >= before + all[before].parts; }));
    return {all.begin() + static_cast<std::ptrdiff_t>(before), all.end()};
}

// The parts that bring a handheld beyond `version`; the same change may be told twice.
std::vector<wire::ViewPart> parts_beyond(World& world, const HandDevice& device, std::uint64_t version) {
    std::vector<wire::ViewPart> found;
    REQUIRE(eventually([&] {
        found.clear();
        for (auto& part : world.view_parts(device))
            if (part.delta.to > version && found.size() < part.parts) found.push_back(part);
        return !found.empty() && found.size() == found.front().parts;
    }));
    return found;
}

}  // namespace

TEST_CASE_TEMPLATE("a changed row reaches a connected handheld at once, as a delta from what it confirmed", Engine,
                   Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    ViewOnDevice view;
    world.enrol(device);
    put(world, device, task, {1});
    world.hello(device);
    CHECK(world.last_welcome(device).view_head == 1);
    auto parts = next_parts(world, device, 0);
    CHECK(parts.front().delta.from == 0);
    auto answer = view.apply(parts);
    CHECK(answer.hash == parts.front().delta.hash);
    CHECK(world.take(device, TopicKind::up_view, wire::encode(answer)) == Outcome::applied);
    CHECK(world.take(device, TopicKind::up_view, wire::encode(answer)) == Outcome::duplicate);

    put(world, device, {wire::RowKind::zone, {}}, {2, 2});
    world.one().views.changed(device.id);
    parts = next_parts(world, device, 1);
    CHECK(parts.front().delta.from == 1);
    CHECK(parts.front().delta.put.size() == 1);
    CHECK(world.take(device, TopicKind::up_view, wire::encode(view.apply(parts))) == Outcome::applied);

    REQUIRE(world.db->write([&](sql::Tx& tx) {
                        return central::app::view::change(tx, device.id, {{}, {task}});
                    })
                .value());
    world.one().views.changed(device.id);
    parts = next_parts(world, device, 2);
    CHECK(parts.front().delta.remove == std::vector{task});
    answer = view.apply(parts);
    CHECK(answer.hash == parts.front().delta.hash);
    CHECK(world.take(device, TopicKind::up_view, wire::encode(answer)) == Outcome::applied);
    CHECK(world.number("SELECT COUNT(*) FROM view_row") == 1);  // the tombstone is gone
    CHECK(world.number("SELECT view_acked FROM device") == 3);
}

TEST_CASE_TEMPLATE("an answer with another hash brings the whole view", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    ViewOnDevice view;
    world.enrol(device);
    put(world, device, task, core::Bytes(30'000, 1));
    put(world, device, {wire::RowKind::zone, {}}, core::Bytes(30'000, 2));
    world.hello(device);
    auto parts = next_parts(world, device, 0);
    CHECK(parts.size() == 2);  // each at most 48 KiB
    const auto wrong = wire::ViewApplied{2, core::random_id<core::Hash>()};
    CHECK(world.take(device, TopicKind::up_view, wire::encode(wrong)) == Outcome::applied);
    parts = next_parts(world, device, 2);
    CHECK(parts.front().delta.from == 0);
    CHECK(world.take(device, TopicKind::up_view, wire::encode(view.apply(parts))) == Outcome::applied);
    CHECK(world.number("SELECT view_acked FROM device") == 2);
}

TEST_CASE_TEMPLATE("changes that come while a view is on its way reach the handheld with its answer, as deltas", Engine,
                   Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    ViewOnDevice view;
    world.enrol(device);
    put(world, device, task, {1});
    world.hello(device);
    CHECK(world.take(device, TopicKind::up_view, wire::encode(view.apply(next_parts(world, device, 0)))) ==
          Outcome::applied);
    for (std::uint8_t change = 2; change < 5; ++change) {
        put(world, device, task, {change});
        world.one().views.changed(device.id);
    }
    // The handheld answers each delta that it can apply, and what it cannot apply with where it stands.
    std::size_t seen = 1;
    while (view.version < 4) {
        const auto parts = next_parts(world, device, seen);
        seen += parts.size();
        CHECK(parts.front().delta.from != 0);  // never all of it again
        auto answer = wire::ViewApplied{view.version, {}};
        if (parts.front().delta.from == view.version) answer = view.apply(parts);
        world.take(device, TopicKind::up_view, wire::encode(answer));
    }
    CHECK(view.rows.at(task).body == core::Bytes{4});
    CHECK(world.number("SELECT view_acked FROM device") == 4);
}

TEST_CASE_TEMPLATE("a handheld whose answers never fit gets its view again, slower each time", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    put(world, device, task, {1});
    world.hello(device);
    next_parts(world, device, 0);
    const auto answer_wrongly = [&] {
        const wire::ViewApplied wrong{1, core::random_id<core::Hash>()};
        CHECK(world.take(device, TopicKind::up_view, wire::encode(wrong)) == Outcome::applied);
    };
    answer_wrongly();
    next_parts(world, device, 1);  // the first time at once
    answer_wrongly();
    world.one().ingest->tick();
    world.clock.advance(2s);
    world.one().ingest->tick();
    next_parts(world, device, 2);
    answer_wrongly();
    world.clock.advance(2s);
    world.one().ingest->tick();
    answer_wrongly();
    CHECK(world.view_parts(device).size() == 3);
}

TEST_CASE_TEMPLATE("a change goes down without the answer to the one before when that takes long", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    put(world, device, task, {1});
    world.hello(device);
    next_parts(world, device, 0);
    world.clock.advance(6s);
    put(world, device, task, {2});
    world.one().views.changed(device.id);
    CHECK(next_parts(world, device, 1).front().delta.to == 2);
}

TEST_CASE_TEMPLATE("a view without an answer is repeated while the handheld is online, slower each time", Engine,
                   Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    put(world, device, task, {1});
    world.hello(device);
    next_parts(world, device, 0);
    world.one().ingest->tick();
    CHECK(world.view_parts(device).size() == 1);
    world.clock.advance(16s);
    world.one().ingest->tick();
    next_parts(world, device, 1);
    world.clock.advance(16s);
    world.one().ingest->tick();  // 30 s now
    wire::DeviceState gone{false, device.nonce, device.boot, 0};
    CHECK(world.take(device, TopicKind::state, wire::encode(gone)) == Outcome::applied);
    CHECK(world.view_parts(device).size() == 2);
    world.clock.advance(60s);
    world.one().ingest->tick();
    CHECK(world.take(device, TopicKind::state, wire::encode(gone)) == Outcome::applied);
    CHECK(world.view_parts(device).size() == 2);
}

TEST_CASE_TEMPLATE("a lock takes all rows but the policy from the handheld, an unlock brings them back", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device;
    ViewOnDevice view;
    world.enrol(device);
    put(world, device, task, {1});
    world.hello(device);
    world.take(device, TopicKind::up_view, wire::encode(view.apply(next_parts(world, device, 0))));
    const auto lock = [&](bool locked) {
        world.db->write([&](sql::Tx& tx) { return central::app::view::set_locked(tx, device.id, locked); }).value();
        world.one().views.changed(device.id);
        const auto parts = parts_beyond(world, device, view.version);
        CHECK(parts.front().delta.from == 0);
        const auto answer = view.apply(parts);
        CHECK(answer.hash == parts.front().delta.hash);
        CHECK(world.take(device, TopicKind::up_view, wire::encode(answer)) == Outcome::applied);
    };
    lock(true);
    REQUIRE(view.rows.size() == 1);
    CHECK(wire::decode_policy(view.rows.begin()->second.body)->locked);
    lock(false);
    CHECK(view.rows.size() == 2);
}

TEST_CASE_TEMPLATE("a Will of a connection that is over does not make a handheld look gone", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    auto& hub = world.one().hub;
    CHECK(hub.find(device.id)->online);
    const wire::DeviceState stale{false, core::random_id<core::Nonce>(), device.boot, 0};
    CHECK(world.take(device, TopicKind::state, wire::encode(stale)) == Outcome::duplicate);
    CHECK(hub.find(device.id)->online);
    const wire::DeviceState will{false, device.nonce, device.boot, 4};
    CHECK(world.take(device, TopicKind::state, wire::encode(will)) == Outcome::applied);
    CHECK_FALSE(hub.find(device.id)->online);
    CHECK(world.number("SELECT online FROM device") == 0);
    CHECK(world.number("SELECT unacked FROM device") == 4);
}

TEST_CASE_TEMPLATE("a live place is shown at once, only on shift, and saved now and then", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    auto& instance = world.one();
    model::Fix fix;
    fix.time = std::chrono::floor<std::chrono::milliseconds>(world.clock.now());
    fix.place = {55.75, 37.62};
    CHECK(world.take(device, TopicKind::live, wire::encode(fix)) == Outcome::duplicate);  // off shift
    CHECK_FALSE(instance.hub.find(device.id)->position);
    world.take(device, {device.fact(model::ShiftStarted{})}, 1);
    CHECK(world.take(device, TopicKind::live, wire::encode(fix)) == Outcome::applied);
    CHECK(instance.hub.find(device.id)->position->fix == fix.time);
    CHECK(world.take(device, TopicKind::live, wire::encode(fix)) == Outcome::duplicate);
    CHECK(world.number("SELECT COUNT(*) FROM last_position") == 0);
    world.clock.advance(11s);
    instance.ingest->tick();
    CHECK(eventually([&] { return world.number("SELECT COUNT(*) FROM last_position WHERE lat_e7 = 557500000") == 1; }));

    central::app::tracking::LiveHub restarted;
    REQUIRE(central::ingest::fill_hub(*world.db, restarted).ok());
    CHECK(restarted.find(device.id)->position->fix == fix.time);
    CHECK(restarted.find(device.id)->online);
    world.take(device, {device.fact(model::ShiftEnded{})}, 2);
    CHECK_FALSE(instance.hub.find(device.id)->position);
}
