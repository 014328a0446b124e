#include "central/api/event_routes.hpp"

#include <charconv>
#include <limits>
#include <set>

#include "central/api/event_codec.hpp"
#include "central/api/json_text.hpp"
#include "central/api/paging.hpp"
#include "central/api/refusal.hpp"
#include "central/app/audit/audit.hpp"
#include "central/store/courier_store.hpp"
#include "central/store/device_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/http/headers.hpp"

namespace plus7::central::api {
namespace {

constexpr std::size_t most_types = 20;

// Where the cursor stands: time and id of the last fact of the page before.
core::Result<std::pair<core::TimeUs, core::EventId>> place_of(const std::vector<std::string>& cursor) {
    std::int64_t at = 0;
    const auto* end = cursor[0].data() + cursor[0].size();
    const auto read = std::from_chars(cursor[0].data(), end, at);
    const auto id = core::from_uuid_text(cursor[1]);
    if (read.ec != std::errc{} || read.ptr != end || !id) return core::invalid("the cursor is not one of ours");
    return std::pair{core::time_us(at), *id};
}

std::string cursor_of(const store::ActRow& act) {
    return to_cursor({std::to_string(core::count(act.at)), core::to_uuid_text(act.event_id)});
}

core::Result<store::ActQuery> query_of(const http::Request& request) {
    const auto page = page_asked(request, 2);
    if (!page) return page.error();
    const auto from = time_asked(request, "from_ms"), to = time_asked(request, "to_ms");
    if (!from) return from.error();
    if (!to) return to.error();
    store::ActQuery query;
    query.from = from->value_or(core::time_us(0));
    query.to = to->value_or(core::time_us(std::numeric_limits<std::int64_t>::max()));
    query.limit = page->limit + 1;
    const auto types = text_asked(request, "type", 200);
    if (!types) return types.error();
    for (const auto type : http::list_items(*types)) query.types.emplace_back(type);
    if (query.types.size() > most_types) return core::invalid("type: at most 20");
    if (page->cursor.empty()) return query;
    const auto place = place_of(page->cursor);
    if (!place) return place.error();
    query.before = *place;
    return query;
}

}  // namespace

http::Response EventRoutes::of_courier(const Call& call) {
    auto query = query_of(call.request);
    if (!query) return refuse(query.error());
    query->courier = call.request.param("id");
    const auto there = db_.read([&](core::Tx& tx) { return store::find_courier(tx, *query->courier).has_value(); });
    if (!there) return refuse(there.error());
    if (!*there) return refuse(core::not_found("no such courier"));
    return page(call, std::move(*query));
}

http::Response EventRoutes::of_device(const Call& call) {
    auto query = query_of(call.request);
    if (!query) return refuse(query.error());
    query->device = core::DeviceId::parse(call.request.param("id"));
    const auto there =
        db_.read([&](core::Tx& tx) { return query->device && store::find_device(tx, *query->device).has_value(); });
    if (!there) return refuse(there.error());
    if (!*there) return refuse(core::not_found("no such device"));
    return page(call, std::move(*query));
}

http::Response EventRoutes::page(const Call& call, store::ActQuery query) const {
    auto acts = db_.read([&](core::Tx& tx) { return store::acts(tx, query); });
    if (!acts) return refuse(acts.error());
    std::optional<std::string> next;
    if (acts->size() == static_cast<std::size_t>(query.limit)) {
        acts->pop_back();
        next = cursor_of(acts->back());
    }
    std::set<std::string> seen;
    if (query.courier) seen.insert(*query.courier);
    for (const auto& act : *acts)
        if (act.courier) seen.insert(*act.courier);
    const auto looked = db_.write([&](core::Tx& tx) {
        return app::audit::record_looks(tx, call.actor(), std::vector<std::string>(seen.begin(), seen.end()),
                                        app::audit::Look::events, call.now);
    });
    if (!looked) return refuse(looked.error());  // no look without its entry
    const auto items = json_list(*acts, [](const store::ActRow& act) { return json_of(act); });
    return http::json(JsonObject().json("items", items).text("next", next).done());
}

}  // namespace plus7::central::api
