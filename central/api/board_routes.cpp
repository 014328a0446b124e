#include "central/api/board_routes.hpp"

#include <algorithm>
#include <set>

#include "central/api/board_codec.hpp"
#include "central/api/json_body.hpp"
#include "central/api/json_text.hpp"
#include "central/app/dispatch/retell.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/http/conditional.hpp"

namespace plus7::central::api {
namespace {

namespace audit = app::audit;
namespace dispatch = app::dispatch;
using dispatch::Devices;

constexpr std::size_t most_planned = 500;

void record(core::Tx& tx, const Call& call, const std::string& order, std::string action,
            std::vector<audit::Detail> detail = {}) {
    audit::record(
        tx, {call.actor(), std::move(action), audit::Subject{audit::SubjectKind::order, order}, std::move(detail)},
        call.now);
}

// Which of the orders, and why.
http::Response explain(const core::Error& error) {
    const auto end = error.message.find(']');
    if (error.kind != core::ErrorKind::conflict || !error.message.starts_with("orders[") || end == std::string::npos)
        return refuse(error);
    std::string code = "wrong";
    if (error.message.ends_with(dispatch::is_stale_words)) code = "stale";
    if (error.message.ends_with(dispatch::is_carried_words)) code = "carried";
    return refuse(Refused::conflict, error.message, {{error.message.substr(0, end + 1), code, ""}});
}

void add(Devices& all, const Devices& more) {
    for (const auto& device : more)
        if (std::find(all.begin(), all.end(), device) == all.end()) all.push_back(device);
}

std::vector<std::string> read_orders(JsonBody& body) {
    auto orders = body.maybe_texts("orders", most_planned).value_or(std::vector<std::string>{});
    if (orders.empty()) body.fault("orders", "required");
    auto sorted = orders;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
        body.fault("orders", "wrong", "each order once");
    return orders;
}

dispatch::PlanRequest read_plan(JsonBody& body) {
    dispatch::PlanRequest request;
    request.orders = read_orders(body);
    if (!body.gives_null("courier")) request.courier = body.text("courier", {1, 36});
    request.from_start = body.maybe_flag("from_start").value_or(false);
    request.to_end = body.maybe_flag("to_end").value_or(false);
    request.before = body.maybe_text("before", {1, 36});
    if (request.before && std::count(request.orders.begin(), request.orders.end(), *request.before) != 0)
        body.fault("before", "wrong", "an order that stays where it is");
    if (int{request.from_start} + int{request.to_end} + int{request.before.has_value()} > 1)
        body.fault("before", "wrong", "one of from_start, to_end and before");
    request.spare_carried = body.maybe_flag("spare_carried").value_or(false);
    if (const auto seen = body.maybe_texts("seen", most_planned)) {
        if (seen->size() != request.orders.size()) body.fault("seen", "wrong", "one of each order");
        for (const auto& mark : *seen) request.seen.push_back(mark == no_mark ? std::nullopt : std::optional(mark));
    }
    return request;
}

std::string planned_json(const dispatch::Planned& planned) {
    const auto id = [](const std::string& order) { return json_of(order); };
    const auto changed = [](const dispatch::Replanned& one) {
        return JsonObject().text("order", one.order).text("courier_before", one.before).done();
    };
    return JsonObject()
        .json("changed", json_list(planned.changed, changed))
        .json("moved", json_list(planned.moved, id))
        .json("kept", json_list(planned.kept, id))
        .done();
}

}  // namespace

http::Response BoardRoutes::show(const Call& call) {
    LiveByCourier live;
    for (auto& device : side_.live.all())
        if (device.courier) live.insert_or_assign(*device.courier, std::move(device));
    const auto json = side_.db.read([&](core::Tx& tx) { return board_json(dispatch::board(tx), live); });
    if (!json) return refuse(json.error());
    auto response = http::json(*json);
    response.headers.set("ETag", "\"" + crypto::sha256(core::view_of(*json)).hex().substr(0, 32) + "\"");
    http::apply_not_modified(call.request, response);
    return response;
}

http::Response BoardRoutes::plan(const Call& call) {
    JsonBody body(call.request);
    const auto request = read_plan(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    Devices told;
    auto planned = side_.db.write([&](core::Tx& tx) -> core::Result<http::Response> {
        told.clear();
        const auto done = dispatch::plan(tx, {call.who().staff_id, call.now}, request);
        if (!done) return done.error();
        std::set<std::string> replanned;
        for (const auto& one : done->changed) {
            record(tx, call, one.order, "order.planned",
                   {{"courier", request.courier.value_or(""), one.before.value_or("")}});
            replanned.insert(one.order);
        }
        add(told, dispatch::retell_orders(tx, replanned));
        for (const auto& order : done->moved) record(tx, call, order, "order.moved");
        if (request.courier) add(told, dispatch::retell_courier(tx, *request.courier));
        return http::json(planned_json(*done));
    });
    if (!planned) return explain(planned.error());
    for (const auto& device : told) side_.views.changed(device);
    return std::move(*planned);
}

http::Response BoardRoutes::fix(const Call& call) {
    JsonBody body(call.request);
    const auto orders = read_orders(body);
    const auto fixed = body.maybe_flag("fixed");
    if (!fixed) body.fault("fixed", "required");
    if (auto refused = body.refusal()) return std::move(*refused);
    auto done = side_.db.write([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto changed = dispatch::fix(tx, orders, *fixed);
        if (!changed) return changed.error();
        for (const auto& order : *changed) record(tx, call, order, *fixed ? "order.fixed" : "order.unfixed");
        const auto id = [](const std::string& order) { return json_of(order); };
        return http::json(JsonObject().json("changed", json_list(*changed, id)).done());
    });
    if (!done) return explain(done.error());
    return std::move(*done);
}

}  // namespace plus7::central::api
