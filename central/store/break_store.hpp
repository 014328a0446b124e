// Breaks within shifts (0018_breaks.sql): what is taken off a shift when its working time is counted. SQL only; the
// rules are in app/field. Used within a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct BreakRow {
    core::EventId event;  // that began it
    std::string shift;    // UUID text
    core::TimeUs started{};
    std::optional<core::TimeUs> ended{};
};

void break_started(sql::Tx& tx, const BreakRow& row);
// Ends what is open of the shift; a break whose clocks disagree ends when it began.
void breaks_ended(sql::Tx& tx, const std::string& shift, core::TimeUs at);
std::vector<BreakRow> breaks_of(sql::Tx& tx, const std::string& shift);  // oldest first
// When the break that still lasts began.
std::optional<core::TimeUs> open_break(sql::Tx& tx, const std::string& shift);

}  // namespace plus7::central::store
