#include "central/api/audit_routes.hpp"

#include <nlohmann/json.hpp>

#include "central/api/account_codec.hpp"
#include "central/api/paging.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::api {

namespace audit = app::audit;
using Json = nlohmann::ordered_json;

namespace {

Json json_of(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

Json json_of(const audit::Line& entry) {
    Json subject = nullptr;
    if (entry.subject_kind) {
        subject = {
            {"kind", *entry.subject_kind}, {"id", json_of(entry.subject_id)}, {"name", json_of(entry.subject_name)}};
    }
    return {{"id", core::to_uuid_text(entry.audit_id)},
            {"at_ms", ms_of(entry.at)},
            {"who", {{"kind", entry.who_kind}, {"id", json_of(entry.who_id)}, {"name", json_of(entry.who_name)}}},
            {"action", entry.action},
            {"subject", std::move(subject)},
            {"ok", entry.ok},
            {"address", json_of(entry.address)},
            {"detail", Json::parse(entry.detail)}};
}

core::Result<audit::Query> query_of(const http::Request& request, const PageAsked& page) {
    audit::Query query;
    const auto from = time_asked(request, "from_ms");
    if (!from) return from.error();
    const auto to = time_asked(request, "to_ms");
    if (!to) return to.error();
    query.from = *from;
    query.to = *to;
    for (const auto& [name, max, member] :
         {std::tuple{"who", 36, &audit::Query::who}, std::tuple{"action", 60, &audit::Query::action},
          std::tuple{"subject", 36, &audit::Query::subject}}) {
        const auto text = text_asked(request, name, static_cast<std::size_t>(max));
        if (!text) return text.error();
        query.*member = *text;
    }
    if (!page.cursor.empty()) {
        query.before = core::from_uuid_text(page.cursor[0]);
        if (!query.before) return core::invalid("the cursor is not one of ours");
    }
    query.limit = page.limit + 1;  // one more tells whether there is a next page
    return query;
}

}  // namespace

http::Response AuditRoutes::list(const Call& call) {
    const auto page = page_asked(call.request, 1);
    if (!page) return refuse(page.error());
    const auto query = query_of(call.request, *page);
    if (!query) return refuse(query.error());
    auto entries = db_.read([&](core::Tx& tx) { return audit::entries(tx, *query); });
    if (!entries) return refuse(entries.error());
    Json next = nullptr;
    if (entries->size() > static_cast<std::size_t>(page->limit)) {
        entries->pop_back();
        next = to_cursor({core::to_uuid_text(entries->back().audit_id)});
    }
    Json items = Json::array();
    for (const auto& entry : *entries) items.push_back(json_of(entry));
    return http::json(Json{{"items", std::move(items)}, {"next", std::move(next)}}.dump());
}

}  // namespace plus7::central::api
