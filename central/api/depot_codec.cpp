#include "central/api/depot_codec.hpp"

#include "central/api/json_text.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::api {
namespace {

namespace depot = app::depot;

std::string event_json(const std::optional<core::EventId>& event) {
    return event ? json_of(core::to_uuid_text(*event)) : "null";
}

std::string handout_figures_json(const depot::HandOutBoard& board) {
    return JsonObject()
        .number("waiting", board.waiting.size())
        .number("not_here", board.not_here.size())
        .number("carried", board.carried.size())
        .done();
}

std::string return_figures_json(const depot::ReturnBoard& board) {
    return JsonObject().number("left", board.left.size()).number("counted", board.counted.size()).done();
}

}  // namespace

std::string figures_json(const store::RegistryFigures& figures) {
    return JsonObject()
        .number("expected", figures.expected)
        .number("arrived", figures.arrived)
        .number("missing", figures.expected - figures.arrived)
        .number("extra", figures.extra)
        .number("damaged", figures.damaged)
        .done();
}

std::string handout_figures(core::Tx& tx, const depot::Floor& floor, const std::string& courier) {
    const auto board = depot::handout_board(tx, floor, courier);
    return board ? handout_figures_json(*board) : "null";
}

std::string return_figures(core::Tx& tx, const depot::Floor& floor, const std::string& courier) {
    const auto board = depot::return_board(tx, floor, courier);
    return board ? return_figures_json(*board) : "null";
}

std::string FloorJson::courier(const std::optional<std::string>& id) {
    if (!id) return "null";
    const auto [known, is_new] = couriers_.try_emplace(*id, "null");
    if (is_new)
        if (const auto row = store::find_courier(tx_, *id))
            known->second = JsonObject().text("id", row->id).text("name", row->name).text("code", row->code).done();
    return known->second;
}

std::string FloorJson::holder(const model::Holder& holder) {
    JsonObject json;
    json.text("kind", model::name_of(holder.kind));
    if (holder.id.is_zero()) return json.null("id").null("name").done();
    return json.text("id", core::to_uuid_text(holder.id)).text("name", names_.of_holder(holder)).done();
}

std::string FloorJson::parcel(const store::FloorParcel& parcel) {
    return JsonObject()
        .text("id", parcel.id)
        .text("order", parcel.order)
        .text("order_number", parcel.order_number)
        .number("number", parcel.number)
        .number("of", parcel.of)
        .text("code", parcel.code)
        .text("outer_code", parcel.outer_code)
        .text("sender", parcel.sender)
        .text("recipient", parcel.recipient)
        .text("address", parcel.address)
        .text("status", model::name_of(parcel.status))
        .json("holder", holder(parcel.holder))
        .json("courier", courier(parcel.courier))
        .done();
}

std::string FloorJson::parcels(const std::vector<store::FloorParcel>& parcels) {
    return json_list(parcels, [&](const store::FloorParcel& one) { return parcel(one); });
}

std::string FloorJson::scanned(const depot::Scanned& scanned, const std::string& figures) {
    const auto registry =
        scanned.registry
            ? JsonObject().text("id", scanned.registry->registry).text("number", scanned.registry->number).done()
            : "null";
    return JsonObject()
        .text("word", depot::name_of(scanned.word))
        .text("tone", depot::name_of(depot::tone_of(scanned.word)))
        .json("parcel", scanned.parcel ? parcel(*scanned.parcel) : "null")
        .json("event", event_json(scanned.event))
        .text("extra", scanned.extra)
        .json("registry", registry)
        .json("holder", scanned.holder ? holder(*scanned.holder) : "null")
        .json("choices", parcels(scanned.choices))
        .json("goal", scanned.goal ? goal(*scanned.goal, scanned.place) : "null")
        .json("bag", scanned.bag ? bag_seen(*scanned.bag) : "null")
        .json("figures", figures)
        .done();
}

std::string FloorJson::registry(const store::FloorRegistry& registry, const store::RegistryFigures& figures) {
    return JsonObject()
        .text("id", registry.id)
        .text("number", registry.number)
        .text("outer_number", registry.outer_number)
        .text("sender", registry.sender)
        .text("state", registry.state)
        .time("created_ms", registry.created)
        .time("closed_ms", registry.closed)
        .json("figures", figures_json(figures))
        .done();
}

std::string FloorJson::extra(const store::ExtraRow& extra) {
    const auto known = extra.parcel ? store::find_floor_parcel(tx_, *extra.parcel) : std::nullopt;
    return JsonObject()
        .text("id", extra.id)
        .text("code", extra.code)
        .json("parcel", known ? parcel(*known) : "null")
        .json("event", event_json(extra.event))
        .text("note", extra.note)
        .text("by", names_.of_staff(extra.staff))
        .time("at_ms", extra.scanned)
        .done();
}

std::string FloorJson::damage(const store::FloorDamage& damage) {
    return JsonObject()
        .json("parcel", parcel(damage.parcel))
        .json("event", event_json(damage.event))
        .text("note", damage.note)
        .text("by", damage.staff ? names_.of_staff(*damage.staff) : std::nullopt)
        .time("at_ms", damage.at)
        .done();
}

std::string FloorJson::intake(const depot::IntakeBoard& board) {
    return JsonObject()
        .json("registry", registry(board.registry, board.figures))
        .json("missing", parcels(board.missing))
        .json("extras", json_list(board.extras, [&](const store::ExtraRow& one) { return extra(one); }))
        .json("damaged", json_list(board.damaged, [&](const store::FloorDamage& one) { return damage(one); }))
        .done();
}

std::string FloorJson::handout(const depot::HandOutBoard& board) {
    return JsonObject()
        .json("courier", courier(board.courier.id))
        .json("figures", handout_figures_json(board))
        .json("waiting", parcels(board.waiting))
        .json("not_here", parcels(board.not_here))
        .json("carried", parcels(board.carried))
        .done();
}

std::string FloorJson::returns(const depot::ReturnBoard& board) {
    return JsonObject()
        .json("courier", courier(board.courier.id))
        .json("figures", return_figures_json(board))
        .time("opened_ms", board.count ? std::optional(board.count->opened) : std::nullopt)
        .json("left", parcels(board.left))
        .json("counted", parcels(board.counted))
        .done();
}

std::string FloorJson::count(const store::CountRow& count) {
    return JsonObject()
        .text("id", count.id)
        .json("courier", courier(count.courier))
        .time("opened_ms", count.opened)
        .time("closed_ms", count.closed)
        .text("by", count.closed_by ? names_.of_staff(*count.closed_by) : std::nullopt)
        .number("expected", count.expected)
        .number("counted", count.counted)
        .text("reason", count.reason)
        .done();
}

std::string FloorJson::closed_count(const depot::ClosedCount& closed) {
    return JsonObject().json("count", count(closed.count)).json("missing", parcels(closed.missing)).done();
}

std::string FloorJson::load(const store::CourierLoad& load) {
    return JsonObject()
        .json("courier", courier(load.courier))
        .number("waiting", load.to_hand_out)
        .number("carried", load.carried)
        .number("counted", load.counted)
        .done();
}

}  // namespace plus7::central::api
