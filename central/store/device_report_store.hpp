// What a handheld last said of itself, and what central counted of it. Reads only. Used within a transaction.
#pragma once
#include <optional>
#include <string>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/model/field_facts.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

template <typename Fact>
struct Reported {
    core::TimeUs at{};
    Fact fact;
};

// The newest fact of the type that can be read.
std::optional<Reported<model::DeviceBattery>> newest_battery(sql::Tx& tx, const core::DeviceId& device);

// When the device said that it had done this.
std::optional<core::TimeUs> wiped_at(sql::Tx& tx, const core::DeviceId& device, const model::WipeId& wipe);

std::int64_t count_quarantined(sql::Tx& tx, const core::DeviceId& device);

// Records of the device's open epochs that exist for certain and are not here: holes below the newest one. What lies
// above it only the device knows.
struct Holes {
    std::int64_t track = 0, blob = 0;
};
Holes holes_of(sql::Tx& tx, const core::DeviceId& device);

}  // namespace plus7::central::store
