// The dispatch board as JSON (openapi/board.yaml). Pure.
#pragma once
#include <map>
#include <string>

#include "central/app/dispatch/board.hpp"
#include "central/app/tracking/live_hub.hpp"

namespace plus7::central::api {

inline constexpr const char* no_mark = "none";  // of an order that is planned for nobody

// What is known of couriers this second, by their ids.
using LiveByCourier = std::map<std::string, app::tracking::LiveDevice>;

std::string board_json(const app::dispatch::Board& board, const LiveByCourier& live);

}  // namespace plus7::central::api
