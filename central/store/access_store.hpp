// Who looked at a courier's place, read from the record of what staff did (audit, position_look: 0004_staff.sql). SQL
// only; what of it a courier is told is in app/access. In a transaction.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct LookRow {
    std::string staff;                                          // id
    std::string name, roles;                                    // of today; empty when he is gone
    std::string what;                                           // live, track, events
    core::TimeUs from{}, to{};                                  // one look: the same
    std::optional<std::pair<core::TimeMs, core::TimeMs>> of{};  // of a track: the time it shows
};

std::vector<LookRow> looks_at(sql::Tx& tx, const std::string& courier, core::TimeUs since);  // oldest first
// Of whom a window of looks began since then.
std::vector<std::string> couriers_looked_at(sql::Tx& tx, core::TimeUs since);

}  // namespace plus7::central::store
