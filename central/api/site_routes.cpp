#include "central/api/site_routes.hpp"

#include "central/api/etag.hpp"
#include "central/api/json_text.hpp"
#include "central/api/order_body.hpp"
#include "central/api/order_codec.hpp"
#include "central/api/refusal.hpp"
#include "central/app/dispatch/retell.hpp"

namespace plus7::central::api {
namespace {

namespace audit = app::audit;
namespace orders = app::orders;

std::string json_of(const store::SiteRow& site) {
    return JsonObject()
        .text("id", site.id)
        .text("kind", site.is_depot ? "depot" : "point")
        .text("name", site.name)
        .text("address", site.address)
        .json("place", place_json(site.where))
        .text("hours", site.hours)
        .number("storage_days", site.storage_days)
        .text("time_zone", site.time_zone)
        .text("state", site.is_open ? "open" : "closed")
        .text("etag", etag_of(site.version))
        .done();
}

void record(core::Tx& tx, const Call& call, const std::string& site, const char* action) {
    audit::record(tx, {call.actor(), action, audit::Subject{audit::SubjectKind::site, site}}, call.now);
}

http::Response answer(const store::SiteRow& site, int status) {
    return http::json(json_of(site), status).with("ETag", etag_of(site.version));
}

}  // namespace

http::Response SiteRoutes::list(const Call&) {
    const auto sites = side_.db.read([](core::Tx& tx) { return store::sites(tx); });
    if (!sites) return refuse(sites.error());
    const auto items = json_list(*sites, [](const store::SiteRow& site) { return json_of(site); });
    return http::json(JsonObject().json("items", items).done());
}

http::Response SiteRoutes::create(const Call& call) {
    JsonBody body(call.request);
    const auto kind = body.text("kind");
    if (!kind.empty() && kind != "depot" && kind != "point") body.fault("kind", "malformed", "depot or point");
    const auto site = read_site(body, true);
    if (auto refused = body.refusal()) return std::move(*refused);
    app::dispatch::Devices told;
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        const auto made = orders::create_site(tx, kind == "depot", site, call.now);
        if (!made) return made.error();
        record(tx, call, made->id, "site.created");
        told = app::dispatch::retell_sites(tx);
        return answer(*made, 201);
    };
    auto response = idempotency_.once(call, work);
    for (const auto& device : told) side_.views.changed(device);
    return response;
}

http::Response SiteRoutes::edit(const Call& call) {
    JsonBody body(call.request);
    const auto change = read_site(body, false);
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = require_if_match(call.request)) return std::move(*refused);
    const auto& id = call.request.param("id");
    app::dispatch::Devices told;
    auto edited = side_.db.write([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto held = store::lock_site(tx, id);
        if (!held) return core::not_found("no such depot or point");
        if (auto stale = check_if_match(call.request, held->version)) return std::move(*stale);
        const auto changed = orders::change_site(tx, id, change);
        if (!changed) return changed.error();
        record(tx, call, id, "site.edited");
        told = app::dispatch::retell_sites(tx);
        const auto moved = orders::follow_point(tx, *held, *changed);
        for (const auto& device : app::dispatch::retell_orders(tx, {moved.begin(), moved.end()}))
            told.push_back(device);
        return answer(*changed, 200);
    });
    if (!edited) return refuse(edited.error());
    for (const auto& device : told) side_.views.changed(device);
    return std::move(*edited);
}

}  // namespace plus7::central::api
