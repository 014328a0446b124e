// K3: half a transfer that stays alone for a day is a case. The day counts from when central heard of the half, never
// by a handheld's clock; that it is over is an event of the parcel, so that rebuilding gives the same story (I9).
// Inside the caller's transaction.
#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"
#include "shared/model/ids.hpp"

namespace plus7::central::app::custody {

constexpr std::chrono::hours transfer_waits{24};

// Parcels of which a half is that old; whether it still waits only the parcel's own row tells (open_overdue).
std::vector<std::string> maybe_overdue(core::Tx& tx, core::TimeUs now);
// Opens a case for each half that still waits, once; how many.
int open_overdue(core::Tx& tx, const std::string& parcel, core::TimeUs now);
// The other half came: the case, if there is one, says so, and a human closes it.
void note_joined(core::Tx& tx, const std::string& parcel, const model::TransferId& transfer,
                 const core::EventId& event);

}  // namespace plus7::central::app::custody
