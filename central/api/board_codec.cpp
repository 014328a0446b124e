#include "central/api/board_codec.hpp"

#include "central/api/json_text.hpp"
#include "central/api/order_codec.hpp"
#include "central/app/dispatch/plan.hpp"

namespace plus7::central::api {
namespace {

namespace dispatch = app::dispatch;

std::string carried_json(const store::CarriedRow& row) {
    return JsonObject().text("courier", row.courier).number("parcels", row.parcels).done();
}

std::string stop_json(const dispatch::BoardOrder& one) {
    const auto& order = one.line.order;
    return JsonObject()
        .text("id", order.id)
        .text("number", order.number)
        .text("status", one.line.status)
        .text("recipient", order.recipient)
        .text("address", order.address)
        .json("slot", slot_json(order.slot))
        .json("due", money_json(order.due))
        .number("parcels_count", one.line.parcels)
        .flag("fixed", one.plan && one.plan->is_fixed)
        .text("mark", dispatch::mark_of(one.plan).value_or(no_mark))
        .json("carried", json_list(one.carried, carried_json))
        .done();
}

std::string courier_json(const dispatch::BoardCourier& one, const LiveByCourier& live) {
    const auto known = live.find(one.courier.id);
    const auto since = known == live.end() ? std::nullopt : known->second.shift_since;
    return JsonObject()
        .text("id", one.courier.id)
        .text("code", one.courier.code)
        .text("name", one.courier.name)
        .flag("blocked", one.courier.blocked)
        .flag("online", known != live.end() && known->second.online)
        .time("in_shift_since_ms", since)
        .time("break_since_ms", known == live.end() ? std::nullopt : known->second.break_since)
        .json("stops", json_list(one.stops, stop_json))
        .done();
}

}  // namespace

std::string board_json(const dispatch::Board& board, const LiveByCourier& live) {
    const auto courier = [&](const dispatch::BoardCourier& one) { return courier_json(one, live); };
    return JsonObject()
        .json("couriers", json_list(board.couriers, courier))
        .json("unplanned", json_list(board.unplanned, stop_json))
        .flag("more", board.more)
        .done();
}

}  // namespace plus7::central::api
