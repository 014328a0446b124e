// Two depots, a point and couriers, with bags and trips between them. Asserts by doctest.
#pragma once
#include "central/app/depot/bag_scan.hpp"
#include "central/app/depot/sorting.hpp"
#include "central/app/depot/trip_scan.hpp"
#include "tests/central/app/depot/floor_house.hpp"

namespace plus7::test {

using depot::Goal;
using depot::GoalKind;

template <typename Engine>
struct HaulHouse : FloorHouse<Engine> {
    std::string anna = this->courier("C-1"), boris = this->courier("C-2");
    std::string point = site_named("Пункт на Лесной", false);

    std::string site_named(const std::string& name, bool is_depot, std::optional<core::LatLon> where = {}) {
        central::app::orders::SiteChange change;
        change.name = name;
        change.address = "ул. Лесная, 3";
        change.where = where;
        return this->run(
            [&](sql::Tx& tx) { return central::app::orders::create_site(tx, is_depot, change, this->now).value().id; });
    }
    // Whatever is done next is done there.
    void at(const std::string& depot_id) { this->site = depot_id; }

    std::string here(const std::string& code) {
        const auto id = this->parcel(code);
        this->take_in({code});
        return id;
    }
    // An order to a point, or to a place on the map; taken in.
    std::string going(const std::string& code, const std::optional<std::string>& to_point,
                      std::optional<core::LatLon> where = {}) {
        const auto id = this->parcel(code);
        this->run([&](sql::Tx& tx) {
            tx.exec("UPDATE customer_order SET point_id = $2, lat_e7 = $3, lon_e7 = $4 WHERE order_id = $1",
                    this->last_order, to_point, store::lat_e7(where), store::lon_e7(where));
        });
        this->take_in({code});
        return id;
    }

    template <typename Fn>
    auto floor(Fn fn) {
        return this->on_floor(fn);
    }
    depot::Scanned sort(const std::string& code) {
        return floor([&](sql::Tx& tx, const depot::Floor& f) { return depot::sort(tx, f, {code}); }).value();
    }
    store::BagRow bag_for(const Goal& goal) {
        return floor([&](sql::Tx& tx, const depot::Floor& f) { return depot::open_bag(tx, f, goal); }).value();
    }
    depot::Scanned put(const store::BagRow& bag, const std::string& code, bool confirmed = false) {
        return floor([&](sql::Tx& tx, const depot::Floor& f) {
                   return depot::put_into_bag(tx, f, bag.id, {code, {}, confirmed});
               })
            .value();
    }
    core::Result<store::BagRow> close(const store::BagRow& bag, std::optional<std::string> seal = {}) {
        return floor([&](sql::Tx& tx, const depot::Floor& f) { return depot::close_bag(tx, f, bag.id, seal); });
    }
    // Closed, with these parcels, which are at the depot.
    store::BagRow packed(const Goal& goal, const std::vector<std::string>& codes) {
        const auto bag = bag_for(goal);
        for (const auto& code : codes) REQUIRE(put(bag, code, true).word == Word::bagged);
        return close(bag).value();
    }
    depot::BagBoard look_in(const store::BagRow& bag) {
        return this->look([&](sql::Tx& tx, const depot::Floor&) { return depot::bag_board(tx, bag.id); });
    }

    store::TripRow trip_to(const std::string& to, std::optional<std::string> carrier = {}) {
        const auto courier = carrier ? std::nullopt : std::optional(boris);
        return floor([&](sql::Tx& tx, const depot::Floor& f) {
                   return depot::open_trip(tx, f, {to, courier, carrier, "А 123 ВС"});
               })
            .value();
    }
    depot::Scanned load(const store::TripRow& trip, const std::string& code, bool confirmed = false) {
        return floor([&](sql::Tx& tx, const depot::Floor& f) {
                   return depot::load(tx, f, trip.id, {code, {}, confirmed});
               })
            .value();
    }
    depot::Scanned unload(const store::TripRow& trip, const std::string& code) {
        return floor([&](sql::Tx& tx, const depot::Floor& f) { return depot::unload(tx, f, trip.id, {code}); }).value();
    }
    core::Result<store::TripRow> send(const store::TripRow& trip) {
        return floor([&](sql::Tx& tx, const depot::Floor& f) { return depot::send_off(tx, f, trip.id); });
    }
    core::Result<store::TripRow> close(const store::TripRow& trip) {
        return floor([&](sql::Tx& tx, const depot::Floor& f) { return depot::close_trip(tx, f, trip.id); });
    }
    depot::TripBoard list_of(const store::TripRow& trip) {
        return this->look([&](sql::Tx& tx, const depot::Floor& f) { return depot::trip_board(tx, f, trip.id); });
    }
    std::int64_t count(const std::string& sql) {
        return this->run([&](sql::Tx& tx) { return tx.one(sql)->template get<std::int64_t>(0); });
    }
};

}  // namespace plus7::test
