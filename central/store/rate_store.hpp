// Counters of tries per bucket and window (rate_count). Count in a unit of its own before the check, so that a refusal
// cannot undo it. Used within a transaction.
#pragma once
#include <string>

#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

// One more try; how many there are now in this window.
std::int64_t count_try(sql::Tx& tx, const std::string& bucket, core::TimeUs window);
void give_back_try(sql::Tx& tx, const std::string& bucket, core::TimeUs window);
void forget_tries(sql::Tx& tx, core::TimeUs windows_before);

}  // namespace plus7::central::store
