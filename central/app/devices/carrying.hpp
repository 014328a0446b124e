// Which courier carries which device: one device, one courier. Synchronous, inside the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/store/courier_store.hpp"
#include "central/store/device_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::devices {

// For LiveHub::carried_by and the audit once the transaction is durable.
struct Carried {
    core::DeviceId device;
    std::optional<std::string> courier;  // now
    std::optional<std::string> before;
};

// Takes the device from who had it and frees the one that the courier had. Empty when nothing changed. not_found;
// conflict: the courier is blocked, the device revoked.
core::Result<std::vector<Carried>> bind(core::Tx& tx, const std::string& courier, const core::DeviceId& device);
// Whatever the courier carries. not_found: no such courier.
core::Result<std::vector<Carried>> unbind(core::Tx& tx, const std::string& courier);
// The same for one who is blocked: what he does from the moment on when his device knows is without effect (K9).
core::Result<std::vector<Carried>> block(core::Tx& tx, const std::string& courier);
void unblock(core::Tx& tx, const std::string& courier);
// Whoever carries the device.
std::vector<Carried> release(core::Tx& tx, const core::DeviceId& device);
// The view of the device he carries follows a change of his code, badge or site. Nothing: he carries none.
std::optional<core::DeviceId> retell(core::Tx& tx, const store::CourierRow& courier);

}  // namespace plus7::central::app::devices
