#include "central/api/order_routes.hpp"

#include <charconv>

#include "central/api/etag.hpp"
#include "central/api/json_text.hpp"
#include "central/api/order_body.hpp"
#include "central/api/order_labels.hpp"
#include "central/api/paging.hpp"
#include "central/api/refusal.hpp"
#include "central/app/dispatch/retell.hpp"
#include "central/app/orders/outer_refs.hpp"
#include "central/app/orders/recipient.hpp"
#include "shared/core/uuid.hpp"
#include "shared/http/headers.hpp"

namespace plus7::central::api {
namespace {

namespace audit = app::audit;
namespace dispatch = app::dispatch;
namespace orders = app::orders;
using app::custody::Acting;
using dispatch::Devices;

constexpr std::size_t most_statuses = 16;

// What a shop's token does is done by central for it; the audit knows by which.
Acting acting(const Call& call) {
    if (call.token) return {std::nullopt, call.now};
    return {call.who().staff_id, call.now};
}

void record(core::Tx& tx, const Call& call, const std::string& order, std::string action,
            std::vector<audit::Detail> detail = {}) {
    audit::record(
        tx, {call.actor(), std::move(action), audit::Subject{audit::SubjectKind::order, order}, std::move(detail)},
        call.now);
}

// Another sender's order is as if it were not there.
core::Status check_own(core::Tx& tx, const Call& call, const std::string& id) {
    if (!call.token) return {};
    const auto order = store::find_order(tx, id);
    if (!order || !call.acts_for(order->sender)) return core::not_found("no such order");
    return {};
}

// 403: over capacity is for who plans the couriers' day.
std::optional<http::Response> refuse_over_capacity(const Call& call, const orders::OrderChange& terms) {
    using app::accounts::Permission;
    if (!terms.over_capacity) return std::nullopt;
    if (!call.token && app::accounts::allows(call.who().roles, Permission::plan_orders)) return std::nullopt;
    return refuse(Refused::denied, "only a dispatcher takes a slot over its capacity");
}

// A fault of where it goes, of the sender's own number, or of a slot that is full, names its member.
http::Response explain(const core::Error& error) {
    if (error.kind == core::ErrorKind::conflict && error.message.starts_with("outer_ref"))
        return refuse(Refused::conflict, error.message, {{"outer_ref", "taken", ""}});
    if (error.kind == core::ErrorKind::conflict && error.message.starts_with("slot:"))
        return refuse(Refused::conflict, error.message, {{"slot", "full", ""}});
    for (const auto* field : {"point", "address", "place"})
        if (error.message.starts_with(std::string(field) + ":"))
            return refuse(Refused::invalid, error.message, {{field, "wrong", ""}});
    return refuse(error);
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
    const auto outer_ref = text_asked(request, "outer_ref", 64);
    if (!outer_ref) return outer_ref.error();
    const auto point = text_asked(request, "point", 36);
    if (!point) return point.error();
    store::OrderQuery query;
    if (!point->empty()) query.point = *point;
    orders::search(query, *typed);
    if (!outer_ref->empty()) query.outer_ref = *outer_ref;
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

Reader OrderRoutes::reader_of(const Call& call) const {
    Reader reader;
    reader.is_shop = call.token.has_value();
    if (call.token && call.token->scopes.has(app::accounts::Scope::orders_track))
        reader.links = side_.places.public_url + "/t/";
    return reader;
}

http::Response OrderRoutes::card(core::Tx& tx, const Call& call, const std::string& order, int status) const {
    const auto line = store::find_order_line(tx, order);
    if (!line || !call.acts_for(line->order.sender)) return refuse(Refused::not_found, "no such order");
    return http::json(order_card_json(tx, *line, reader_of(call)), status).with("ETag", etag_of(line->order.version));
}

http::Response OrderRoutes::list(const Call& call) {
    auto query = query_of(call.request);
    if (!query) return refuse(query.error());
    if (call.token) {
        query->sender = call.token->sender;
        query->courier.reset();  // who delivers is none of a shop's business
        query->unplanned = false;
    }
    auto page = side_.db.read([&](core::Tx& tx) {
        auto lines = store::orders(tx, *query);
        std::optional<std::string> next;
        if (lines.size() == static_cast<std::size_t>(query->limit)) {
            lines.pop_back();
            next = to_cursor({std::to_string(core::count(lines.back().order.created)), lines.back().order.id});
        }
        Names names(tx, reader_of(call));
        const auto items = json_list(lines, [&](const store::OrderLine& line) { return order_json(names, line); });
        return JsonObject().json("items", items).text("next", next).done();
    });
    if (!page) return refuse(page.error());
    return http::json(*page);
}

http::Response OrderRoutes::create(const Call& call) {
    JsonBody body(call.request);
    const auto order = read_new_order(body, call.token ? std::optional(call.token->sender) : std::nullopt);
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = refuse_over_capacity(call, order.terms)) return std::move(*refused);
    const auto number = side_.db.write([](core::Tx& tx) { return orders::take_numbers(tx, 1); });
    if (!number) return refuse(number.error());
    const auto prepared = orders::prepare(*number);
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        const auto made = orders::create(tx, acting(call), order, prepared);
        if (!made) return made.error();
        record(tx, call, made->id, "order.created", {{"number", made->number}});
        return card(tx, call, made->id, 201);
    };
    const Idempotency::Work place = [&](core::Tx& tx) -> core::Result<http::Response> {
        const auto placed = orders::place(tx, acting(call), order, prepared);
        if (!placed) return placed.error();
        if (placed->is_new) record(tx, call, placed->order, "order.created", {{"sender", order.sender}});
        return card(tx, call, placed->order, placed->is_new ? 201 : 200);
    };
    return idempotency_.once(call, call.token ? place : work, explain);
}

http::Response OrderRoutes::show(const Call& call) {
    auto shown = side_.db.read([&](core::Tx& tx) { return card(tx, call, call.request.param("id")); });
    if (!shown) return refuse(shown.error());
    return std::move(*shown);
}

http::Response OrderRoutes::edit(const Call& call) {
    JsonBody body(call.request);
    const auto change = read_order_change(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = refuse_over_capacity(call, change)) return std::move(*refused);
    if (auto refused = require_if_match(call.request)) return std::move(*refused);
    const auto& id = call.request.param("id");
    Devices told;
    auto edited = side_.db.write([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto held = store::lock_order(tx, id);
        if (!held) return core::not_found("no such order");
        if (auto stale = check_if_match(call.request, held->version)) return std::move(*stale);
        const auto changed = orders::change(tx, id, change, call.now);
        if (!changed) return changed.error();
        record(tx, call, id, "order.edited");
        told = dispatch::retell_order(tx, id);
        return card(tx, call, id);
    });
    if (!edited) return explain(edited.error());
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
        if (const auto own = check_own(tx, call, id); !own) return own.error();
        const auto done = orders::cancel(tx, acting(call), id, reason);
        if (!done) return done.error();
        record(tx, call, id, "order.cancelled");
        told = dispatch::retell_order(tx, id);
        return card(tx, call, id);
    });
    if (!cancelled) return refuse(cancelled.error());
    tell(told);
    return std::move(*cancelled);
}

// The answer has no code: whoever renews it does not see it.
http::Response OrderRoutes::renew_code(const Call& call) {
    const auto& id = call.request.param("id");
    const auto seen = side_.db.read([&](core::Tx& tx) { return store::find_order(tx, id); });
    if (!seen) return refuse(seen.error());
    if (!*seen) return refuse(core::not_found("no such order"));
    const auto verifier = orders::next_verifier(**seen);
    Devices told;
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        if (const auto renewed = orders::renew_code(tx, **seen, verifier); !renewed) return renewed.error();
        record(tx, call, id, "order.code_renewed");
        told = dispatch::retell_order(tx, id);
        return card(tx, call, id);
    };
    auto response = idempotency_.once(call, work);
    tell(told);
    return response;
}

http::Response OrderRoutes::labels(const Call& call) {
    const auto size = call.request.query_value("size").value_or("standard");
    if (size != "standard" && size != "small") return refuse(core::invalid("size: standard or small"));
    auto pdf = side_.db.read([&](core::Tx& tx) -> core::Result<std::string> {
        const auto line = store::find_order_line(tx, call.request.param("id"));
        if (!line || !call.acts_for(line->order.sender)) return core::not_found("no such order");
        const auto& order = line->order;
        const auto point = order.point ? Names(tx).of_site(*order.point) : std::nullopt;
        return labels_of(order, store::parcels_of(tx, order.id), point, size == "small");
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
