// The evening count of what a courier brings back: it opens with what he holds, each scan takes one back, and what is
// left at its closing is the difference, which has a reason. Synchronous, inside the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/app/depot/scan.hpp"
#include "central/store/courier_store.hpp"
#include "central/store/depot_store.hpp"

namespace plus7::central::app::depot {

struct ReturnBoard {
    store::CourierRow courier;
    std::optional<store::CountRow> count;     // the open one
    std::vector<store::FloorParcel> left;     // with him still
    std::vector<store::FloorParcel> counted;  // in this count
};
core::Result<ReturnBoard> return_board(core::Tx& tx, const Floor& floor, const std::string& courier);

// Opens the count with its first scan.
core::Result<Scanned> count_in(core::Tx& tx, const Floor& floor, const std::string& courier, const Code& code);

struct ClosedCount {
    store::CountRow count;
    std::vector<store::FloorParcel> missing;
};
// invalid: a difference without a reason.
core::Result<ClosedCount> close_count(core::Tx& tx, const Floor& floor, const std::string& courier,
                                      const std::optional<std::string>& reason);
core::Result<ClosedCount> closed_count(core::Tx& tx, const Floor& floor, const std::string& id);

}  // namespace plus7::central::app::depot
