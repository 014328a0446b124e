#include "central/api/registry_routes.hpp"

#include <charconv>

#include "api_pages_embed.hpp"
#include "central/api/json_text.hpp"
#include "central/api/paging.hpp"
#include "central/api/refusal.hpp"
#include "central/api/registry_codec.hpp"
#include "central/api/registry_upload.hpp"

namespace plus7::central::api {
namespace {

namespace registries = app::registries;

template <typename Number>
std::optional<Number> number_of(const std::string& text) {
    Number number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

core::Error wrong_cursor() { return core::invalid("the cursor is not one of ours"); }

core::Result<store::RegistryQuery> query_of(const http::Request& request) {
    const auto page = page_asked(request, 2);
    if (!page) return page.error();
    const auto state = text_asked(request, "state", 10), site = text_asked(request, "site", 36);
    if (!state) return state.error();
    if (!site) return site.error();
    if (!state->empty() && *state != "reading" && *state != "open" && *state != "closed")
        return core::invalid("state: reading, open or closed");
    store::RegistryQuery query{*state, *site, {}, page->limit + 1};  // one more tells whether there is a next page
    if (page->cursor.empty()) return query;
    const auto at = number_of<std::int64_t>(page->cursor[0]);
    if (!at) return wrong_cursor();
    query.before = {core::time_us(*at), page->cursor[1]};
    return query;
}

std::string_view lang_of(const http::Request& request) {
    return request.query_value("lang").value_or("ru") == "en" ? "en" : "ru";
}

http::Response csv_file(std::string text, std::string_view name) {
    auto response = http::bytes(std::move(text), "text/csv; charset=utf-8");
    http::set_download_name(response, name);
    return response;
}

core::Result<std::string> card(core::Tx& tx, const std::string& id, core::TimeUs now) {
    const auto summary = store::find_registry_summary(tx, id);
    if (!summary) return core::not_found("no such registry");
    Names names(tx);
    return registry_json(tx, names, *summary, now);
}

}  // namespace

http::Response RegistryRoutes::list(const Call& call) {
    const auto query = query_of(call.request);
    if (!query) return refuse(query.error());
    auto page = side_.db.read([&](core::Tx& tx) {
        auto found = store::registries(tx, *query);
        std::optional<std::string> next;
        if (found.size() == static_cast<std::size_t>(query->limit)) {
            found.pop_back();
            const auto& last = found.back().registry;
            next = to_cursor({std::to_string(core::count(last.created)), last.id});
        }
        Names names(tx);
        const auto items = json_list(found, [&](const auto& one) { return registry_json(tx, names, one, call.now); });
        return JsonObject().json("items", items).text("next", next).done();
    });
    if (!page) return refuse(page.error());
    return http::json(*page);
}

http::Response RegistryRoutes::preview(const Call& call) {
    auto upload = read_upload(side_.db, call.request);
    if (auto* refused = std::get_if<http::Response>(&upload)) return std::move(*refused);
    const auto& [whose, file] = std::get<Upload>(upload);
    auto report = side_.db.read([&, &whose = whose, &file = file](core::Tx& tx) -> core::Result<std::string> {
        const auto registry = registries::registry_for(tx, whose, file->hash);
        if (!registry) return registry.error();
        return report_json(*file, registries::preview(tx, whose.sender, *file), *registry);
    });
    if (!report) return refuse(report.error());
    return http::json(*report);
}

http::Response RegistryRoutes::import(const Call& call) {
    auto read = read_upload(side_.db, call.request);
    if (auto* refused = std::get_if<http::Response>(&read)) return std::move(*refused);
    const auto& upload = std::get<Upload>(read);
    std::optional<registries::Import> begun;
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        begun.reset();
        auto import = registries::begin(tx, {call.who().staff_id, call.now}, call.actor(), upload.whose, upload.file);
        if (!import) return import.error();
        const auto shown = card(tx, import->registry, call.now);
        if (!shown) return shown.error();
        begun = std::move(*import);
        return http::json(*shown, 202);
    };
    auto response = idempotency_.once(call, work);
    if (begun && response.status == 202) runs_.start(std::move(*begun));
    return response;
}

http::Response RegistryRoutes::sample(const Call& call) {
    const bool english = lang_of(call.request) == "en";
    const auto text = api_pages::file(english ? "registry_en.csv" : "registry_ru.csv");
    return csv_file("\xEF\xBB\xBF" + std::string(text), english ? "registry.csv" : "реестр.csv");
}

http::Response RegistryRoutes::show(const Call& call) {
    const auto shown = side_.db.read([&](core::Tx& tx) { return card(tx, call.request.param("id"), call.now); });
    if (!shown) return refuse(shown.error());
    return http::json(*shown);
}

http::Response RegistryRoutes::lines(const Call& call) {
    const auto page = page_asked(call.request, 1);
    if (!page) return refuse(page.error());
    const auto after = page->cursor.empty() ? std::optional<std::int64_t>(0) : number_of<std::int64_t>(page->cursor[0]);
    if (!after) return refuse(wrong_cursor());
    const auto& id = call.request.param("id");
    auto shown = side_.db.read([&](core::Tx& tx) -> core::Result<std::string> {
        if (!store::find_registry(tx, id)) return core::not_found("no such registry");
        auto found = store::registry_lines(tx, id, *after, page->limit + 1);
        std::optional<std::string> next;
        if (found.size() > static_cast<std::size_t>(page->limit)) {
            found.pop_back();
            next = to_cursor({std::to_string(found.back().line)});
        }
        return JsonObject().json("items", json_list(found, registry_line_json)).text("next", next).done();
    });
    if (!shown) return refuse(shown.error());
    return http::json(*shown);
}

http::Response RegistryRoutes::rejected(const Call& call) {
    const auto& id = call.request.param("id");
    const auto shown = side_.db.read([&](core::Tx& tx) -> core::Result<std::string> {
        const auto import = store::find_import(tx, id);
        if (!import) return core::not_found("no such registry");
        return rejected_json(*import, store::rejected_lines(tx, id));
    });
    if (!shown) return refuse(shown.error());
    return http::json(*shown);
}

http::Response RegistryRoutes::rejected_file(const Call& call) {
    const auto& id = call.request.param("id");
    std::string name;
    auto shown = side_.db.read([&](core::Tx& tx) -> core::Result<std::string> {
        const auto registry = store::find_registry(tx, id);
        const auto import = store::find_import(tx, id);
        if (!registry || !import) return core::not_found("no such registry");
        name = registry->number;
        return rejected_csv(*import, store::rejected_lines(tx, id), lang_of(call.request));
    });
    if (!shown) return refuse(shown.error());
    return csv_file(std::move(*shown), name + "-rejected.csv");
}

}  // namespace plus7::central::api
