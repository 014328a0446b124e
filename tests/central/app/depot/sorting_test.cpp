// Sorting: where a parcel goes next, in which cell that stands, and what was sorted.
#include "central/store/tariff_store.hpp"
#include "central/store/zone_store.hpp"
#include "tests/central/app/depot/haul_house.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

constexpr core::LatLon north{55.90, 37.60}, south{55.40, 37.60}, beside_south{55.41, 37.61};

template <typename Engine>
struct Sorting : HaulHouse<Engine> {
    Sorting() {
        this->site = this->site_named("Северный на карте", true, north);
        this->other_site = this->site_named("Южный на карте", true, south);
    }
    std::vector<depot::Bin> bins() {
        return this->look([](sql::Tx& tx, const depot::Floor& f) -> core::Result<std::vector<depot::Bin>> {
            return depot::bins(tx, f);
        });
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a parcel goes to whom it is planned for, else to the depot beside its address, else to its point",
                   Engine, Sqlite, Postgres) {
    Sorting<Engine> s;
    s.here("1");
    s.plan(s.anna);
    s.going("2", {}, beside_south);
    s.going("3", s.point, north);
    s.going("4", s.point, beside_south);
    s.here("5");
    CHECK(s.sort("1").word == Word::sorted);
    CHECK(s.sort("1").goal == Goal{GoalKind::courier, s.anna});
    CHECK(s.sort("1").place == 1);
    CHECK(s.sort("2").goal == Goal{GoalKind::depot, s.other_site});
    CHECK(s.sort("3").goal == Goal{GoalKind::point, s.point});
    CHECK(s.sort("4").goal == Goal{GoalKind::depot, s.other_site});
    const auto nobodys = s.sort("5");
    CHECK(nobodys.word == Word::sorted_unplanned);
    CHECK(nobodys.goal == Goal{});
}

TEST_CASE_TEMPLATE("the depot of the zone serves an address, also when another one is nearer, as long as both are open",
                   Engine, Sqlite, Postgres) {
    Sorting<Engine> s;
    s.going("1", {}, beside_south);
    CHECK(s.sort("1").goal == Goal{GoalKind::depot, s.other_site});
    const auto far = s.depot_named("Дальний");  // has no place on the map
    const auto order = s.last_order;
    s.run([&](sql::Tx& tx) {
        store::ZoneRow zone;
        zone.id = "00000000-0000-4000-8000-000000000007";
        zone.name = zone.name_fold = "юг";
        zone.depot = far;
        store::insert_zone(tx, zone);
        store::OrderPriceRow price;
        price.order = order;
        price.zone = zone.id;
        store::put_order_price(tx, price);
    });
    CHECK(s.sort("1").goal == Goal{GoalKind::depot, far});
    s.run([&](sql::Tx& tx) {
        central::app::orders::SiteChange closed;
        closed.open = false;
        central::app::orders::change_site(tx, far, closed).value();
    });
    CHECK(s.sort("1").goal == Goal{GoalKind::depot, s.other_site});
}

TEST_CASE_TEMPLATE("what another depot expects goes there; called off and damaged parcels are set aside", Engine,
                   Sqlite, Postgres) {
    Sorting<Engine> s;
    const auto foreign = s.here("1"), broken = s.here("2");
    s.registry("R-1", {foreign}, s.other_site);
    s.on_floor([&](sql::Tx& tx, const depot::Floor& f) { return depot::note_damage(tx, f, broken, "мокрая"); }).value();
    s.here("3");
    s.run([&](sql::Tx& tx) { central::app::orders::cancel(tx, s.who(), s.last_order, "передумал").value(); });
    CHECK(s.sort("1").goal == Goal{GoalKind::depot, s.other_site});
    CHECK(s.sort("2").word == Word::sorted_damaged);
    CHECK(s.sort("3").word == Word::sorted_back);
}

TEST_CASE_TEMPLATE("sorting is no custody event, and refuses what is not here", Engine, Sqlite, Postgres) {
    Sorting<Engine> s;
    s.here("1");
    s.parcel("2");
    const auto before = s.count("SELECT COUNT(*) FROM parcel_event");
    s.sort("1");
    CHECK(s.sort("2").word == Word::not_here);
    CHECK(s.sort("nothing").word == Word::no_such_code);
    CHECK(s.count("SELECT COUNT(*) FROM parcel_event") == before);
    s.hand_out({"1", {}, true}, s.anna);
    const auto gone = s.sort("1");
    CHECK(gone.word == Word::not_here);
    CHECK(gone.holder == depot::courier_holder(s.anna));
}

TEST_CASE_TEMPLATE("each direction counts what lies here and what of it was sorted; a changed plan is sorted anew",
                   Engine, Sqlite, Postgres) {
    Sorting<Engine> s;
    s.here("1");
    s.plan(s.anna);
    s.here("2");
    s.plan(s.anna);
    s.sort("1");
    s.sort("1");
    auto bins = s.bins();
    REQUIRE(bins.size() == 1);
    CHECK(bins[0].goal == Goal{GoalKind::courier, s.anna});
    CHECK(bins[0].parcels == 2);
    CHECK(bins[0].sorted == 1);
    s.sort("2");
    s.plan(s.boris);  // the order of parcel 2
    bins = s.bins();
    REQUIRE(bins.size() == 2);
    for (const auto& bin : bins) CHECK(bin.sorted == (bin.goal.id == s.anna ? 1 : 0));
}

TEST_CASE_TEMPLATE("a cell is named for a direction, renamed and forgotten", Engine, Sqlite, Postgres) {
    Sorting<Engine> s;
    const auto name = [&](const Goal& goal, std::optional<std::string> cell) {
        return s.on_floor([&](sql::Tx& tx, const depot::Floor& f) { return depot::name_cell(tx, f, goal, cell); });
    };
    CHECK(name({GoalKind::courier, s.anna}, "12").ok());
    CHECK(name({GoalKind::courier, s.anna}, "14").ok());
    CHECK(name({GoalKind::back, {}}, "Возврат").ok());
    CHECK_FALSE(name({GoalKind::courier, "nobody"}, "1").ok());
    CHECK_FALSE(name({GoalKind::depot, s.site}, "1").ok());
    CHECK_FALSE(name({GoalKind::back, s.anna}, "1").ok());
    auto bins = s.bins();
    REQUIRE(bins.size() == 2);
    CHECK(std::any_of(bins.begin(), bins.end(), [](const depot::Bin& bin) { return bin.cell == "14"; }));
    CHECK(name({GoalKind::courier, s.anna}, {}).ok());
    CHECK(s.bins().size() == 1);
}
