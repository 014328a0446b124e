#include "central/app/depot/trips.hpp"

#include <set>

#include "central/app/depot/bag_scan.hpp"
#include "central/app/depot/sorting.hpp"
#include "central/store/task_view.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::depot {
namespace {

using model::HolderKind;

core::Result<store::TripRow> own(const Floor& floor, std::optional<store::TripRow> trip) {
    if (!trip || (trip->from != floor.site && trip->to != floor.site)) return core::not_found("no such trip");
    return std::move(*trip);
}

model::Holder holder_of(const Goal& end) {
    return {end.kind == GoalKind::point ? HolderKind::point : HolderKind::depot, {store::row_id(end.id).value}};
}

std::vector<store::FloorParcel> parcels_of(core::Tx& tx, const std::vector<std::string>& ids) {
    std::vector<store::FloorParcel> all;
    for (const auto& id : ids)
        if (auto parcel = store::find_floor_parcel(tx, id)) all.push_back(std::move(*parcel));
    return all;
}

// Bags that a clerk of the point unpacks by scanning what is in them.
void finish_bags(core::Tx& tx, const Floor& floor, const store::TripRow& trip) {
    std::set<std::string> bags;
    for (const auto& line : store::trip_parcels(tx, trip.id))
        if (line.bag) bags.insert(*line.bag);
    for (const auto& id : bags)
        if (auto bag = store::lock_bag(tx, id); bag && bag->state != "done" && !bag->site)
            finish_bag(tx, floor, std::move(*bag), "arrived");
}

}  // namespace

core::Result<store::TripRow> lock_trip(core::Tx& tx, const Floor& floor, const std::string& id) {
    return own(floor, store::lock_trip(tx, id));
}

Goal end_of(core::Tx& tx, const store::TripRow& trip) {
    const auto site = store::find_site(tx, trip.to);
    return {site && !site->is_depot ? GoalKind::point : GoalKind::depot, trip.to};
}

void leave(core::Tx& tx, const Floor& floor, store::TripRow& trip) {
    const auto driver = driver_of(trip);
    for (const auto& line : store::trip_parcels(tx, trip.id))
        if (store::find_custody(tx, line.parcel)->custody.holder != driver) store::take_off_trip(tx, line.event);
    trip.state = "under_way";
    trip.left = floor.who.now;
    trip.left_by = floor.who.staff;
    store::update_trip(tx, trip);
}

model::Holder driver_of(const store::TripRow& trip) { return courier_holder(trip.courier.value_or(trip.id)); }

bool goes_from(const store::TripRow& trip, const Floor& floor) { return trip.from == floor.site; }

core::Result<store::TripRow> open_trip(core::Tx& tx, const Floor& floor, const NewTrip& asked) {
    if (asked.courier.has_value() == asked.carrier.has_value())
        return core::invalid("courier: either a courier of ours or a carrier's name");
    const auto to = store::find_site(tx, asked.to);
    if (!to) return core::not_found("no such depot or point to send to");
    const Goal goal{to->is_depot ? GoalKind::depot : GoalKind::point, asked.to};
    if (const auto good = check_goal(tx, floor, goal); !good) return good.error();
    if (asked.courier)
        if (const auto good = check_goal(tx, floor, {GoalKind::courier, *asked.courier}); !good) return good.error();
    store::TripRow trip;
    trip.id = core::new_uuid_text(floor.who.now);
    trip.number = "T-" + std::to_string(store::take_haul_number(tx, "trip"));
    trip.from = floor.site;
    trip.to = asked.to;
    trip.courier = asked.courier;
    trip.carrier = asked.carrier;
    trip.vehicle = asked.vehicle;
    trip.created = floor.who.now;
    trip.created_by = floor.staff();
    store::insert_trip(tx, trip);
    return trip;
}

core::Result<store::TripRow> send_off(core::Tx& tx, const Floor& floor, const std::string& id) {
    auto trip = lock_trip(tx, floor, id);
    if (!trip) return trip;
    if (!goes_from(*trip, floor)) return core::conflict("the trip goes from another depot: it is sent off there");
    if (trip->state != "loading") return core::conflict("the trip has left");
    leave(tx, floor, *trip);
    if (store::trip_parcels(tx, id).empty()) return core::conflict("nothing is loaded: scan bags or parcels first");
    return trip;
}

core::Result<store::TripRow> close_trip(core::Tx& tx, const Floor& floor, const std::string& id) {
    auto trip = lock_trip(tx, floor, id);
    if (!trip) return trip;
    const bool to_point = end_of(tx, *trip).kind == GoalKind::point;
    if (to_point != goes_from(*trip, floor)) return core::conflict("the trip is closed at the depot where it ends");
    if (trip->state == "loading") return core::conflict("the trip has not left: send it off first");
    if (trip->state == "closed") return core::conflict("the trip is closed");
    trip->state = "closed";
    trip->closed = floor.who.now;
    trip->closed_by = floor.who.staff;
    store::update_trip(tx, *trip);
    if (to_point) finish_bags(tx, floor, *trip);
    return trip;
}

store::TripFigures figures_of(core::Tx& tx, const store::TripRow& trip) {
    return store::trip_figures(tx, trip.id, holder_of(end_of(tx, trip)));
}

core::Result<TripBoard> trip_board(core::Tx& tx, const Floor& floor, const std::string& id) {
    auto trip = own(floor, store::find_trip(tx, id));
    if (!trip) return trip.error();
    const auto end = holder_of(end_of(tx, *trip));
    TripBoard board{std::move(*trip), store::trip_figures(tx, id, end), {}, {}, {}, {}, {}};
    std::set<std::string> bags;
    for (const auto& line : store::trip_parcels(tx, id)) {
        auto parcel = store::find_floor_parcel(tx, line.parcel);
        if (!parcel) continue;
        if (line.extra) {
            board.extras.push_back(std::move(*parcel));
            continue;
        }
        board.parcels.push_back(*parcel);
        if (!line.bag) board.loose.push_back(std::move(*parcel));
        if (line.bag && bags.insert(*line.bag).second) board.bags.push_back(*store::find_bag(tx, *line.bag));
    }
    board.missing = parcels_of(tx, store::trip_missing(tx, id, end));
    return board;
}

}  // namespace plus7::central::app::depot
