// Line haul: a trip from a depot to another one or to a pickup point with a driver of ours or a named carrier's. What
// is loaded is held by the driver (of a carrier: by the trip), in transit, until a scan at the other end. Synchronous,
// inside the caller's transaction; a trip is locked before bags, and those before parcels.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/app/depot/bags.hpp"
#include "central/store/trip_store.hpp"

namespace plus7::central::app::depot {

struct NewTrip {
    std::string to;  // site
    std::optional<std::string> courier{}, carrier{}, vehicle{};
};
// invalid: not exactly one of courier and carrier; not_found, conflict: as check_goal().
core::Result<store::TripRow> open_trip(core::Tx& tx, const Floor& floor, const NewTrip& trip);

model::Holder driver_of(const store::TripRow& trip);
Goal end_of(core::Tx& tx, const store::TripRow& trip);
bool goes_from(const store::TripRow& trip, const Floor& floor);  // false: it comes here

// not_found: no such trip from or to this depot.
core::Result<store::TripRow> lock_trip(core::Tx& tx, const Floor& floor, const std::string& trip);
// It leaves with what the driver holds: what was taken from him again is not on its list.
void leave(core::Tx& tx, const Floor& floor, store::TripRow& trip);

// conflict: it has left, or nothing is loaded.
core::Result<store::TripRow> send_off(core::Tx& tx, const Floor& floor, const std::string& trip);

// At its end; of a trip to a point at its beginning, as points have no desk. conflict: it has not left, or is closed.
core::Result<store::TripRow> close_trip(core::Tx& tx, const Floor& floor, const std::string& trip);

struct TripBoard {
    store::TripRow trip;
    store::TripFigures figures;
    std::vector<store::BagRow> bags;
    std::vector<store::FloorParcel> loose;    // loaded by themselves
    std::vector<store::FloorParcel> parcels;  // all that was loaded
    std::vector<store::FloorParcel> missing;  // not arrived yet
    std::vector<store::FloorParcel> extras;   // arrived, and not on its list
};
core::Result<TripBoard> trip_board(core::Tx& tx, const Floor& floor, const std::string& trip);
store::TripFigures figures_of(core::Tx& tx, const store::TripRow& trip);

}  // namespace plus7::central::app::depot
