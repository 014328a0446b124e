#include "central/app/couriers/live_state.hpp"

namespace plus7::central::app::couriers {

std::string_view name_of(LiveState state) {
    switch (state) {
        case LiveState::moving:
            return "moving";
        case LiveState::standing:
            return "standing";
        case LiveState::silent:
            return "silent";
        case LiveState::offline:
            return "offline";
        case LiveState::on_break:
            return "on_break";
        case LiveState::off_shift:
            break;
    }
    return "off_shift";
}

LiveState state_of(const tracking::LiveDevice& device, core::TimeUs now) {
    if (!device.shift_since) return LiveState::off_shift;
    if (device.break_since) return LiveState::on_break;
    if (!device.online) return LiveState::offline;
    // Before the first fix the shift's own start counts: a receiver needs its minute to find the sky.
    const auto heard = device.position ? device.position->received : *device.shift_since;
    if (now - heard > silent_after) return LiveState::silent;
    if (!device.position) return LiveState::standing;
    return device.position->speed_mps.value_or(0) >= moving_from_mps ? LiveState::moving : LiveState::standing;
}

}  // namespace plus7::central::app::couriers
