// Papers of bags and line haul as PDF, in Russian: the bag's label and list, the trip's list and its act of
// discrepancies. Within a transaction.
#pragma once
#include <string>

#include "central/app/depot/trips.hpp"
#include "shared/core/result.hpp"

namespace plus7::central::api {

core::Result<std::string> bag_label(core::Tx& tx, const store::BagRow& bag, const app::depot::Floor& floor, bool small);
core::Result<std::string> bag_list(core::Tx& tx, const app::depot::BagBoard& board, const app::depot::Floor& floor);
core::Result<std::string> trip_list(core::Tx& tx, const app::depot::TripBoard& board, const app::depot::Floor& floor);
core::Result<std::string> trip_act(core::Tx& tx, const app::depot::TripBoard& board, const app::depot::Floor& floor);

}  // namespace plus7::central::api
