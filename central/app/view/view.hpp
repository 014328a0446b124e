// The rows each handheld must have (docs/protocol.md, "Down messages"): versions, deltas, and what the device's answer
// means. Whoever changes a row tells DeviceChanges after the commit. Within a transaction.
#pragma once
#include <optional>

#include "central/store/view_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::view {

using Key = wire::RowKey;
using Policy = wire::Policy;

// Both give the view's head afterwards; what changes nothing takes no version. not_found: no such device.
core::Result<std::uint64_t> put(core::Tx& tx, const core::DeviceId& device, const Key& key, core::ByteView body);
core::Result<std::uint64_t> remove(core::Tx& tx, const core::DeviceId& device, const Key& key);

std::uint64_t head(core::Tx& tx, const core::DeviceId& device);  // 0: no such device

// The policy row. A locked device is left with this row alone (I14): both ways, locking and
// unlocking, its view goes down whole again.
core::Result<std::uint64_t> set_policy(core::Tx& tx, const core::DeviceId& device, const Policy& policy);
core::Result<std::uint64_t> set_locked(core::Tx& tx, const core::DeviceId& device, bool locked);  // ends a wipe too
// Locked, and to be wiped: the device answers with the fact `device.wiped`. A wipe that was asked before stays as it
// is.
core::Result<std::uint64_t> ask_wipe(core::Tx& tx, const core::DeviceId& device, const wire::WipeRequest& wipe);

// What the device lacks, from the version it confirmed to the head; remembered as sent. Nothing when it lacks nothing,
// is not connected or not known.
std::optional<wire::ViewDelta> take_delta(core::Tx& tx, const core::DeviceId& device);

enum class Answer {
    confirmed,  // what was confirmed moved on
    known,      // said before
    differs,    // another version or content than it should be: the next delta is a snapshot
};
Answer confirm(core::Tx& tx, const core::DeviceId& device, const wire::ViewApplied& applied);

// The version the device says it has when it greets: when that cannot follow from what it confirmed, the next delta is
// a snapshot. Gives the head.
std::uint64_t greet(core::Tx& tx, const core::DeviceId& device, std::uint64_t version);

}  // namespace plus7::central::app::view
