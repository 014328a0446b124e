// The plan follows a transfer between couriers: whoever has the parcels in his hands delivers them. In the caller's
// transaction, after the parcels' own events have been logged.
#pragma once
#include <string>

#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::dispatch {

// After a half of a transfer of the order's parcels, or a half taken back: when one other courier than it is planned
// for has all of them, by what he stated himself too, it becomes his, at the end of his list. True: the plan changed.
// An order that nobody was planned for stays so. One that is delivered, whole, is his who delivered it.
bool follow_transfer(core::Tx& tx, const std::string& order, core::TimeUs now);

// After a hand-over at a pickup point was taken back: the plan that had ended with it (end_at_point) stands again,
// first in the list of the courier, who has the parcels in his hands. What a person has planned since stays. True: the
// plan changed.
bool plan_again(core::Tx& tx, const std::string& order, core::TimeUs now);

}  // namespace plus7::central::app::dispatch
