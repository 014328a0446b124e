#include "central/app/depot/undo.hpp"

#include "central/store/depot_store.hpp"
#include "central/store/trip_store.hpp"

namespace plus7::central::app::depot {
namespace {

bool is_scan_of(const store::ParcelEventRow& event, const Floor& floor, const store::FloorParcel& parcel) {
    if (event.type == model::Damaged::type) return parcel.holder == floor.depot;  // also of a worker's handheld
    return event.by_kind == "staff" && event.type == model::HandedOver::type &&
           (event.from == floor.depot || event.to == floor.depot);
}

core::Status check(core::Tx& tx, const Floor& floor, const Undo& undo, const store::ParcelEventRow& event,
                   const store::FloorParcel& parcel) {
    if (event.undone) return core::conflict("the scan was taken back before");
    if (event.to && *event.to != parcel.holder) return core::conflict("the parcel has gone on since: scan it anew");
    if (const auto count = store::count_with(tx, undo.event); count && count->closed)
        return core::conflict("the count of this courier is closed");
    const auto trip = store::trip_with(tx, undo.event);
    if (trip && trip->from == floor.site && trip->state != "loading")
        return core::conflict("the trip has left: it is unloaded at its end");
    if (floor.who.now - event.received <= freely_undone) return {};
    if (!undo.may_late) return core::denied("after ten minutes only a dispatcher takes a scan back");
    return undo.reason ? core::Status{} : core::invalid("reason: after ten minutes say why");
}

}  // namespace

core::Result<Scanned> undo_scan(core::Tx& tx, const Floor& floor, const Undo& undo) {
    const auto custody = store::lock_custody(tx, undo.parcel);
    const auto parcel = store::find_floor_parcel(tx, undo.parcel);
    const auto event = store::find_parcel_event(tx, undo.parcel, undo.event);
    if (!custody || !parcel || !event || !is_scan_of(*event, floor, *parcel)) return core::not_found("no such scan");
    if (const auto may = check(tx, floor, undo, *event, *parcel); !may) return may.error();
    const auto taken = custody::take_back(tx, floor.who, undo.parcel, undo.event, undo.reason);
    if (!taken) return taken.error();
    store::take_back_extra_of(tx, undo.event);
    store::uncount(tx, undo.event);
    store::take_off_trip(tx, undo.event);
    return Scanned{.word = Word::taken,
                   .parcel = store::find_floor_parcel(tx, undo.parcel),
                   .event = taken->event,
                   .told = dispatch::retell_order(tx, taken->order)};
}

core::Status undo_extra(core::Tx& tx, const Floor& floor, const std::string& extra) {
    const auto row = store::find_extra(tx, extra);
    if (!row || row->site != floor.site) return core::not_found("no such unexpected code");
    if (row->event) return core::invalid("the code is a parcel's: take its scan back");
    if (row->registry)
        if (const auto registry = store::lock_floor_registry(tx, *row->registry);
            registry && registry->state == "closed")
            return core::conflict("the registry is closed");
    store::take_back_extra(tx, extra);
    return {};
}

}  // namespace plus7::central::app::depot
