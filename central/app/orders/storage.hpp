// What a pickup point keeps too long goes back to the sender: by the point's own calendar day. Inside the caller's
// transaction.
#pragma once
#include <string>
#include <vector>

#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::orders {

// Orders that lie at their point, whole or in part.
std::vector<std::string> kept_at_points(core::Tx& tx);
// When its storage days are over: every parcel of it that lies there goes back from now on (`parcel.storage_over` in
// the story, `arrived_at_point → returning`). False: they are not, or it went on since.
bool end_storage(core::Tx& tx, const std::string& order, core::TimeUs now);

}  // namespace plus7::central::app::orders
