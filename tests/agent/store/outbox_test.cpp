#include "agent/store/outbox.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/agent/store/store_rig.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;
using agent::store::Standing;

namespace {

std::vector<core::EventId> append(StoreRig& rig, int count) {
    std::vector<core::EventId> ids;
    for (int i = 0; i < count; ++i) ids.push_back(rig.outbox().append(rig.scan()).value().id);
    return ids;
}

core::Hash hash_at(StoreRig& rig, std::size_t seq) { return hash_of(rig.pending().at(seq - 1)); }

}  // namespace

TEST_CASE("facts are numbered from 1, chained, signed, and say what the app said") {
    StoreRig rig;
    auto act = rig.scan("code");
    act.where = wire::Where{{55.8197, 37.6117}, 4, 250ms};
    act.who.courier = core::random_id<model::CourierId>();
    act.about.parcel = core::random_id<model::ParcelId>();
    const auto first = rig.outbox().append(act);
    REQUIRE(first);
    append(rig, 2);
    const auto records = rig.pending();
    REQUIRE(records.size() == 3);
    CHECK(chain_is_whole(records, rig.key.public_key()));
    const auto fact = fact_of(records[0]);
    CHECK(fact.prev == wire::first_prev(rig.outbox().epoch(), std::nullopt));
    CHECK(fact.id == first->id);
    CHECK(fact.device == rig.device);
    CHECK(fact.epoch == rig.outbox().epoch());
    CHECK(fact.at == act.at);
    CHECK(fact.where == act.where);
    CHECK(fact.who == act.who);
    CHECK(fact.about == act.about);
    CHECK(wire::decode_data<model::Scan>(fact.data)->code == core::copy_of(core::view_of("code")));
}

TEST_CASE("I4: a fact that append returned is in the file, with what the screen shows, for whoever opens it next") {
    StoreRig rig;
    auto act = rig.scan();
    act.notes = {{"scan.last", {1, 2, 3}}};
    const auto saved = rig.outbox().append(act);
    REQUIRE(saved);
    const TempDir copy;  // as it is at this moment on the disk
    for (const std::string file : {"core.db", "core.db-wal"})
        std::filesystem::copy_file(rig.dir.file(file), copy.file(file));
    sql::SqliteOptions options;
    options.path = copy.file("core.db");
    const auto other = sql::SqliteConnection::open(options).value();
    const auto seen = other->snapshot([&](sql::Tx& tx) {
        return tx.one("SELECT 1 FROM fact WHERE event_id = $1", saved->id) && tx.one("SELECT 1 FROM note");
    });
    CHECK(seen.value());
    rig.open();
    CHECK(rig.outbox().note("scan.last") == core::Bytes{1, 2, 3});
    CHECK(rig.outbox().unacked() == 1);
}

TEST_CASE("an act that breaks a rule of the wire is refused, and nothing of it is saved") {
    StoreRig rig;
    auto act = rig.scan();
    act.type = "Not A Type";
    act.notes = {{"scan.last", {1}}};
    const auto refused = rig.outbox().append(act);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == core::ErrorKind::invalid);
    CHECK(rig.outbox().extent().max == 0);
    CHECK_FALSE(rig.outbox().note("scan.last"));
    append(rig, 1);
    CHECK(fact_of(rig.pending()[0]).seq == 1);
}

TEST_CASE("several acts are saved in one: all of them, or none when one breaks a rule") {
    StoreRig rig;
    append(rig, 1);
    std::vector acts{rig.scan(), rig.scan(), rig.scan()};
    acts[0].notes = {{"floor:1", {1}}};
    REQUIRE(rig.outbox().append_all(acts));
    CHECK(rig.outbox().extent().max == 4);
    CHECK(rig.outbox().note("floor:1"));
    acts[0].notes = {{"floor:2", {1}}};
    acts[2].type = "";
    CHECK_FALSE(rig.outbox().append_all(acts));
    CHECK(rig.outbox().extent().max == 4);
    CHECK_FALSE(rig.outbox().note("floor:2"));
}

TEST_CASE("what the app saves along is in the same transaction: its refusal takes the fact back") {
    StoreRig rig;
    const auto refuse = [](core::Tx& tx) -> core::Status {
        tx.exec("INSERT INTO note (name, value) VALUES ('half', x'01')");
        return core::conflict("no");
    };
    CHECK_FALSE(rig.outbox().append(rig.scan(), refuse));
    CHECK(rig.outbox().extent().max == 0);
    CHECK_FALSE(rig.outbox().note("half"));
}

TEST_CASE("pending begins behind what is acked and keeps to bytes and count") {
    StoreRig rig;
    append(rig, 10);
    const auto size = rig.pending()[0].size();
    CHECK(rig.outbox().pending(3 * size + 20, 100).records.size() == 3);
    CHECK(rig.outbox().pending(1, 100).records.size() == 1);
    CHECK(rig.outbox().pending(1 << 20, 4).records.size() == 4);
    REQUIRE(rig.outbox().advance(6, hash_at(rig, 6), rig.central_time()));
    const auto rest = rig.outbox().pending(1 << 20, 100);
    CHECK(rest.first_seq == 7);
    CHECK(rest.records.size() == 4);
    CHECK(rig.outbox().unacked() == 4);
}

TEST_CASE("central's word is compared: agreed, advanced, behind, or from another life") {
    StoreRig rig;
    append(rig, 5);
    const auto three = hash_at(rig, 3);
    const auto five = hash_at(rig, 5);
    CHECK(rig.outbox().compare(0, {}) == Standing::agreed);
    CHECK(rig.outbox().compare(3, three) == Standing::advanced);
    CHECK(rig.outbox().compare(3, five) == Standing::image_old);
    CHECK(rig.outbox().compare(6, five) == Standing::image_old);
    REQUIRE(rig.outbox().advance(5, five, rig.central_time()));
    CHECK(rig.outbox().compare(5, five) == Standing::agreed);
    CHECK(rig.outbox().compare(3, three) == Standing::central_behind);
    CHECK(rig.outbox().compare(3, five) == Standing::image_old);
    CHECK(rig.outbox().compare(0, {}) == Standing::central_behind);
}

TEST_CASE("acked facts stay seven days of central's clock, whatever the device's clock does") {
    StoreRig rig;
    append(rig, 4);
    const auto two = hash_at(rig, 2);
    const auto four = hash_at(rig, 4);
    const auto t = rig.central_time();
    REQUIRE(rig.outbox().advance(2, two, t));
    REQUIRE(rig.outbox().advance(2, two, t + 6 * 24h));
    CHECK(rig.outbox().extent().min == 1);
    REQUIRE(rig.outbox().advance(4, four, t + 8 * 24h));
    CHECK(rig.outbox().extent().min == 3);
    REQUIRE(rig.outbox().advance(4, four, t + 16 * 24h));
    CHECK(rig.outbox().extent() == wire::FactExtent{5, 4, 4, four});
}

TEST_CASE("a child epoch re-sequences what is unacked under the same event ids, and the chain names the parent") {
    StoreRig rig;
    auto ids = append(rig, 5);
    const auto old = rig.outbox().epoch();
    const auto two = hash_at(rig, 2);
    REQUIRE(rig.outbox().advance(2, two, rig.central_time()));
    const auto before = rig.pending();
    REQUIRE(rig.stores->begin_child_epoch(2, two));
    const auto now = rig.outbox().epoch();
    CHECK(now != old);
    CHECK(rig.outbox().ancestors() == std::vector{old});
    const auto after = rig.pending();
    REQUIRE(after.size() == 3);
    CHECK(chain_is_whole(after, rig.key.public_key()));
    CHECK(fact_of(after[0]).prev == wire::first_prev(now, wire::Parent{old, 2, two}));
    for (std::size_t i = 0; i < 3; ++i) {
        auto was = fact_of(before[i]);
        const auto is = fact_of(after[i]);
        CHECK(is.id == ids[i + 2]);
        CHECK(is.seq == i + 1);
        was.epoch = is.epoch;
        was.seq = is.seq;
        was.prev = is.prev;
        CHECK(was == is);
    }
    CHECK(rig.outbox().extent() == wire::FactExtent{1, 0, 3, {}});
    rig.open();
    CHECK(rig.outbox().epoch() == now);
}

TEST_CASE("eight ancestors are named, the parent first") {
    StoreRig rig;
    std::vector<core::Epoch> epochs;
    for (int i = 0; i < 10; ++i) {
        epochs.insert(epochs.begin(), rig.outbox().epoch());
        REQUIRE(rig.outbox().begin_child_epoch(0, {}));
    }
    epochs.resize(8);
    CHECK(rig.outbox().ancestors() == epochs);
}

TEST_CASE("rewinding makes facts pending again, and a pruned part is stated by a fact.gap in its place") {
    StoreRig rig;
    append(rig, 6);
    const auto all = rig.pending();
    const auto t = rig.central_time();
    REQUIRE(rig.outbox().advance(4, hash_of(all[3]), t));
    REQUIRE(rig.outbox().advance(6, hash_of(all[5]), t + 8 * 24h));
    CHECK(rig.outbox().extent().min == 5);
    REQUIRE(rig.outbox().rewind(2, hash_of(all[1]), rig.stamp()));
    const auto gap = rig.outbox().pending(1 << 20, 100);
    REQUIRE(gap.records.size() == 1);  // alone: what follows is not the next number
    CHECK(gap.first_seq == 3);
    const auto fact = fact_of(gap.records[0]);
    CHECK(wire::decode_data<model::FactGap>(fact.data).value() == model::FactGap{3, 4, hash_of(all[1])});
    CHECK(fact.prev == hash_of(all[1]));
    const auto hash = hash_of(gap.records[0]);
    CHECK(rig.outbox().compare(4, hash) == Standing::advanced);
    REQUIRE(rig.outbox().advance(4, hash, t));
    const auto rest = rig.outbox().pending(1 << 20, 100);
    CHECK(rest.first_seq == 5);
    CHECK(rest.records == std::vector{all[4], all[5]});
}

TEST_CASE("server generation and traffic are kept") {
    StoreRig rig;
    const auto gen = core::random_id<core::ServerGen>();
    CHECK_FALSE(rig.outbox().server_gen());
    REQUIRE(rig.outbox().set_server_gen(gen));
    const std::chrono::sys_days day{std::chrono::days{20'000}};
    REQUIRE(rig.outbox().count_bytes(day, 100));
    REQUIRE(rig.outbox().count_bytes(day, 50));
    CHECK(rig.outbox().bytes_sent(day) == 150);
    REQUIRE(rig.outbox().save_count());
    rig.open();
    CHECK(rig.outbox().server_gen() == gen);
    CHECK(rig.outbox().bytes_sent(day) == 150);
    CHECK(rig.outbox().bytes_sent(day + std::chrono::days{1}) == 0);
}

TEST_CASE("the oldest unacked fact tells when its act happened") {
    StoreRig rig;
    CHECK_FALSE(rig.outbox().oldest_unacked());
    append(rig, 1);
    const auto first = rig.stamp();
    rig.time += 1h;
    append(rig, 1);
    CHECK(rig.outbox().oldest_unacked() == first);
}
