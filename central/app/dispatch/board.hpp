// The dispatch board: every courier's list as it stands, and what nobody has. What it says of couriers is what a
// dispatcher plans by, and no place: looking at it is not a look at a position. Inside the caller's transaction.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "central/store/assignment_store.hpp"
#include "central/store/courier_store.hpp"
#include "central/store/custody_store.hpp"
#include "central/store/order_store.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::dispatch {

struct BoardOrder {
    store::OrderLine line;
    std::optional<store::AssignmentRow> plan;
    std::vector<store::CarriedRow> carried;  // which couriers have parcels of it on board
};

struct BoardCourier {
    store::CourierRow courier;
    std::vector<BoardOrder> stops;  // in the order of his list
};

struct Board {
    std::vector<BoardCourier> couriers;  // by code; a blocked one only with something to take away from him
    std::vector<BoardOrder> unplanned;   // the oldest first
    bool more = false;                   // there are more unplanned ones than a board has room for
};

inline constexpr int most_unplanned = 1000, most_stops = 20'000;

Board board(core::Tx& tx);

}  // namespace plus7::central::app::dispatch
