#include "central/ingest/positions.hpp"

#include <cmath>

#include "central/app/field/true_time.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::ingest {
namespace {

std::optional<std::int64_t> scaled(const std::optional<double>& value, double factor) {
    if (!value) return std::nullopt;
    return std::llround(*value * factor);
}

}  // namespace

bool Positions::moved(const core::DeviceId& device, const std::optional<std::string>& courier, const model::Fix& fix,
                      core::TimeUs received) {
    // A receiver that runs ahead would keep every true place away from the map.
    if (fix.time > received + app::field::clock_tolerance) return false;
    hub_.carried_by(device, courier);
    app::tracking::LivePosition position{fix.place, fix.speed_mps, fix.course_deg, fix.accuracy_m, fix.time, received};
    if (!hub_.moved(device, position)) return false;
    store::PositionRow row{device,
                           courier,
                           fix.time,
                           received,
                           std::llround(fix.place.lat * 1e7),
                           std::llround(fix.place.lon * 1e7),
                           scaled(fix.speed_mps, 100),
                           scaled(fix.course_deg, 100),
                           scaled(fix.accuracy_m, 100)};
    const std::lock_guard guard(lock_);
    unsaved_.insert_or_assign(device, std::move(row));
    return true;
}

void Positions::tell(const core::DeviceId& device, const std::optional<std::string>& courier, const FieldNews& news,
                     core::TimeUs received) {
    if (!news.acts.empty() || !news.stretches.empty()) hub_.carried_by(device, courier);
    if (news.shift_changed) {
        hub_.shift(device, news.shift_since, news.break_since);
        wire::PeerShift shift;
        if (news.shift_since) shift.since = std::chrono::floor<std::chrono::milliseconds>(*news.shift_since);
        if (news.break_since) shift.rests_since = std::chrono::floor<std::chrono::milliseconds>(*news.break_since);
        peers_.say({device, shift});
    }
    if (news.battery_percent) {
        hub_.battery(device, *news.battery_percent);
        peers_.say({device, wire::PeerBattery{static_cast<std::uint8_t>(*news.battery_percent)}});
    }
    for (const auto& event : news.acts) {
        hub_.act(device, event);
        peers_.say({device, wire::PeerAct{event}});
    }
    for (const auto& talk : news.chats) tell_chat(device, talk);
    for (const auto& stretch : news.stretches) {
        const bool is_newest = stretch.newest && moved(device, courier, *stretch.newest, received);
        if (is_newest) {
            peers_.say(
                {device, wire::PeerPlace{*stretch.newest, std::chrono::floor<std::chrono::milliseconds>(received)}});
        } else {
            hub_.filled(device, stretch.from, stretch.to);
            peers_.say({device, wire::PeerFilled{stretch.from, stretch.to}});
        }
    }
}

void Positions::tell_chat(const core::DeviceId& device, const std::string& courier) {
    hub_.chat(courier);
    if (const auto id = core::from_uuid_text(courier)) peers_.say({device, wire::PeerChat{{id->value}}});
}

void Positions::save() {
    auto rows = std::make_shared<std::map<core::DeviceId, store::PositionRow>>();
    {
        const std::lock_guard guard(lock_);
        rows->swap(unsaved_);
    }
    if (rows->empty()) return;
    desk_.run([rows](sql::Tx& tx) {
        for (const auto& [device, row] : *rows) store::keep_newest_position(tx, row);
    });
}

}  // namespace plus7::central::ingest
