// Does what was planned for an order of a partner's file. Inside the caller's transaction, which holds the order's
// lock.
#pragma once
#include <string>
#include <vector>

#include "central/app/registries/order_plan.hpp"

namespace plus7::central::app::registries {

// The ids of its parcels. `prepared` is asked for when the plan is to create.
core::Result<std::vector<std::string>> carry_out(core::Tx& tx, const custody::Acting& who, const std::string& sender,
                                                 const RegistryFile& file, const FileOrder& order,
                                                 const OrderPlan& plan, const orders::Prepared* prepared);

}  // namespace plus7::central::app::registries
