// Stores of sorting, bags and line haul.
#include "central/store/bag_store.hpp"
#include "central/store/site_store.hpp"
#include "central/store/sorting_store.hpp"
#include "central/store/trip_store.hpp"
#include "tests/contract/store_fixture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::central;

namespace {

template <typename Engine>
struct Haul : StoreFixture<Engine> {
    Haul() {
        this->run([&](sql::Tx& tx) {
            for (const auto* id : {"north", "south"}) {
                store::SiteRow site;
                site.id = id;
                site.name = site.name_fold = site.address = id;
                site.created = this->now;
                store::insert_site(tx, site);
            }
        });
    }
    store::BagRow bag(const std::string& id) {
        store::BagRow row;
        row.id = id;
        row.number = "BAG-" + id;
        row.site = "north";
        row.goal = {"depot", "south"};
        row.created = this->now;
        return row;
    }
    store::Packing in(const std::string& bag_id, const std::string& parcel, int second = 0) {
        return {bag_id, parcel, this->now + std::chrono::seconds{second}, "clerk"};
    }
    store::Packing out(const std::string& parcel, const char* why) {
        return {{}, parcel, {}, {}, this->now + std::chrono::minutes{1}, "clerk", why};
    }
    store::TripRow trip(const std::string& id) {
        store::TripRow row;
        row.id = id;
        row.number = "T-" + id;
        row.from = "north";
        row.to = "south";
        row.carrier = "ООО Рейс";
        row.created = this->now;
        row.created_by = "clerk";
        return row;
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a cell has one name per direction of a depot; a parcel was sorted once, the last time", Engine,
                   Sqlite, Postgres) {
    Haul<Engine> f;
    f.run([&](sql::Tx& tx) {
        store::put_cell(tx, "north", {"courier", "anna"}, "12");
        store::put_cell(tx, "north", {"courier", "anna"}, "14");
        store::put_cell(tx, "north", {"back", ""}, "В");
        store::put_cell(tx, "south", {"courier", "anna"}, "1");
        store::put_cell(tx, "north", {"back", ""}, std::nullopt);
        store::put_sorted(tx, {"north", "p", {"none", ""}, f.now, "clerk"});
        store::put_sorted(tx, {"north", "p", {"courier", "anna"}, f.now, "clerk"});
    });
    const auto cells = f.ask([](sql::Tx& tx) { return store::cells_of(tx, "north"); });
    REQUIRE(cells.size() == 1);
    CHECK(cells.begin()->second == "14");
    CHECK(f.ask([](sql::Tx& tx) {
        return tx.one("SELECT COUNT(*) FROM depot_sorted WHERE goal_kind = 'courier'")->template get<std::int64_t>(0);
    }) == 1);
}

TEST_CASE_TEMPLATE("numbers of bags and trips are given once each", Engine, Sqlite, Postgres) {
    Haul<Engine> f;
    f.run([](sql::Tx& tx) {
        CHECK(store::take_haul_number(tx, "bag") == 10'001);
        CHECK(store::take_haul_number(tx, "bag") == 10'002);
        CHECK(store::take_haul_number(tx, "trip") == 10'001);
    });
}

TEST_CASE_TEMPLATE("a parcel is in one bag at a time; what was in it stays written down", Engine, Sqlite, Postgres) {
    Haul<Engine> f;
    f.run([&](sql::Tx& tx) {
        store::insert_bag(tx, f.bag("a"));
        store::insert_bag(tx, f.bag("b"));
        store::put_in_bag(tx, f.in("a", "p"));
        store::put_in_bag(tx, f.in("a", "q", 1));
        const auto second = tx.savepoint([&](sql::Tx& inner) -> core::Status {
            store::put_in_bag(inner, f.in("b", "p"));
            return {};
        });
        CHECK_FALSE(second.ok());
        CHECK(store::bag_of_parcel(tx, "p") == "a");
        CHECK(store::take_out_of_bag(tx, f.out("p", "taken_out")));
        CHECK_FALSE(store::take_out_of_bag(tx, f.out("p", "taken_out")));
        store::put_in_bag(tx, f.in("b", "p", 2));
    });
    f.ask([&](sql::Tx& tx) {
        CHECK(store::bag_contents(tx, "a") == std::vector<std::string>{"q"});
        const auto packings = store::packings_of(tx, "a");
        REQUIRE(packings.size() == 2);
        CHECK(packings[0].out_why == "taken_out");
        CHECK_FALSE(packings[1].out);
        CHECK(store::find_bag(tx, "a")->parcels == 1);
        return 0;
    });
}

TEST_CASE_TEMPLATE("a bag is found by its number, listed where it lies, and keeps its contents when its way is over",
                   Engine, Sqlite, Postgres) {
    Haul<Engine> f;
    f.run([&](sql::Tx& tx) {
        store::insert_bag(tx, f.bag("a"));
        store::put_in_bag(tx, f.in("a", "p"));
        auto bag = *store::lock_bag(tx, "a");
        CHECK(store::bags_at(tx, "north").size() == 1);
        store::take_out_of_bag(tx, f.out("p", "arrived"));
        bag.state = "done";
        bag.site.reset();
        bag.seal = "П-1";
        store::update_bag(tx, bag);
        store::add_bag_event(tx, {"a", "opened", f.now, "clerk"});
        store::add_bag_event(tx, {"a", "closed", f.now, "clerk", "П-1"});
    });
    f.ask([&](sql::Tx& tx) {
        CHECK(store::bags_at(tx, "north").empty());
        const auto bag = store::find_bag_by_number(tx, "BAG-a");
        REQUIRE(bag);
        CHECK(bag->seal == "П-1");
        CHECK(bag->parcels == 1);
        CHECK(store::bag_contents(tx, "a").size() == 1);
        const auto events = store::bag_events(tx, "a");
        REQUIRE(events.size() == 2);
        CHECK(events[1].what == "closed");
        CHECK(events[1].note == "П-1");
        return 0;
    });
}

TEST_CASE_TEMPLATE("trips are listed at both ends, open ones first; the act is kept as it was", Engine, Sqlite,
                   Postgres) {
    Haul<Engine> f;
    f.run([&](sql::Tx& tx) {
        for (const auto* id : {"1", "2"}) store::insert_trip(tx, f.trip(id));
        auto trip = *store::lock_trip(tx, "2");
        trip.state = "closed";
        trip.left = trip.closed = f.now;
        trip.left_by = trip.closed_by = "clerk";
        store::update_trip(tx, trip);
        CHECK_FALSE(store::trip_act(tx, "2"));
        store::keep_trip_act(tx, "2", core::view_of("pdf"));
    });
    f.ask([&](sql::Tx& tx) {
        for (const auto* site : {"north", "south"}) {
            const auto trips = store::trips_at(tx, site, 15);
            REQUIRE(trips.size() == 2);
            CHECK(trips[0].id == "1");
            CHECK(trips[1].closed == f.now);
        }
        CHECK(core::text_of(*store::trip_act(tx, "2")) == "pdf");
        CHECK(store::carrier_of_trip(tx, "1") == "ООО Рейс");
        CHECK_FALSE(store::carrier_of_trip(tx, "9"));
        return 0;
    });
}

TEST_CASE_TEMPLATE("a line of a trip counts as arrived by a handover to its end after it was loaded", Engine, Sqlite,
                   Postgres) {
    Haul<Engine> f;
    const model::Holder end{model::HolderKind::depot, core::random_id<model::HolderId>()};
    const auto story = [&](sql::Tx& tx, const std::string& parcel, int number, const core::EventId& event,
                           const std::optional<model::Holder>& to, bool undone = false) {
        tx.exec(
            "INSERT INTO parcel_event (parcel_id, number, order_id, event_id, type, by_kind, at_us, trust, "
            "received_us, "
            "to_kind, to_id, proofs, effect, doubt, undone, status) VALUES ($1, $2, 'o', $3, 'parcel.handover', "
            "'staff', 0, 'central', 0, $4, $5, '', 'applied', '', $6, 'in_transit')",
            parcel, number, event, to ? model::name_of(to->kind) : "courier", to ? to->id : model::HolderId{}, undone);
    };
    const auto id = [] { return core::random_id<core::EventId>(); };
    f.run([&](sql::Tx& tx) {
        store::insert_trip(tx, f.trip("1"));
        for (const auto* parcel : {"came", "not", "undone", "before"}) {
            const auto loaded = id();
            if (std::string(parcel) == "before") story(tx, parcel, 1, id(), end);
            story(tx, parcel, 2, loaded, {});
            store::put_on_trip(tx, {"1", parcel, "bag", loaded, f.now, "clerk"});
        }
        story(tx, "came", 3, id(), end);
        story(tx, "undone", 3, id(), end, true);
        const auto extra = id();
        story(tx, "extra", 1, extra, end);
        store::put_on_trip(tx, {"1", "extra", std::nullopt, extra, f.now, "clerk", true});
        const auto figures = store::trip_figures(tx, "1", end);
        CHECK(figures.loaded == 4);
        CHECK(figures.bags == 1);
        CHECK(figures.arrived == 1);
        CHECK(figures.extra == 1);
        CHECK(store::trip_missing(tx, "1", end).size() == 3);
        CHECK(store::trip_with(tx, extra)->id == "1");
        store::take_off_trip(tx, extra);
        CHECK_FALSE(store::trip_with(tx, extra));
        CHECK(store::is_on_trip(tx, "1", "not"));
        CHECK_FALSE(store::is_on_trip(tx, "1", "extra"));
        CHECK(store::trip_parcels(tx, "1").size() == 4);
    });
}
