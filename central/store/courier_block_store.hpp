// Since which version of its view a handheld knows that its courier is blocked (0006_orders.sql). SQL only. In a
// transaction.
#pragma once
#include <optional>
#include <string>

#include "shared/core/ids.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

void block_courier_on(sql::Tx& tx, const std::string& courier, const core::DeviceId& device, std::uint64_t view);
void unblock_courier(sql::Tx& tx, const std::string& courier);
// Nothing when he is not blocked, or never carried that device when he was.
std::optional<std::uint64_t> blocked_since_view(sql::Tx& tx, const std::string& courier, const core::DeviceId& device);

}  // namespace plus7::central::store
