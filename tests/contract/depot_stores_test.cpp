// Stores of the depot's floor: unexpected codes, counts, acts.
#include "central/store/courier_store.hpp"
#include "central/store/depot_store.hpp"
#include "central/store/site_store.hpp"
#include "tests/contract/store_fixture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::central;

namespace {

template <typename Engine>
struct Depot : StoreFixture<Engine> {
    Depot() {
        this->run([&](sql::Tx& tx) {
            store::SiteRow site;
            site.id = "site";
            site.name = site.name_fold = site.address = "x";
            site.created = this->now;
            store::insert_site(tx, site);
            for (const auto* id : {"anna", "boris"}) {
                store::CourierRow courier;
                courier.id = courier.code = courier.name = courier.name_fold = id;
                courier.created = this->now;
                CHECK(store::insert_courier(tx, courier));
            }
        });
    }
    store::ExtraRow extra(const std::string& id, const std::string& code, std::optional<std::string> registry) {
        store::ExtraRow row;
        row.id = id;
        row.site = "site";
        row.registry = registry;
        row.code = code;
        row.staff = "clerk";
        row.scanned = this->now;
        return row;
    }
    void counted(sql::Tx& tx, const std::string& id, const std::string& courier, std::chrono::seconds after) {
        store::CountRow count;
        count.id = id;
        count.site = "site";
        count.courier = courier;
        count.opened = this->now;
        count.opened_by = "clerk";
        store::insert_count(tx, count);
        count.closed = this->now + after;
        count.closed_by = "clerk";
        count.expected = 3;
        count.counted = 2;
        count.reason = "потерял";
        store::close_count(tx, count);
    }
};

}  // namespace

TEST_CASE_TEMPLATE("an unexpected code is found by its registry, or by its depot without one, until it is taken back",
                   Engine, Sqlite, Postgres) {
    Depot<Engine> f;
    const auto event = core::random_id<core::EventId>();
    f.run([&](sql::Tx& tx) {
        store::insert_extra(tx, f.extra("a", "777", "r"));
        store::insert_extra(tx, f.extra("b", "777", {}));
        auto taken = f.extra("c", "888", "r");
        taken.parcel = "p";
        taken.event = event;
        store::insert_extra(tx, taken);
        store::note_extra(tx, "a", "мокрая");
    });
    f.ask([&](sql::Tx& tx) {
        CHECK(store::find_extra_code(tx, "site", "r", "777")->id == "a");
        CHECK(store::find_extra_code(tx, "site", {}, "777")->id == "b");
        CHECK_FALSE(store::find_extra_code(tx, "site", "other", "777"));
        CHECK(store::find_extra(tx, "a")->note == "мокрая");
        CHECK(store::extras_of(tx, "r").size() == 2);
        CHECK(store::extras_of(tx, "r")[1].event == event);
        return 0;
    });
    f.run([&](sql::Tx& tx) {
        store::take_back_extra(tx, "a");
        store::take_back_extra_of(tx, event);
    });
    CHECK(f.ask([](sql::Tx& tx) { return store::extras_of(tx, "r").size(); }) == 0);
    CHECK_FALSE(f.ask([](sql::Tx& tx) { return store::find_extra(tx, "a"); }));
}

TEST_CASE_TEMPLATE("one count of a courier is open at a depot; closed ones are read page by page, newest first", Engine,
                   Sqlite, Postgres) {
    Depot<Engine> f;
    f.run([&](sql::Tx& tx) {
        f.counted(tx, "1", "anna", std::chrono::seconds{1});
        f.counted(tx, "2", "boris", std::chrono::seconds{2});
        f.counted(tx, "3", "anna", std::chrono::seconds{2});
        CHECK_FALSE(store::lock_open_count(tx, "site", "anna"));
        store::CountRow open;
        open.id = "4";
        open.site = "site";
        open.courier = "anna";
        open.opened_by = "clerk";
        store::insert_count(tx, open);
        const auto second = tx.savepoint([&](sql::Tx& inner) -> core::Status {
            open.id = "5";
            store::insert_count(inner, open);
            return {};
        });
        CHECK_FALSE(second.ok());
    });
    f.ask([&](sql::Tx& tx) {
        CHECK(store::find_open_count(tx, "site", "anna")->id == "4");
        const auto page = store::closed_counts(tx, "site", {}, 2);
        REQUIRE(page.size() == 2);
        CHECK(page[0].id == "3");
        CHECK(page[0].reason == "потерял");
        const auto rest = store::closed_counts(tx, "site", std::pair{*page[1].closed, page[1].id}, 2);
        REQUIRE(rest.size() == 1);
        CHECK(rest[0].id == "1");
        return 0;
    });
}

TEST_CASE_TEMPLATE("a scan counts a line of its count, until it is taken back", Engine, Sqlite, Postgres) {
    Depot<Engine> f;
    const auto event = core::random_id<core::EventId>();
    f.run([&](sql::Tx& tx) {
        f.counted(tx, "1", "anna", std::chrono::seconds{1});
        store::put_count_line(tx, "1", {"p", std::nullopt, false});
        store::put_count_line(tx, "1", {"p", event, false});
        store::put_count_line(tx, "1", {"q", std::nullopt, true});
    });
    const auto lines = f.ask([](sql::Tx& tx) { return store::count_lines(tx, "1"); });
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].event == event);
    CHECK(lines[1].missing);
    CHECK(f.ask([&](sql::Tx& tx) { return store::count_with(tx, event); })->id == "1");
    f.run([&](sql::Tx& tx) { store::uncount(tx, event); });
    CHECK_FALSE(f.ask([&](sql::Tx& tx) { return store::count_with(tx, event); }));
}

TEST_CASE_TEMPLATE("of several acts of a registry the newest is shown", Engine, Sqlite, Postgres) {
    Depot<Engine> f;
    CHECK_FALSE(f.ask([](sql::Tx& tx) { return store::newest_act(tx, "r"); }));
    f.run([&](sql::Tx& tx) {
        store::insert_act(tx, "1", "r", f.now, "clerk", core::view_of("first"));
        store::insert_act(tx, "2", "r", f.now + std::chrono::seconds{1}, "clerk", core::view_of("second"));
    });
    const auto newest = f.ask([](sql::Tx& tx) { return store::newest_act(tx, "r").value(); });
    CHECK(core::text_of(newest) == "second");
}
