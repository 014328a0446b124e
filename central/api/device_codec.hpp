// Handhelds as JSON (openapi/devices.yaml). Pure functions.
#pragma once
#include <string>

#include "central/app/devices/device_card.hpp"

namespace plus7::central::api {

std::string json_of(const app::devices::DeviceCard& card);
std::string json_of(const app::devices::DeviceDetail& detail);
// {percent, charging}, or null.
std::string battery_json(const app::devices::DeviceCard& card);
// {id, name}.
std::string ref_json(std::string_view id, std::string_view name);

// "new", "active", "locked", "revoked".
std::string_view public_name(store::DeviceState state);
std::optional<store::DeviceState> state_of_public_name(std::string_view name);

}  // namespace plus7::central::api
