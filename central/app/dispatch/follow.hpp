// The plan follows a transfer between couriers: whoever has the parcels in his hands delivers them. In the caller's
// transaction, after the parcels' own events have been logged.
#pragma once
#include <string>

#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::dispatch {

// After a half of a transfer of the order's parcels, or a half taken back: when one other courier than it is planned
// for has all of them, by what he stated himself too, it becomes his, at the end of his list. True: the plan changed.
// An order that nobody was planned for stays so.
bool follow_transfer(core::Tx& tx, const std::string& order, core::TimeUs now);

}  // namespace plus7::central::app::dispatch
