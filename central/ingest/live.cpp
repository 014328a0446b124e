#include "central/ingest/live.hpp"

#include "central/store/break_store.hpp"
#include "central/store/connection_store.hpp"
#include "shared/wire/live.hpp"

namespace plus7::central::ingest {

void LiveDesk::take_live(const Frame& frame, const core::DeviceId& device, Done done) {
    const auto fix = wire::decode_live(frame.payload);
    const auto known = parts_.keys.find(device);
    if (!fix || !known || !*known || !(*known)->may_sync) {
        done(Outcome::refused);
        return;
    }
    const bool moved = parts_.positions.moved(device, (*known)->courier, *fix, frame.received);
    done(moved ? Outcome::applied : Outcome::duplicate);
}

void LiveDesk::take_state(const Frame& frame, const core::DeviceId& device, Done done) {
    const auto state = wire::decode_state(frame.payload);
    if (!state) {
        done(Outcome::refused);
        return;
    }
    const auto unit = [device, state = *state, received = frame.received](sql::Tx& tx) -> core::Result<Outcome> {
        const auto connection = store::lock_connection(tx, device);
        if (!connection) return Outcome::refused;
        if (connection->nonce != state.nonce) return Outcome::duplicate;
        if (connection->online == state.online && connection->unacked == state.unacked) return Outcome::applied;
        store::set_presence(tx, device, state.online, state.unacked, received);
        return Outcome::applied;
    };
    const bool online = state->online;
    parts_.desk.run<Outcome>(unit,
                             [this, device, online, done = std::move(done)](const core::Result<Outcome>& outcome) {
                                 if (outcome && *outcome == Outcome::applied) parts_.hub.connected(device, online);
                                 done(outcome ? *outcome : Outcome::deferred);
                             });
}

core::Status fill_hub(sql::Database& db, app::tracking::LiveHub& hub) {
    return db.read([&hub](sql::Tx& tx) {
        for (const auto& standing : store::all_standings(tx)) {
            hub.carried_by(standing.device, standing.courier);
            hub.connected(standing.device, standing.online);
        }
        for (const auto& shift : store::open_shifts(tx))
            hub.shift(shift.device, shift.started, store::open_break(tx, shift.shift_id));
        for (const auto& row : store::last_positions(tx)) {
            const auto scaled = [](const std::optional<std::int64_t>& value) -> std::optional<double> {
                if (!value) return std::nullopt;
                return static_cast<double>(*value) / 100;
            };
            const core::LatLon place{static_cast<double>(row.lat_e7) / 1e7, static_cast<double>(row.lon_e7) / 1e7};
            hub.moved(row.device, {place, scaled(row.speed_cmps), scaled(row.course_cdeg), scaled(row.accuracy_cm),
                                   std::chrono::floor<std::chrono::milliseconds>(row.fix), row.received});
        }
    });
}

}  // namespace plus7::central::ingest
