// Sorting at a depot: a scan says where the parcel goes and in which cell of the floor that stands. No custody event;
// what was sorted is counted. Synchronous, inside the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/app/depot/goal.hpp"
#include "central/app/depot/scan.hpp"

namespace plus7::central::app::depot {

core::Result<Scanned> sort(core::Tx& tx, const Floor& floor, const Code& code);

// One direction with what lies here for it.
struct Bin {
    Goal goal;
    std::optional<std::string> cell{};
    std::int64_t parcels = 0, sorted = 0;  // here; of them sorted into it
};
std::vector<Bin> bins(core::Tx& tx, const Floor& floor);

// not_found: no such courier, depot or point. `cell` none: it has no name any more.
core::Status name_cell(core::Tx& tx, const Floor& floor, const Goal& goal, const std::optional<std::string>& cell);

// not_found: there is none, or it is this depot; conflict: it is closed or blocked.
core::Status check_goal(core::Tx& tx, const Floor& floor, const Goal& goal);

}  // namespace plus7::central::app::depot
