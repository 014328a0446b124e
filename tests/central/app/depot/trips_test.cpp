// Line haul: loading, the way, unloading, and what is missing or too much.
#include "tests/central/app/depot/haul_house.hpp"

using namespace plus7;
using namespace plus7::test;
using model::ParcelStatus;

TEST_CASE_TEMPLATE("bags and loose parcels go from depot to depot: at the depot, in transit, at the other depot",
                   Engine, Sqlite, Postgres) {
    HaulHouse<Engine> h;
    const auto north = h.site, south = h.other_site;
    std::vector<std::string> ids;
    for (const auto* code : {"1", "2", "3"}) ids.push_back(h.here(code));
    const auto bag = h.packed({GoalKind::depot, south}, {"1", "2"});
    const auto trip = h.trip_to(south);
    CHECK(h.send(trip).error().kind == core::ErrorKind::conflict);
    CHECK(h.load(trip, "1").word == Word::in_bag);
    const auto loaded = h.load(trip, bag.number);
    CHECK(loaded.word == Word::bag_loaded);
    CHECK(loaded.bag->moved == 2);
    CHECK(h.load(trip, bag.number).word == Word::loaded_already);
    CHECK(h.load(trip, "3").word == Word::loaded);
    CHECK(h.load(trip, "3").word == Word::loaded_already);
    for (const auto& id : ids) {
        CHECK(h.now_of(id).holder == depot::courier_holder(h.boris));
        CHECK(h.now_of(id).status == ParcelStatus::in_transit);
    }
    CHECK(h.send(trip).ok());
    CHECK(h.load(trip, "3").word == Word::trip_gone);
    h.at(south);
    CHECK(h.unload(trip, bag.number).word == Word::bag_taken);
    auto list = h.list_of(trip);
    CHECK(list.figures.loaded == 3);
    CHECK(list.figures.bags == 1);
    CHECK(list.figures.arrived == 2);
    REQUIRE(list.missing.size() == 1);
    CHECK(list.missing[0].id == ids[2]);
    CHECK(h.unload(trip, "3").word == Word::unloaded);
    CHECK(h.unload(trip, "3").word == Word::here);
    CHECK(h.close(trip).value().state == "closed");
    CHECK(h.list_of(trip).figures.arrived == 3);
    for (const auto& id : ids) CHECK(h.now_of(id).status == ParcelStatus::at_depot);
    CHECK(h.look_in(bag).bag.state == "done");
    CHECK(h.unload(trip, "3").word == Word::trip_closed);
}

TEST_CASE_TEMPLATE("missing and extra: what did not come stays with the driver, what nobody listed is told", Engine,
                   Sqlite, Postgres) {
    HaulHouse<Engine> h;
    const auto south = h.other_site;
    const auto lost = h.here("1");
    h.here("2");
    const auto forgotten = h.here("3");
    const auto trip = h.trip_to(south);
    h.load(trip, "1");
    h.load(trip, "2");
    h.at(south);
    h.unload(trip, "2");  // nobody had sent it off
    CHECK(h.list_of(trip).trip.state == "under_way");
    CHECK(h.unload(trip, "3").word == Word::unloaded_extra);
    CHECK(h.unload(trip, "3").word == Word::here);
    h.close(trip).value();
    const auto list = h.list_of(trip);
    REQUIRE(list.missing.size() == 1);
    CHECK(list.missing[0].id == lost);
    CHECK(list.missing[0].status == ParcelStatus::in_transit);
    REQUIRE(list.extras.size() == 1);
    CHECK(list.extras[0].id == forgotten);
    // Found in the car a day later: an ordinary intake, and the trip knows.
    h.take_in({"1"});
    CHECK(h.list_of(trip).missing.empty());
}

TEST_CASE_TEMPLATE("a scan onto a trip is taken back until it leaves; what the driver gave back is not on the list",
                   Engine, Sqlite, Postgres) {
    HaulHouse<Engine> h;
    const auto one = h.here("1");
    h.here("2");
    h.here("3");
    const auto trip = h.trip_to(h.other_site);
    const auto slip = h.load(trip, "1");
    CHECK(h.undo(slip).ok());
    CHECK(h.now_of(one).status == ParcelStatus::at_depot);
    const auto second = h.load(trip, "2");
    h.load(trip, "3");
    h.take_in({"3"});
    CHECK(h.send(trip).ok());
    CHECK(h.list_of(trip).figures.loaded == 1);
    CHECK(h.undo(second).error().kind == core::ErrorKind::conflict);
}

TEST_CASE_TEMPLATE("a bag for further on travels on; a courier's bag does not go on a trip", Engine, Sqlite, Postgres) {
    HaulHouse<Engine> h;
    const auto south = h.other_site;
    h.going("1", h.point);
    h.here("2");
    h.plan(h.anna);
    const auto to_point = h.packed({GoalKind::point, h.point}, {"1"});
    const auto annas = h.packed({GoalKind::courier, h.anna}, {"2"});
    const auto trip = h.trip_to(south);
    CHECK(h.load(trip, annas.number, true).word == Word::goes_elsewhere);
    CHECK(h.load(trip, to_point.number).word == Word::confirm_bag_goal);
    CHECK(h.load(trip, to_point.number, true).word == Word::bag_loaded);
    h.at(south);
    CHECK(h.unload(trip, to_point.number).word == Word::bag_taken);
    CHECK(h.look_in(to_point).bag.state == "closed");
    CHECK(h.look_in(to_point).bag.site == south);
    const auto next = h.trip_to(h.point);
    CHECK(h.load(next, to_point.number).word == Word::bag_loaded);
}

TEST_CASE_TEMPLATE("a named carrier holds what is on his trip; at a point the clerk's scan is its arrival", Engine,
                   Sqlite, Postgres) {
    HaulHouse<Engine> h;
    const auto parcel = h.going("1", h.point);
    const auto bag = h.packed({GoalKind::point, h.point}, {"1"});
    const auto trip = h.trip_to(h.point, "ООО Рейс");
    h.load(trip, bag.number);
    const auto driver = depot::driver_of(trip);
    CHECK(h.now_of(parcel).holder == driver);
    CHECK(h.now_of(parcel).status == ParcelStatus::in_transit);
    CHECK(h.run([&](sql::Tx& tx) { return store::carrier_of_trip(tx, trip.id); }) == "ООО Рейс");
    // He is no courier: nobody counts him back in the evening, and he is in no plan's way.
    CHECK(h.run([&](sql::Tx& tx) { return store::courier_loads(tx, h.FloorHouse<Engine>::here(), h.site); }).empty());
    CHECK(h.run([](sql::Tx& tx) { return store::carried_parcels(tx); }).empty());
    h.send(trip).value();
    h.handheld_says(h.anna, parcel, driver, {HolderKind::point, {store::row_id(h.point).value}}, 2);
    CHECK(h.now_of(parcel).status == ParcelStatus::arrived_at_point);
    CHECK(h.list_of(trip).figures.arrived == 1);
    CHECK(h.close(trip).ok());
    CHECK(h.look_in(bag).bag.state == "done");
}

TEST_CASE_TEMPLATE("a trip has one driver and another place to go; other depots do not know it", Engine, Sqlite,
                   Postgres) {
    HaulHouse<Engine> h;
    const auto open = [&](const depot::NewTrip& trip) {
        return h.on_floor([&](sql::Tx& tx, const depot::Floor& f) { return depot::open_trip(tx, f, trip); });
    };
    CHECK(open({h.other_site}).error().kind == core::ErrorKind::invalid);
    CHECK(open({h.other_site, h.anna, "ООО Рейс"}).error().kind == core::ErrorKind::invalid);
    CHECK(open({h.site, h.anna}).error().kind == core::ErrorKind::not_found);
    CHECK(open({"nowhere", h.anna}).error().kind == core::ErrorKind::not_found);
    CHECK(open({h.other_site, "nobody"}).error().kind == core::ErrorKind::not_found);
    const auto trip = open({h.other_site, h.anna}).value();
    h.here("1");
    h.load(trip, "1");
    h.send(trip).value();
    CHECK(h.close(trip).error().kind == core::ErrorKind::conflict);  // it ends at the other one
    h.at(h.depot_named("Восточный"));
    CHECK(h.send(trip).error().kind == core::ErrorKind::not_found);
}
