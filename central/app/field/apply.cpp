#include "central/app/field/apply.hpp"

#include <cmath>

#include "central/store/break_store.hpp"
#include "central/store/field_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::field {
namespace {

template <typename Id>
std::optional<std::string> uuid_text(const std::optional<Id>& id) {
    if (!id) return std::nullopt;
    return core::to_uuid_text(*id);
}

TrueTime time_of(const FieldEvent& event, Anchors& anchors) {
    const auto best = true_time(event.at, anchors.of(event.device, event.at.boot), event.received);
    if (best.trust == Trust::gps) anchors.set(event.device, event.at.boot, best.at.time_since_epoch() - event.at.mono);
    return best;
}

store::ActRow act_of(const FieldEvent& event, const TrueTime& time) {
    store::ActRow act(event.id, event.device);
    act.courier = uuid_text(event.courier);
    act.shift = uuid_text(event.shift);
    act.epoch = event.epoch;
    act.seq = event.seq;
    act.type = event.type;
    act.at = time.at;
    act.trust = name_of(time.trust);
    act.stamp = event.at;
    act.received = event.received;
    if (event.place) {
        act.lat_e7 = std::llround(event.place->at.lat * 1e7);
        act.lon_e7 = std::llround(event.place->at.lon * 1e7);
        if (event.place->accuracy_m) act.accuracy_m = *event.place->accuracy_m;
        act.place_age_ms = event.place->age.count();
    }
    act.flags = event.flags;
    act.data = event.data_bytes;
    return act;
}

}  // namespace

Applied apply(core::Tx& tx, const FieldEvent& event, Anchors& anchors) {
    const auto time = time_of(event, anchors);
    Applied applied;
    applied.time = time;
    applied.is_new = store::insert_act(tx, act_of(event, time));
    if (!applied.is_new) return applied;
    if (const auto* battery = std::get_if<model::DeviceBattery>(&event.data))
        applied.battery_percent = battery->percent;
    if (!event.shift) return applied;
    store::ShiftRow shift{*uuid_text(event.shift), uuid_text(event.courier), event.device, {}, {}};
    if (std::holds_alternative<model::ShiftStarted>(event.data)) {
        shift.started = applied.shift_started = time.at;
        store::shift_started(tx, shift);
    }
    if (std::holds_alternative<model::ShiftEnded>(event.data)) {
        shift.ended = time.at;
        applied.shift_ended = true;
        store::shift_ended(tx, shift);
        store::breaks_ended(tx, shift.shift_id, time.at);
    }
    if (std::holds_alternative<model::BreakStarted>(event.data)) {
        store::breaks_ended(tx, shift.shift_id, time.at);  // one at a time, whatever was lost
        store::break_started(tx, {event.id, shift.shift_id, time.at});
        applied.break_changed = true;
    }
    if (std::holds_alternative<model::BreakEnded>(event.data)) {
        store::breaks_ended(tx, shift.shift_id, time.at);
        applied.break_changed = true;
    }
    return applied;
}

}  // namespace plus7::central::app::field
