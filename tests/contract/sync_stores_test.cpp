// Connection, epoch, record, event, quarantine and case stores.
#include "central/store/case_store.hpp"
#include "central/store/connection_store.hpp"
#include "central/store/epoch_store.hpp"
#include "central/store/event_store.hpp"
#include "central/store/quarantine_store.hpp"
#include "central/store/record_store.hpp"
#include "central/store/server_store.hpp"
#include "tests/contract/store_fixture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::central;

TEST_CASE_TEMPLATE("the server's generation is made once and stays", Engine, Sqlite, Postgres) {
    StoreFixture<Engine> f;
    const auto first = f.run([&](sql::Tx& tx) { return store::server_gen(tx, f.now); });
    CHECK_FALSE(first.is_zero());
    CHECK(f.run([&](sql::Tx& tx) { return store::server_gen(tx, f.now); }) == first);
}

TEST_CASE_TEMPLATE("a greeting sets the connection of now, presence changes it", Engine, Sqlite, Postgres) {
    StoreFixture<Engine> f;
    store::Greeting greeting;
    greeting.nonce = core::random_id<core::Nonce>();
    greeting.boot = core::random_id<core::BootId>();
    greeting.agent_version = "1.2";
    greeting.at = f.now;
    f.run([&](sql::Tx& tx) { store::connected(tx, f.device, greeting); });
    greeting.agent_version.reset();
    f.run([&](sql::Tx& tx) { store::connected(tx, f.device, greeting); });
    const auto find = [&] { return f.ask([&](sql::Tx& tx) { return store::find_connection(tx, f.device); }); };
    CHECK(find()->online);
    CHECK(find()->nonce == greeting.nonce);
    CHECK(find()->boot == greeting.boot);
    CHECK_FALSE(find()->unacked);
    CHECK(f.ask([](sql::Tx& tx) { return tx.one("SELECT agent_version FROM device")->template get<std::string>(0); }) ==
          "1.2");
    f.run([&](sql::Tx& tx) { store::set_presence(tx, f.device, false, 7, f.now); });
    CHECK_FALSE(find()->online);
    CHECK(find()->unacked == 7);
    f.run([&](sql::Tx& tx) { store::set_presence(tx, f.device, true, 0, f.now); });
    CHECK(f.run([](sql::Tx& tx) { return store::all_offline(tx); }) == 1);
    CHECK(f.run([](sql::Tx& tx) { return store::all_offline(tx); }) == 0);
    CHECK(f.ask([](sql::Tx& tx) { return store::all_standings(tx); }).size() == 1);
    const auto nobody = core::DeviceId::random();
    CHECK_FALSE(f.ask([&](sql::Tx& tx) { return store::find_connection(tx, nobody); }));
}

TEST_CASE_TEMPLATE("record keys rotate, old ones stay known", Engine, Sqlite, Postgres) {
    StoreFixture<Engine> f;
    const auto a = core::random_id<core::PublicKey>(), b = core::random_id<core::PublicKey>();
    f.run([&](sql::Tx& tx) { store::rotate_record_key(tx, f.device, a, f.now); });
    f.run([&](sql::Tx& tx) { store::rotate_record_key(tx, f.device, b, f.now + std::chrono::hours{1}); });
    CHECK(f.ask([&](sql::Tx& tx) { return store::record_keys(tx, f.device); }).size() == 2);
    CHECK(f.run([&](sql::Tx& tx) { return store::lock_connection(tx, f.device)->record_key; }) == b);
    CHECK(number(*f.db, "SELECT COUNT(*) FROM device_key WHERE until_us IS NULL") == 1);
}

TEST_CASE_TEMPLATE("an epoch keeps its cursors, its parent and its phase", Engine, Sqlite, Postgres) {
    StoreFixture<Engine> f;
    store::EpochRow row(f.device, f.epoch);
    row.parent = core::random_id<core::Epoch>();
    row.parent_upto = 5;
    row.parent_hash = core::random_id<core::Hash>();
    row.opened = f.now;
    f.run([&](sql::Tx& tx) { store::insert_epoch(tx, row); });
    row.fact_upto = 9;
    row.fact_hash = core::random_id<core::Hash>();
    row.track_upto = 4;
    row.blob_upto = 2;
    f.run([&](sql::Tx& tx) {
        store::move_facts(tx, row);
        store::move_tracks(tx, row);
        store::move_blobs(tx, row);
        store::set_phase(tx, f.device, f.epoch, store::EpochPhase::frozen);
    });
    const auto found = f.run([&](sql::Tx& tx) { return store::lock_epoch(tx, f.device, f.epoch); });
    REQUIRE(found);
    CHECK(found->parent == row.parent);
    CHECK(found->parent_upto == 5);
    CHECK(found->parent_hash == row.parent_hash);
    CHECK(found->fact_upto == 9);
    CHECK(found->fact_hash == row.fact_hash);
    CHECK(found->track_upto == 4);
    CHECK(found->blob_upto == 2);
    CHECK(found->phase == store::EpochPhase::frozen);
    CHECK(found->device_state == "enrolled");
    CHECK(f.ask([&](sql::Tx& tx) { return store::epochs_of(tx, f.device); }).size() == 1);
    CHECK_FALSE(f.ask([&](sql::Tx& tx) { return store::find_epoch(tx, f.device, core::Epoch{}); }));
}

TEST_CASE_TEMPLATE("records are found by number, and disputed ones are kept once each", Engine, Sqlite, Postgres) {
    StoreFixture<Engine> f;
    const core::Bytes bytes{0x82, 0x00, 0xff};
    const auto hash = core::random_id<core::Hash>();
    f.run([&](sql::Tx& tx) {
        store::insert_facts(
            tx, f.device, f.epoch,
            {{3, hash, core::random_id<core::EventId>(), "", bytes}, {4, core::Hash{}, {}, "poison", bytes}}, f.now);
    });
    const auto found = f.ask([&](sql::Tx& tx) { return store::fact_hashes(tx, f.device, f.epoch, 1, 3); });
    CHECK(found == std::map<std::uint64_t, core::Hash>{{3, hash}});
    const store::DisputedRow row{f.device, f.epoch, wire::Lane::fact, 3, core::Hash{{1}}, bytes, "fork", f.now};
    CHECK(f.run([&](sql::Tx& tx) { return store::keep_disputed(tx, row); }));
    CHECK_FALSE(f.run([&](sql::Tx& tx) { return store::keep_disputed(tx, row); }));
    // A number that is there already is a broken rule, not a second row.
    CHECK_FALSE(f.db->write([&](sql::Tx& tx) {
                        store::insert_facts(tx, f.device, f.epoch, {{3, hash, {}, "", bytes}}, f.now);
                    })
                    .ok());
}

TEST_CASE_TEMPLATE("an event id is claimed once; subjects number their events without holes", Engine, Sqlite,
                   Postgres) {
    StoreFixture<Engine> f;
    store::EventRow a(core::random_id<core::EventId>(), f.device), b(core::random_id<core::EventId>(), f.device);
    a.seq = 1;
    b.seq = 2;
    auto again = a;
    again.seq = 3;
    CHECK(f.run([&](sql::Tx& tx) { return store::claim_events(tx, {a, b, again}); }) == 2);
    CHECK(f.run([&](sql::Tx& tx) { return store::claim_events(tx, {again}); }) == 0);
    CHECK(f.ask([&](sql::Tx& tx) { return store::find_event(tx, a.id); })->seq == 1);
    CHECK(f.run([](sql::Tx& tx) { return store::claim_events(tx, {}); }) == 0);
    const store::Subject device{"device", f.device.text()}, shift{"shift", "x"};
    CHECK(f.run([&](sql::Tx& tx) { return store::take_subject_seqs(tx, device, 2); }) == 1);
    CHECK(f.run([&](sql::Tx& tx) { return store::take_subject_seqs(tx, device, 3); }) == 3);
    CHECK(f.run([&](sql::Tx& tx) { return store::take_subject_seqs(tx, shift, 1); }) == 1);
    const core::Bytes bytes{1};
    f.run([&](sql::Tx& tx) {
        store::insert_facts(tx, f.device, core::Epoch{}, {{1, {}, a.id, "", bytes}, {2, {}, b.id, "after_gap", bytes}},
                            f.now);
        store::append_log(tx, {{device, 2, b.id, "device", f.now, bytes},
                               {device, 1, a.id, "device", f.now, bytes},
                               {shift, 1, a.id, "device", f.now, bytes}});
    });
    std::vector<std::string> replayed;
    f.ask([&](sql::Tx& tx) {
        replayed.clear();
        store::each_logged_fact(
            tx, [&](const store::LoggedFact& fact) { replayed.push_back(std::to_string(fact.seq) + fact.flags); });
        return true;
    });
    CHECK(replayed == std::vector<std::string>{"1", "2after_gap"});
}

TEST_CASE_TEMPLATE("attempts are counted and forgotten, cases are opened once", Engine, Sqlite, Postgres) {
    StoreFixture<Engine> f;
    const store::AttemptRow row{f.device, f.epoch, wire::Lane::track, 5, 2, 0};
    for (int i = 0; i < 2; ++i) f.run([&](sql::Tx& tx) { store::count_attempt(tx, row); });
    const auto rows = f.ask([](sql::Tx& tx) { return store::attempts(tx); });
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].tries == 2);
    CHECK(rows[0].lane == wire::Lane::track);
    f.run([&](sql::Tx& tx) { store::forget_attempt(tx, row); });
    CHECK(f.ask([](sql::Tx& tx) { return store::attempts(tx); }).empty());

    const core::Bytes bytes{0xff};
    f.run([&](sql::Tx& tx) { store::quarantine(tx, {f.device, "t", f.epoch, 5, "why", bytes, f.now}); });
    f.run([&](sql::Tx& tx) { store::quarantine(tx, {{}, "t", {}, {}, "why", bytes, f.now}); });
    CHECK(number(*f.db, "SELECT COUNT(*) FROM quarantine") == 2);

    const store::CaseRow fork{"fork", "x", f.device, "{}", f.now};
    CHECK(f.run([&](sql::Tx& tx) { return store::open_case(tx, fork); }));
    CHECK_FALSE(f.run([&](sql::Tx& tx) { return store::open_case(tx, fork); }));
    CHECK(f.ask([&](sql::Tx& tx) { return store::open_case_kinds(tx, f.device); }) == std::vector<std::string>{"fork"});
}
