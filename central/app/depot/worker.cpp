#include "central/app/depot/worker.hpp"

#include "central/app/depot/bag_scan.hpp"
#include "central/store/bag_store.hpp"
#include "central/store/depot_store.hpp"
#include "central/store/floor_rows.hpp"
#include "central/store/trip_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::depot {
namespace {

// The open count, opened by this act if need be. None: the count in which it belongs was closed before central heard of
// it, and stays as it was signed.
std::optional<store::CountRow> count_for(core::Tx& tx, const WorkerAct& act, const std::string& courier) {
    if (auto open = store::lock_open_count(tx, act.site, courier)) return open;
    if (const auto closed = store::last_closed_count(tx, act.site, courier); closed && *closed->closed >= act.at)
        return std::nullopt;
    store::CountRow count;
    count.id = core::new_uuid_text(act.received);
    count.site = act.site;
    count.courier = courier;
    count.opened = act.received;
    count.opened_by = act.courier;
    store::insert_count(tx, count);
    for (const auto& held : store::parcels_held_by(tx, courier_holder(courier)))
        store::put_count_line(tx, count.id, {held.id, std::nullopt, false});
    return count;
}

// The parcel that the scan meant, unless the registry has it or it was here already; `none` as well when two have the
// code: which one it was, the fact behind it says.
struct Stranger {
    bool is_extra = false;
    std::optional<std::string> parcel{};
};
Stranger stranger_of(core::Tx& tx, const Floor& floor, const std::string& registry, const std::string& code) {
    Candidates found(tx, {.text = code});
    if (found.none()) return {true};
    found.prefer([&](const store::FloorParcel& one) { return store::registry_has(tx, registry, one.id); });
    found.prefer([](const store::FloorParcel& one) { return !is_over(one); });
    if (found.unclear()) return {};
    const auto parcel = found.one();
    if (parcel.holder == floor.depot || store::registry_has(tx, registry, parcel.id)) return {};
    return {true, parcel.id};
}

Floor floor_of(const WorkerAct& act) {
    return {{act.courier, act.received}, {model::HolderKind::depot, {store::row_id(act.site).value}}, act.site};
}

}  // namespace

void moved_by_worker(core::Tx& tx, const WorkerAct& act, const std::string& parcel, const model::HandedOver& move) {
    const auto now = store::find_floor_parcel(tx, parcel);
    if (!now) return;
    const model::Holder depot{model::HolderKind::depot, {store::row_id(act.site).value}};
    if (move.from != depot && move.to != depot) return;
    // Something else may have happened to it before this was told.
    if (now->holder == move.to && move.bag)
        went_with_bag(tx, floor_of(act), core::to_uuid_text(*move.bag), parcel, move);
    else if (now->holder == move.to)
        store::take_out_of_bag(tx, {{}, parcel, {}, {}, act.received, act.courier, "moved"});
    if (move.to != depot) return;
    store::bind_extra(tx, act.site, parcel, act.event);
    if (move.leg != model::Leg::giving_back || move.from.kind != model::HolderKind::courier) return;
    const auto courier = core::to_uuid_text(move.from.id);
    if (!store::find_courier(tx, courier)) return;
    if (const auto count = count_for(tx, act, courier))
        store::put_count_line(tx, count->id, {parcel, act.event, false});
}

void taken_back_by_worker(core::Tx& tx, const WorkerAct& act, const std::string& parcel, const core::EventId& event,
                          const std::optional<model::HandedOver>& move) {
    store::take_back_extra_of(tx, event);
    store::uncount(tx, event);
    store::take_off_trip(tx, event);
    if (!move || !move->bag) return;
    const auto now = store::find_floor_parcel(tx, parcel);
    if (now && now->holder == move->from) came_back_with_bag(tx, floor_of(act), core::to_uuid_text(*move->bag), parcel);
}

bool scanned_by_worker(core::Tx& tx, const WorkerAct& act, const std::string& registry, const std::string& code) {
    // A scan and the closing of its registry wait for each other.
    const auto row = store::lock_floor_registry(tx, registry);
    if (!row || row->site != act.site || row->state != "open") return false;
    if (store::find_bag_by_number(tx, code)) return false;  // its parcels are told of one by one
    const auto floor = floor_of(act);
    const auto stranger = stranger_of(tx, floor, registry, code);
    if (!stranger.is_extra || store::find_extra_code(tx, act.site, registry, code)) return false;
    store::ExtraRow extra;
    extra.id = core::new_uuid_text(act.received);
    extra.site = act.site;
    extra.registry = registry;
    extra.code = code;
    extra.parcel = stranger.parcel;
    extra.staff = act.courier;
    extra.scanned = act.at;
    store::insert_extra(tx, extra);
    return true;
}

}  // namespace plus7::central::app::depot
