#include "central/api/courier_codec.hpp"

#include "central/api/device_codec.hpp"
#include "central/api/etag.hpp"
#include "central/api/json_text.hpp"
#include "central/api/live_codec.hpp"
#include "central/api/track_codec.hpp"

namespace plus7::central::api {
namespace {

std::string break_json(const store::BreakRow& row) {
    return JsonObject().time("from_ms", row.started).time("to_ms", row.ended).done();
}

std::string shift_json(const std::optional<store::ShiftRow>& shift, const std::vector<store::BreakRow>& breaks) {
    if (!shift || !shift->started) return "null";
    return JsonObject()
        .text("id", shift->shift_id)
        .time("started_ms", *shift->started)
        .time("ended_ms", shift->ended)
        .json("breaks", json_list(breaks, break_json))
        .done();
}

std::string carried_json(const std::optional<app::devices::DeviceCard>& card) {
    if (!card) return "null";
    const auto& device = card->device;
    return JsonObject()
        .text("id", device.id.text())
        .text("name", device.label)
        .flag("online", device.online)
        .time("seen_ms", device.last_seen)
        .json("battery", battery_json(*card))
        .number("unacked", device.unacked.value_or(0))
        .done();
}

std::string live_json(const CourierCard& card, core::TimeUs now) {
    if (!card.live) return "null";
    const auto state = app::couriers::state_of(*card.live, now);
    if (state == app::couriers::LiveState::off_shift) return "null";
    return live_row_json(card.courier.id, card.live, state);
}

}  // namespace

CourierView courier_view(core::Tx& tx, store::CourierRow courier) {
    CourierView view{std::move(courier), {}, {}};
    view.device = store::device_of_courier(tx, view.courier.id);
    if (view.courier.site) view.site = store::find_site(tx, *view.courier.site);
    return view;
}

std::string json_of(const CourierView& view) {
    const auto& courier = view.courier;
    return JsonObject()
        .text("id", courier.id)
        .text("name", courier.name)
        .text("phone", courier.phone)
        .text("code", courier.code)
        .json("device", view.device ? ref_json(view.device->id.text(), view.device->label) : "null")
        .json("site", view.site ? ref_json(view.site->id, view.site->name) : "null")
        .flag("has_badge", courier.has_badge)
        .text("state", courier.blocked ? "blocked" : "active")
        .time("created_ms", courier.created)
        .text("etag", etag_of(courier.version))
        .done();
}

std::string json_of(const CourierCard& card, core::TimeUs now) {
    CourierView view{card.courier, {}, card.site};
    if (card.device) view.device = card.device->device;
    return JsonObject()
        .json("courier", json_of(view))
        .json("live", live_json(card, now))
        .json("shift", shift_json(card.shift, card.breaks))
        .json("device", carried_json(card.device))
        .json("records", json_of(card.records))
        .done();
}

}  // namespace plus7::central::api
