// The outbox: what is due, in whose hands it is, and in which order it goes.
#include "central/store/outbox_store.hpp"

#include "shared/core/random.hpp"
#include "tests/contract/store_fixture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::central;
using namespace std::chrono_literals;

namespace {

template <typename Engine>
struct Outbox : StoreFixture<Engine> {
    store::EffectRow effect(const std::string& key, const std::string& target = "shop") {
        store::EffectRow row;
        row.id = core::random_id<core::EventId>();
        row.destination = "webhook";
        row.target = target;
        row.key = key;
        row.kind = "order.status";
        row.subject = "A-1";
        row.body = "тело\n";
        row.made = row.due = this->now;
        row.give_up = this->now + 48h;
        return row;
    }
    store::EffectRow put(const std::string& key, const std::string& target = "shop") {
        const auto row = effect(key, target);
        this->run([&](sql::Tx& tx) { CHECK(store::insert_effect(tx, row)); });
        return row;
    }
    std::vector<core::EventId> due(core::TimeUs at) {
        std::vector<core::EventId> ids;
        const auto rows = this->run([&](sql::Tx& tx) { return store::due_effects(tx, at, 10); });
        for (const auto& row : rows) ids.push_back(row.id);
        CHECK(this->ask([&](sql::Tx& tx) { return store::has_due_effects(tx, at); }) == !ids.empty());
        return ids;
    }
    core::Nonce lease(const core::EventId& id, core::TimeUs until) {
        const auto nonce = core::random_id<core::Nonce>();
        this->run([&](sql::Tx& tx) { store::lease_effect(tx, id, nonce, this->now, until); });
        return nonce;
    }
};

using Ids = std::vector<core::EventId>;

}  // namespace

TEST_CASE_TEMPLATE("only the first of a key is due, and the next when it is gone", Engine, Sqlite, Postgres) {
    Outbox<Engine> box;
    const auto first = box.put("a"), second = box.put("a");
    CHECK(box.due(box.now - 1us).empty());
    CHECK(box.due(box.now) == Ids{first.id});
    box.run([&](sql::Tx& tx) { CHECK_FALSE(store::insert_effect(tx, first)); });
    CHECK(box.ask([&](sql::Tx& tx) { return store::load_of_target(tx, "shop").waiting; }) == 2);
    box.run([&](sql::Tx& tx) { CHECK(store::remove_effect(tx, first.id)); });
    CHECK(box.due(box.now) == Ids{second.id});
    const auto row = box.run([&](sql::Tx& tx) { return store::lock_effect(tx, second.id).value(); });
    CHECK(row.body == "тело\n");
    CHECK(row.attempts == 0);
    CHECK(row.give_up == box.now + 48h);
}

TEST_CASE_TEMPLATE("what is leased is nobody else's until the lease ends, and only its holder settles it", Engine,
                   Sqlite, Postgres) {
    Outbox<Engine> box;
    const auto effect = box.put("a");
    const auto old = box.lease(effect.id, box.now + 60s);
    CHECK(box.due(box.now + 59s).empty());
    CHECK(box.due(box.now + 60s) == Ids{effect.id});
    const auto fresh = box.lease(effect.id, box.now + 120s);
    box.run([&](sql::Tx& tx) {
        CHECK_FALSE(store::postpone_effect(tx, effect.id, old, box.now, "late"));
        CHECK_FALSE(store::bury_effect(tx, effect.id, old, "late"));
        CHECK(store::postpone_effect(tx, effect.id, fresh, box.now + 5min, "no answer"));
    });
    CHECK(box.due(box.now + 4min).empty());
    CHECK(box.due(box.now + 5min) == Ids{effect.id});
    const auto row = box.run([&](sql::Tx& tx) { return store::lock_effect(tx, effect.id).value(); });
    CHECK(row.attempts == 2);
    CHECK(row.reason == "no answer");
}

TEST_CASE_TEMPLATE("a dead one holds nobody up, is listed page by page, and comes back behind the others", Engine,
                   Sqlite, Postgres) {
    Outbox<Engine> box;
    const auto first = box.put("a"), second = box.put("a");
    const auto other = box.put("b");
    for (const auto* row : {&first, &other}) {
        const auto nonce = box.lease(row->id, box.now + 60s);
        box.run([&](sql::Tx& tx) { CHECK(store::bury_effect(tx, row->id, nonce, "gone")); });
    }
    CHECK(box.due(box.now) == Ids{second.id});
    const auto page = [&](const std::optional<std::pair<core::TimeUs, store::EffectId>>& before) {
        return box.ask([&](sql::Tx& tx) { return store::dead_effects(tx, before, 1); });
    };
    const auto newest = page({});
    REQUIRE(newest.size() == 1);
    const auto oldest = page({{newest[0].made, newest[0].id}});
    REQUIRE(oldest.size() == 1);
    CHECK(newest[0].id != oldest[0].id);
    CHECK(page({{oldest[0].made, oldest[0].id}}).empty());
    CHECK(box.ask([&](sql::Tx& tx) { return store::load_of_target(tx, "shop").dead; }) == 2);
    box.run([&](sql::Tx& tx) { store::revive_effect(tx, first, box.now, box.now + 48h); });
    CHECK(box.due(box.now) == Ids{second.id});
    box.run([&](sql::Tx& tx) { store::remove_effect(tx, second.id); });
    CHECK(box.due(box.now) == Ids{first.id});
    box.run([&](sql::Tx& tx) { store::forget_dead_effects(tx, box.now); });
    CHECK(page({}).size() == 1);
    box.run([&](sql::Tx& tx) { store::forget_dead_effects(tx, box.now + 1us); });
    CHECK(page({}).empty());
    CHECK(box.due(box.now) == Ids{first.id});
}

TEST_CASE_TEMPLATE("nothing is due for a target whose circuit is open", Engine, Sqlite, Postgres) {
    Outbox<Engine> box;
    const auto effect = box.put("a"), other = box.put("b", "another");
    box.run([&](sql::Tx& tx) {
        auto target = store::lock_target(tx, "shop");
        CHECK(target.failures == 0);
        target.failures = 5;
        target.open_until = box.now + 30s;
        target.problem = "no answer";
        store::put_target(tx, target);
    });
    CHECK(box.due(box.now) == Ids{other.id});
    CHECK(box.due(box.now + 30s).size() == 2);
    CHECK(box.ask([&](sql::Tx& tx) { return store::find_target(tx, "shop"); })->problem == "no answer");
    box.run([&](sql::Tx& tx) { store::remove_effects_of(tx, "shop"); });
    CHECK(box.due(box.now + 30s) == Ids{other.id});
    CHECK_FALSE(box.run([&](sql::Tx& tx) { return store::lock_effect(tx, effect.id).has_value(); }));
}

TEST_CASE("on PostgreSQL what one central has in hand is left out by another") {
    Outbox<Postgres> box;
    const auto first = box.put("a"), second = box.put("b");
    const auto mine = box.engine.connect(), theirs = box.engine.connect();
    const auto look = [&](sql::Tx& tx, int limit) { return store::due_effects(tx, box.now, limit); };
    std::size_t others = 0;
    const auto done = mine->transaction([&](sql::Tx& tx) {
        CHECK(look(tx, 1).size() == 1);
        REQUIRE(theirs->transaction([&](sql::Tx& other) { others = look(other, 10).size(); }).ok());
    });
    CHECK(done.ok());
    CHECK(others == 1);
}
