// Track, blob and view stores.
#include "central/app/view/view.hpp"
#include "central/store/blob_store.hpp"
#include "central/store/track_store.hpp"
#include "shared/wire/limits.hpp"
#include "tests/contract/store_fixture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::central;
using Ranges = std::vector<wire::SeqRange>;

TEST_CASE_TEMPLATE("received numbers are told as a prefix and ranges, with those that never come", Engine, Sqlite,
                   Postgres) {
    StoreFixture<Engine> f;
    const core::Bytes bytes{7};
    const auto insert = [&](std::vector<std::uint64_t> seqs) {
        std::vector<store::TrackRow> rows;
        for (const auto seq : seqs) rows.push_back({seq, store::track_block, f.now, f.now, 60, bytes, f.now});
        f.run([&](sql::Tx& tx) { store::insert_tracks(tx, f.device, f.epoch, rows); });
    };
    const auto prefix = [&](std::uint64_t from) {
        return f.ask([&](sql::Tx& tx) { return store::track_prefix(tx, f.device, f.epoch, from); });
    };
    const auto ranges = [&](std::uint64_t above) {
        return f.ask([&](sql::Tx& tx) { return store::track_ranges(tx, f.device, f.epoch, above); });
    };
    CHECK(prefix(0) == 0);
    CHECK(ranges(0).empty());
    insert({1, 2, 5, 6, 9});
    CHECK(prefix(0) == 2);
    CHECK(ranges(2) == Ranges{{5, 6}, {9, 9}});
    f.run([&](sql::Tx& tx) { store::insert_never(tx, f.device, f.epoch, {3, 4}); });
    CHECK(prefix(0) == 6);
    CHECK(prefix(2) == 6);
    f.run([&](sql::Tx& tx) { store::insert_never(tx, f.device, f.epoch, {7, 7}); });
    f.run([&](sql::Tx& tx) { store::insert_never(tx, f.device, f.epoch, {7, 8}); });
    f.run([&](sql::Tx& tx) { store::insert_never(tx, f.device, f.epoch, {7, 7}); });
    CHECK(prefix(6) == 9);
    CHECK(f.ask([&](sql::Tx& tx) { return store::track_bytes(tx, f.device, f.epoch, 5, 9); }).size() == 3);

    std::vector<std::uint64_t> many;
    for (std::uint64_t seq = 11; seq < 11 + 2 * 100; seq += 2) many.push_back(seq);
    insert(many);
    CHECK(ranges(9).size() == wire::max_ranges);
    CHECK(ranges(9).back() == wire::SeqRange{209, 209});
    std::vector<std::uint64_t> run;  // longer than a page of the walk
    for (std::uint64_t seq = 210; seq < 1500; ++seq) run.push_back(seq);
    insert(run);
    CHECK(prefix(208) == 1499);
}

TEST_CASE_TEMPLATE("tracks are found by time", Engine, Sqlite, Postgres) {
    StoreFixture<Engine> f;
    const core::Bytes bytes{7};
    const auto minute = std::chrono::minutes{1};
    f.run([&](sql::Tx& tx) {
        store::insert_tracks(tx, f.device, f.epoch,
                             {{1, store::track_block, f.now, f.now + minute, 60, bytes, f.now},
                              {2, store::track_gap, f.now + minute, f.now + 2 * minute, 0, bytes, f.now},
                              {3, store::track_unreadable, f.now, f.now + minute, 0, bytes, f.now}});
    });
    const auto between = [&](core::TimeUs from, core::TimeUs to) {
        return f.ask([&](sql::Tx& tx) { return store::tracks_between(tx, f.device, from, to, 10); }).size();
    };
    CHECK(between(f.now, f.now + minute) == 1);
    CHECK(between(f.now, f.now + 3 * minute) == 2);
    CHECK(between(f.now + 5 * minute, f.now + 6 * minute) == 0);
}

TEST_CASE_TEMPLATE("chunks join across holes and overlaps only when nothing is missing", Engine, Sqlite, Postgres) {
    StoreFixture<Engine> f;
    const auto sha = core::random_id<core::Hash>();
    const core::Bytes a{1, 2, 3}, b{3, 4, 5}, c{6};
    const auto put = [&](std::uint64_t seq, std::uint64_t offset, const core::Bytes& bytes) {
        f.run([&](sql::Tx& tx) {
            store::insert_chunks(tx, f.device, f.epoch, {{seq, core::Hash{}, sha, 6, offset, bytes}}, f.now);
        });
    };
    const auto joined = [&] { return f.ask([&](sql::Tx& tx) { return store::join_chunks(tx, f.device, sha, 6); }); };
    put(1, 0, a);
    put(2, 5, c);
    CHECK(joined() == a);
    CHECK(f.ask([&](sql::Tx& tx) { return store::waiting_bytes(tx, f.device, sha); }) == 4);
    put(3, 2, b);
    CHECK(joined() == core::Bytes{1, 2, 3, 4, 5, 6});
    CHECK(f.ask([&](sql::Tx& tx) { return store::blob_prefix(tx, f.device, f.epoch, 0); }) == 3);
    CHECK(f.ask([&](sql::Tx& tx) { return store::blob_ranges(tx, f.device, f.epoch, 1); }) == Ranges{{2, 3}});
    f.run([&](sql::Tx& tx) { store::spend_chunks(tx, f.device, sha); });
    CHECK(joined().empty());
    CHECK(f.ask([&](sql::Tx& tx) { return store::chunk_hashes(tx, f.device, f.epoch, 1, 9); }).size() == 3);
    CHECK_FALSE(f.ask([&](sql::Tx& tx) { return store::has_blob(tx, sha); }));
    for (int i = 0; i < 2; ++i) f.run([&](sql::Tx& tx) { store::put_blob(tx, sha, a, f.now); });
    CHECK(f.ask([&](sql::Tx& tx) { return store::find_blob(tx, sha); }) == a);
}

TEST_CASE_TEMPLATE("view rows take versions under their device, and tombstones go when they are confirmed", Engine,
                   Sqlite, Postgres) {
    StoreFixture<Engine> f;
    namespace view = app::view;
    const wire::RowKey key{wire::RowKind::task, core::random_id<wire::RowId>()};
    const core::Bytes body{1};
    const auto change = [&](const view::Change& what) {
        return f.run([&](sql::Tx& tx) {
            const auto before = view::head(tx, f.device);
            const auto changed = view::change(tx, f.device, what);
            const auto head = view::head(tx, f.device);
            CHECK(changed == (head != before));
            return head;
        });
    };
    const auto put = [&](const core::Bytes& bytes) { return change({{{key, bytes}}, {}}); };
    CHECK(put(body) == 1);
    CHECK(put(body) == 1);  // the same again is no change
    CHECK(put({2}) == 2);
    CHECK_FALSE(f.run([&](sql::Tx& tx) { return view::take_delta(tx, f.device); }));  // not online
    f.run([&](sql::Tx& tx) { tx.exec("UPDATE device SET online = 1"); });
    const auto delta = f.run([&](sql::Tx& tx) { return view::take_delta(tx, f.device); });
    REQUIRE(delta);
    CHECK(delta->to == 2);
    const auto confirm = [&](std::uint64_t version, const core::Hash& hash) {
        return f.run([&](sql::Tx& tx) { return view::confirm(tx, f.device, {version, hash}); });
    };
    CHECK(confirm(2, delta->hash) == view::Answer::confirmed);
    CHECK(confirm(2, delta->hash) == view::Answer::known);
    CHECK(change({{}, {key}}) == 3);
    CHECK(change({{}, {key}}) == 3);
    const auto gone = f.run([&](sql::Tx& tx) { return view::take_delta(tx, f.device); });
    CHECK(gone->remove == std::vector{key});
    CHECK(gone->hash == core::Hash{});
    CHECK(confirm(3, core::Hash{{9}}) == view::Answer::differs);
    const auto whole = f.run([&](sql::Tx& tx) { return view::take_delta(tx, f.device); });
    CHECK(whole->from == 0);
    CHECK(confirm(3, whole->hash) == view::Answer::confirmed);
    CHECK(number(*f.db, "SELECT COUNT(*) FROM view_row") == 0);
    CHECK(put({3}) == 4);
    CHECK_FALSE(f.run([&](sql::Tx& tx) { return view::change(tx, core::DeviceId::random(), {{{key, body}}, {}}); }));
}

TEST_CASE_TEMPLATE("many rows change together: each that differs takes one version, and others of their kinds may go",
                   Engine, Sqlite, Postgres) {
    StoreFixture<Engine> f;
    namespace view = app::view;
    using wire::RowKind;
    constexpr std::size_t many = 150;  // more than one statement asks for
    view::Rows rows;
    for (std::size_t i = 0; i < many; ++i)
        rows.emplace(wire::RowKey{i % 2 == 0 ? RowKind::task : RowKind::parcel, core::random_id<wire::RowId>()},
                     core::Bytes{1});
    const auto shown = [&] {
        view::Rows now;
        for (const auto& row : f.ask([&](sql::Tx& tx) { return store::live_view_rows(tx, f.device); }))
            now.emplace(row.key, row.body);
        return now;
    };
    const auto head = [&] { return f.run([&](sql::Tx& tx) { return view::head(tx, f.device); }); };
    const auto change = [&](const view::Change& what) {
        return f.run([&](sql::Tx& tx) { return view::change(tx, f.device, what); });
    };
    CHECK(change({rows, {}}));
    CHECK(shown() == rows);
    CHECK(head() == many);
    CHECK_FALSE(change({rows, {}}));
    auto next = rows;
    const auto first = next.begin()->first, last = std::prev(next.end())->first;
    next.erase(last);
    next[first] = {2};
    CHECK(change({next, {last, {RowKind::zone, {}}}}));
    CHECK(shown() == next);
    CHECK(head() == many + 2);

    const auto other = std::pair{wire::RowKey{RowKind::zone, core::random_id<wire::RowId>()}, core::Bytes{7}};
    CHECK(change({{other}, {}}));
    const auto parcels_only = [](RowKind kind) { return kind == RowKind::parcel; };
    const auto replace = [&](const view::Rows& wanted) {
        return f.run([&](sql::Tx& tx) { return view::replace(tx, f.device, parcels_only, wanted); });
    };
    view::Rows kept{
        *std::find_if(next.begin(), next.end(), [&](const auto& row) { return parcels_only(row.first.kind); })};
    CHECK(replace(kept));
    CHECK_FALSE(replace(kept));
    std::erase_if(next, [&](const auto& row) { return parcels_only(row.first.kind) && !kept.count(row.first); });
    next.insert(other);
    CHECK(shown() == next);
    const auto versions = f.ask([&](sql::Tx& tx) { return store::live_view_rows(tx, f.device); });
    std::set<std::uint64_t> taken;
    for (const auto& row : versions) taken.insert(row.version);
    CHECK(taken.size() == versions.size());
    CHECK_FALSE(f.run([&](sql::Tx& tx) { return view::replace(tx, core::DeviceId::random(), parcels_only, rows); }));
}

TEST_CASE_TEMPLATE("what a device says of its view when it greets decides between delta and snapshot", Engine, Sqlite,
                   Postgres) {
    StoreFixture<Engine> f;
    namespace view = app::view;
    const auto acked_after = [&](std::uint64_t version) {
        f.run([&](sql::Tx& tx) {
            store::set_view_head(tx, f.device, 9);
            store::set_view_acked(tx, f.device, 5, core::Hash{{5}});
            store::set_view_sent(tx, f.device, 7, core::Hash{{7}});
            return view::greet(tx, f.device, version);
        });
        return f.run([&](sql::Tx& tx) { return store::lock_view(tx, f.device)->acked; });
    };
    CHECK(acked_after(5) == 5);
    CHECK(acked_after(7) == 5);   // the answer was lost
    CHECK(acked_after(4) == 0);   // it lost its view
    CHECK(acked_after(12) == 0);  // central was restored
}
