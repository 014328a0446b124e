#include "agent/app/wiping.hpp"

#include "agent/app/transfers.hpp"

namespace plus7::agent::app {
namespace {

constexpr std::string_view wiped_note = "wiped";  // the newest request that was answered

}  // namespace

bool Wiping::due(const model::WipeId& asked) const {
    const auto answered = stores_.outbox().note(wiped_note);
    return !answered || !core::equal(*answered, asked.bytes());
}

core::Status Wiping::go_on() {
    const auto asked = stores_.view().wipe_asked();
    if (!asked || !due(*asked)) return {};
    if (stores_.view().wipe_due())
        if (const auto emptied = stores_.view().wipe(); !emptied) return emptied;
    if (shift_.open())
        if (const auto ended = shift_.end(model::ShiftEnd::dispatcher); !ended) return ended.error();
    shift_.bind(std::nullopt);
    // Of acts that central does not have, the notes stay until it has them (Field::forget).
    auto names = parcels_.work().forgettable(core::TimeMs::max());
    names.emplace_back(Transfers::invited_note);
    if (const auto dropped = stores_.outbox().drop_notes(names); !dropped) return dropped;
    const auto told =
        logbook_.state(model::DeviceWiped{*asked}, {{std::string(wiped_note), core::copy_of(asked->bytes())}});
    return told ? core::Status() : told.error();
}

}  // namespace plus7::agent::app
