#include "central/api/order_routes.hpp"

#include <algorithm>
#include <charconv>

#include "central/api/etag.hpp"
#include "central/api/json_text.hpp"
#include "central/api/order_body.hpp"
#include "central/api/order_codec.hpp"
#include "central/api/order_labels.hpp"
#include "central/api/paging.hpp"
#include "central/api/price_codec.hpp"
#include "central/api/refusal.hpp"
#include "central/app/dispatch/plan.hpp"
#include "central/app/dispatch/retell.hpp"
#include "shared/core/uuid.hpp"
#include "shared/http/headers.hpp"

namespace plus7::central::api {
namespace {

namespace audit = app::audit;
namespace dispatch = app::dispatch;
namespace orders = app::orders;
using app::custody::Acting;
using dispatch::Devices;

constexpr std::size_t most_planned = 500;
constexpr std::size_t most_statuses = 16;

Acting acting(const Call& call) { return {call.who().staff_id, call.now}; }

void record(core::Tx& tx, const Call& call, const std::string& order, std::string action,
            std::vector<audit::Detail> detail = {}) {
    audit::record(
        tx, {call.actor(), std::move(action), audit::Subject{audit::SubjectKind::order, order}, std::move(detail)},
        call.now);
}

http::Response card(core::Tx& tx, const std::string& order, int status = 200) {
    const auto line = store::find_order_line(tx, order);
    if (!line) return refuse(Refused::not_found, "no such order");
    return http::json(order_card_json(tx, *line), status).with("ETag", etag_of(line->order.version));
}

http::Response explain_plan(const core::Error& error) {
    const auto end = error.message.find(']');
    if (error.kind != core::ErrorKind::conflict || !error.message.starts_with("orders[") || end == std::string::npos)
        return refuse(error);
    return refuse(Refused::conflict, error.message, {{error.message.substr(0, end + 1), "wrong", ""}});
}

// What nobody said about proof, the tariff says.
void add_proof(core::Tx& tx, orders::OrderChange& terms, core::TimeUs now) {
    if (terms.proof) return;
    const auto currency = terms.due && *terms.due ? (*terms.due)->currency : "RUB";
    terms.proof = app::tariffs::default_proof(tx, currency, now);
}

void add(Devices& all, const Devices& more) {
    for (const auto& device : more)
        if (std::find(all.begin(), all.end(), device) == all.end()) all.push_back(device);
}

core::Status read_cursor(const std::vector<std::string>& cursor, store::OrderQuery& query) {
    if (cursor.empty()) return {};
    std::int64_t at = 0;
    const auto* end = cursor[0].data() + cursor[0].size();
    const auto read = std::from_chars(cursor[0].data(), end, at);
    if (read.ec != std::errc{} || read.ptr != end) return core::invalid("the cursor is not one of ours");
    query.before = {core::time_us(at), cursor[1]};
    return {};
}

core::Status read_statuses(const http::Request& request, store::OrderQuery& query) {
    const auto asked = text_asked(request, "status", 300);
    if (!asked) return asked.error();
    for (const auto status : http::list_items(*asked)) {
        if (!model::parcel_status_from(status)) return core::invalid("status: there is no such status");
        query.statuses.emplace_back(status);
    }
    if (query.statuses.size() > most_statuses) return core::invalid("status: at most 16");
    return {};
}

core::Result<store::OrderQuery> query_of(const http::Request& request) {
    const auto page = page_asked(request, 2);
    if (!page) return page.error();
    const auto typed = text_asked(request, "q", 100);
    if (!typed) return typed.error();
    const auto courier = text_asked(request, "courier", 36);
    if (!courier) return courier.error();
    store::OrderQuery query;
    orders::search(query, *typed);
    query.unplanned = *courier == "none";
    if (!courier->empty() && !query.unplanned) query.courier = *courier;
    query.limit = page->limit + 1;  // one more tells whether there is a next page
    if (const auto read = read_statuses(request, query); !read) return read.error();
    if (const auto read = read_cursor(page->cursor, query); !read) return read.error();
    return query;
}

}  // namespace

void OrderRoutes::tell(const std::vector<core::DeviceId>& devices) const {
    for (const auto& device : devices) side_.views.changed(device);
}

http::Response OrderRoutes::list(const Call& call) {
    const auto query = query_of(call.request);
    if (!query) return refuse(query.error());
    auto page = side_.db.read([&](core::Tx& tx) {
        auto lines = store::orders(tx, *query);
        std::optional<std::string> next;
        if (lines.size() == static_cast<std::size_t>(query->limit)) {
            lines.pop_back();
            next = to_cursor({std::to_string(core::count(lines.back().order.created)), lines.back().order.id});
        }
        Names names(tx);
        const auto items = json_list(lines, [&](const store::OrderLine& line) { return order_json(names, line); });
        return JsonObject().json("items", items).text("next", next).done();
    });
    if (!page) return refuse(page.error());
    return http::json(*page);
}

http::Response OrderRoutes::create(const Call& call) {
    JsonBody body(call.request);
    const auto order = read_new_order(body);
    const auto settling = read_settling(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = refuse_over_capacity(call, settling)) return std::move(*refused);
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        auto complete = order;
        add_proof(tx, complete.terms, call.now);
        const auto made = orders::create(tx, acting(call), complete);
        if (!made) return made.error();
        if (const auto settled = app::tariffs::settle(tx, *made, settling, call.now); !settled) return settled.error();
        record(tx, call, made->id, "order.created", {{"number", made->number}});
        return card(tx, made->id, 201);
    };
    return idempotency_.once(call, work, explain_order);
}

http::Response OrderRoutes::show(const Call& call) {
    auto shown = side_.db.read([&](core::Tx& tx) { return card(tx, call.request.param("id")); });
    if (!shown) return refuse(shown.error());
    return std::move(*shown);
}

http::Response OrderRoutes::edit(const Call& call) {
    JsonBody body(call.request);
    const auto change = read_order_change(body);
    auto settling = read_settling(body);
    settling.priced_anew = change.where || change.slot || change.due;
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = refuse_over_capacity(call, settling)) return std::move(*refused);
    if (auto refused = require_if_match(call.request)) return std::move(*refused);
    const auto& id = call.request.param("id");
    Devices told;
    auto edited = side_.db.write([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto held = store::lock_order(tx, id);
        if (!held) return core::not_found("no such order");
        if (auto stale = check_if_match(call.request, held->version)) return std::move(*stale);
        const auto changed = orders::change(tx, id, change);
        if (!changed) return changed.error();
        if (auto settled = app::tariffs::settle(tx, *changed, settling, call.now); !settled) return settled.error();
        record(tx, call, id, "order.edited");
        told = dispatch::retell_order(tx, id);
        return card(tx, id);
    });
    if (!edited) return explain_order(edited.error());
    tell(told);
    return std::move(*edited);
}

http::Response OrderRoutes::cancel(const Call& call) {
    JsonBody body(call.request);
    const auto reason = body.text("reason", {1, 200, orders::is_text});
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto& id = call.request.param("id");
    Devices told;
    auto cancelled = side_.db.write([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto done = orders::cancel(tx, acting(call), id, reason);
        if (!done) return done.error();
        record(tx, call, id, "order.cancelled");
        told = dispatch::retell_order(tx, id);
        return card(tx, id);
    });
    if (!cancelled) return refuse(cancelled.error());
    tell(told);
    return std::move(*cancelled);
}

http::Response OrderRoutes::plan(const Call& call) {
    JsonBody body(call.request);
    dispatch::PlanRequest request;
    request.orders = body.maybe_texts("orders", most_planned).value_or(std::vector<std::string>{});
    if (request.orders.empty()) body.fault("orders", "required");
    const bool for_nobody = body.gives_null("courier");
    if (!for_nobody) request.courier = body.text("courier", {1, 36});
    request.from_start = body.maybe_flag("from_start").value_or(false);
    auto sorted = request.orders;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
        body.fault("orders", "wrong", "each order once");
    if (auto refused = body.refusal()) return std::move(*refused);
    Devices told;
    auto planned = side_.db.write([&](core::Tx& tx) -> core::Result<http::Response> {
        told.clear();
        const auto changed = dispatch::plan(tx, acting(call), request);
        if (!changed) return changed.error();
        JsonList list;
        for (const auto& one : *changed) {
            record(tx, call, one.order, "order.planned",
                   {{"courier", request.courier.value_or(""), one.before.value_or("")}});
            add(told, dispatch::retell_order(tx, one.order));
            list.json(JsonObject().text("order", one.order).text("courier_before", one.before).done());
        }
        if (request.courier) add(told, dispatch::retell_courier(tx, *request.courier));
        return http::json(JsonObject().json("changed", list.done()).done());
    });
    if (!planned) return explain_plan(planned.error());
    tell(told);
    return std::move(*planned);
}

http::Response OrderRoutes::labels(const Call& call) {
    const auto size = call.request.query_value("size").value_or("standard");
    if (size != "standard" && size != "small") return refuse(core::invalid("size: standard or small"));
    auto pdf = side_.db.read([&](core::Tx& tx) -> core::Result<std::string> {
        const auto line = store::find_order_line(tx, call.request.param("id"));
        if (!line) return core::not_found("no such order");
        return labels_of(line->order, store::parcels_of(tx, line->order.id), size == "small");
    });
    if (!pdf) return refuse(pdf.error());
    http::Response response;
    response.status = 200;
    response.headers.set("Content-Type", "application/pdf");
    response.headers.set("Content-Disposition", "inline; filename=\"labels.pdf\"");
    response.body = std::move(*pdf);
    return response;
}

}  // namespace plus7::central::api
