#include "central/app/dispatch/board.hpp"

#include <algorithm>

namespace plus7::central::app::dispatch {
namespace {

using Carried = std::map<std::string, std::vector<store::CarriedRow>>;  // by order

Carried carried_by_order(core::Tx& tx) {
    Carried all;
    for (auto& row : store::carried_parcels(tx)) all[row.order].push_back(row);
    return all;
}

BoardOrder order_of(store::OrderLine line, const Carried& carried, std::optional<store::AssignmentRow> plan = {}) {
    const auto found = carried.find(line.order.id);
    return {std::move(line), std::move(plan),
            found == carried.end() ? std::vector<store::CarriedRow>{} : found->second};
}

// The lists by courier; what is planned and has no order any more (it came to its end this moment) is left out.
std::map<std::string, std::vector<BoardOrder>> lists(core::Tx& tx, const Carried& carried) {
    std::map<std::string, store::OrderLine> lines;
    for (auto& line : store::open_orders(tx, true, most_stops)) {
        auto id = line.order.id;
        lines.emplace(std::move(id), std::move(line));
    }
    std::map<std::string, std::vector<BoardOrder>> all;
    for (auto& row : store::open_assignments(tx)) {
        const auto line = lines.find(row.order);
        if (line == lines.end()) continue;
        auto courier = row.courier;
        all[courier].push_back(order_of(std::move(line->second), carried, std::move(row)));
    }
    return all;
}

}  // namespace

Board board(core::Tx& tx) {
    const auto carried = carried_by_order(tx);
    auto stops = lists(tx, carried);
    Board board;
    for (auto& courier : store::all_couriers(tx)) {
        auto own = std::move(stops[courier.id]);
        stops.erase(courier.id);
        board.couriers.push_back({std::move(courier), std::move(own)});
    }
    for (auto& [id, own] : stops)
        if (auto courier = store::find_courier(tx, id)) board.couriers.push_back({std::move(*courier), std::move(own)});
    std::sort(board.couriers.begin(), board.couriers.end(),
              [](const BoardCourier& a, const BoardCourier& b) { return a.courier.code < b.courier.code; });
    for (auto& line : store::open_orders(tx, false, most_unplanned + 1))
        board.unplanned.push_back(order_of(std::move(line), carried));
    board.more = board.unplanned.size() > static_cast<std::size_t>(most_unplanned);
    if (board.more) board.unplanned.pop_back();
    return board;
}

}  // namespace plus7::central::app::dispatch
