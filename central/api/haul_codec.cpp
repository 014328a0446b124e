#include "central/api/depot_codec.hpp"
#include "central/api/json_text.hpp"
#include "central/store/site_store.hpp"

namespace plus7::central::api {
namespace {

namespace depot = app::depot;

}  // namespace

std::string trip_figures_json(const store::TripFigures& figures) {
    return JsonObject()
        .number("loaded", figures.loaded)
        .number("bags", figures.bags)
        .number("arrived", figures.arrived)
        .number("missing", figures.loaded - figures.arrived)
        .number("extra", figures.extra)
        .done();
}

std::string bag_figures(core::Tx& tx, const std::string& bag) {
    const auto row = store::find_bag(tx, bag);
    return row ? JsonObject().number("parcels", row->parcels).done() : "null";
}

std::string trip_figures(core::Tx& tx, const std::string& trip) {
    const auto row = store::find_trip(tx, trip);
    return row ? trip_figures_json(depot::figures_of(tx, *row)) : "null";
}

std::string FloorJson::goal(const depot::Goal& goal, std::int64_t place) {
    if (!cells_) cells_ = store::cells_of(tx_, site_);
    const auto cell = cells_->find(depot::key_of(goal));
    std::optional<std::string> name, code;
    if (goal.kind == depot::GoalKind::courier) {
        if (const auto row = store::find_courier(tx_, goal.id)) name = row->name, code = row->code;
    } else if (!goal.id.empty()) {
        name = names_.of_site(goal.id);
    }
    return JsonObject()
        .text("kind", depot::name_of(goal.kind))
        .text("id", goal.id.empty() ? std::nullopt : std::optional(goal.id))
        .text("name", name)
        .text("code", code)
        .text("cell", cell == cells_->end() ? std::nullopt : std::optional(cell->second))
        .number("place", place > 0 ? std::optional(place) : std::nullopt)
        .done();
}

std::string FloorJson::site(const std::string& id) {
    const auto row = store::find_site(tx_, id);
    return JsonObject()
        .text("id", id)
        .text("name", row ? row->name : "")
        .text("kind", !row || row->is_depot ? "depot" : "point")
        .done();
}

std::string FloorJson::bag_seen(const depot::BagSeen& bag) {
    return JsonObject()
        .text("id", bag.id)
        .text("number", bag.number)
        .json("goal", goal(bag.goal))
        .number("moved", bag.moved)
        .number("gone", bag.gone)
        .number("scan", bag.scan)
        .done();
}

std::string FloorJson::bin(const depot::Bin& bin) {
    return JsonObject().json("goal", goal(bin.goal)).number("parcels", bin.parcels).number("sorted", bin.sorted).done();
}

std::string FloorJson::bag(const store::BagRow& bag) {
    return JsonObject()
        .text("id", bag.id)
        .text("number", bag.number)
        .json("site", bag.site ? site(*bag.site) : "null")
        .json("goal", goal(depot::goal_from(bag.goal)))
        .text("state", bag.state)
        .text("seal", bag.seal)
        .time("created_ms", bag.created)
        .number("parcels", bag.parcels)
        .done();
}

std::string FloorJson::packing(const store::Packing& packing) {
    const auto parcel = store::find_floor_parcel(tx_, packing.parcel);
    return JsonObject()
        .text("code", parcel ? parcel->code : "")
        .time("put_ms", packing.put)
        .text("put_by", names_.of_staff(packing.put_by))
        .time("out_ms", packing.out)
        .text("out_by", packing.out_by ? names_.of_staff(*packing.out_by) : std::nullopt)
        .text("out_why", packing.out_why)
        .done();
}

std::string FloorJson::bag_event(const store::BagEvent& event) {
    return JsonObject()
        .text("what", event.what)
        .time("at_ms", event.at)
        .text("by", names_.of_staff(event.staff))
        .text("note", event.note)
        .done();
}

std::string FloorJson::bag_board(const depot::BagBoard& board) {
    return JsonObject()
        .json("bag", bag(board.bag))
        .json("parcels", parcels(board.parcels))
        .json("packings", json_list(board.packings, [&](const store::Packing& one) { return packing(one); }))
        .json("events", json_list(board.events, [&](const store::BagEvent& one) { return bag_event(one); }))
        .done();
}

std::string FloorJson::trip(const store::TripRow& trip) {
    return JsonObject()
        .text("id", trip.id)
        .text("number", trip.number)
        .json("from", site(trip.from))
        .json("to", site(trip.to))
        .json("courier", courier(trip.courier))
        .text("carrier", trip.carrier)
        .text("vehicle", trip.vehicle)
        .text("state", trip.state)
        .time("created_ms", trip.created)
        .time("left_ms", trip.left)
        .time("closed_ms", trip.closed)
        .json("figures", trip_figures_json(depot::figures_of(tx_, trip)))
        .done();
}

std::string FloorJson::trip_board(const depot::TripBoard& board) {
    return JsonObject()
        .json("trip", trip(board.trip))
        .json("bags", json_list(board.bags, [&](const store::BagRow& one) { return bag(one); }))
        .json("loose", parcels(board.loose))
        .json("missing", parcels(board.missing))
        .json("extras", parcels(board.extras))
        .done();
}

}  // namespace plus7::central::api
