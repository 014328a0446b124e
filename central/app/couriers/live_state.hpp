// How a courier is doing this second, from what the live hub knows of his device (openapi/live.yaml, LiveState). Pure.
#pragma once
#include <string_view>

#include "central/app/tracking/live_hub.hpp"
#include "shared/core/time.hpp"

namespace plus7::central::app::couriers {

enum class LiveState {
    moving,
    standing,
    silent,    // connected and in shift, but no fix for silent_after
    offline,   // in shift, no connection
    on_break,  // of the shift; connected or not, nothing is owed
    off_shift,
};
std::string_view name_of(LiveState state);

constexpr auto silent_after = std::chrono::seconds{60};
constexpr double moving_from_mps = 0.8;  // a slow walk; below it a receiver that lies still shows as much

LiveState state_of(const tracking::LiveDevice& device, core::TimeUs now);

}  // namespace plus7::central::app::couriers
