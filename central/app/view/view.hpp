// The rows each handheld must have (docs/protocol.md, "Down messages"): versions, deltas, and what the device's answer
// means. Whoever changes a row tells DeviceChanges after the commit. Within a transaction.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "central/store/view_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::view {

using Key = wire::RowKey;
using Policy = wire::Policy;
using Rows = std::map<Key, core::Bytes>;

// Rows put and removed together: a few statements, however many they are. No key is in both.
struct Change {
    Rows put;
    std::set<Key> gone;
};
// True: the view changed. What changes nothing takes no version; a device that is not known has no view.
bool change(core::Tx& tx, const core::DeviceId& device, const Change& change);
// The view has these rows and no others of their kinds.
bool replace(core::Tx& tx, const core::DeviceId& device, const std::function<bool(wire::RowKind)>& is_theirs,
             const Rows& rows);

std::uint64_t head(core::Tx& tx, const core::DeviceId& device);  // 0: no such device

// The policy row; these three give the head afterwards. not_found: no such device. A locked device is left with this
// row alone (I14): both ways, locking and unlocking, its view goes down whole again.
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
