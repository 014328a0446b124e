// The shapes of the live map as JSON (openapi/live.yaml). Pure functions.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "central/app/couriers/live_state.hpp"
#include "central/app/tracking/live_hub.hpp"
#include "shared/core/result.hpp"

namespace plus7::central::api {

// One courier in one line of columns. `device`: what he carries, if anything.
std::string live_row_json(const std::string& courier, const std::optional<app::tracking::LiveDevice>& device,
                          app::couriers::LiveState state);

// What does not change from tick to tick. `phone` is E.164.
struct LiveCourier {
    std::string id, name, code;
    std::optional<std::string> phone;
    std::optional<core::DeviceId> device;
    std::optional<std::string> site{};  // the name of the pickup point he is a clerk of
    bool operator==(const LiveCourier&) const = default;
};
std::string json_of(const LiveCourier& courier, const std::optional<app::tracking::LiveDevice>& device);

// What a viewer asks for: which part of the map, and whose events.
struct LiveView {
    std::optional<std::array<double, 4>> box;  // west, south, east, north; nothing: everywhere
    std::vector<std::string> pins;             // courier ids, at most 20
    bool holds(core::LatLon place) const;
    bool is_pinned(const std::string& courier) const;
};
struct LiveResync {};
// invalid: no LiveClient.
core::Result<std::variant<LiveView, LiveResync>> read_live_client(std::string_view message);

}  // namespace plus7::central::api
