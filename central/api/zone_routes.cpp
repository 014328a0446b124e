#include "central/api/zone_routes.hpp"

#include <algorithm>

#include "central/api/etag.hpp"
#include "central/api/json_body.hpp"
#include "central/api/json_text.hpp"
#include "central/api/zone_codec.hpp"
#include "central/app/orders/orders.hpp"

namespace plus7::central::api {
namespace {

namespace audit = app::audit;
namespace tariffs = app::tariffs;

void record(core::Tx& tx, const Call& call, const std::string& zone, const char* action,
            std::vector<audit::Detail> detail = {}) {
    audit::record(tx, {call.actor(), action, audit::Subject{audit::SubjectKind::zone, zone}, std::move(detail)},
                  call.now);
}

tariffs::ZoneChange read_change(JsonBody& body) {
    tariffs::ZoneChange change;
    change.name = body.maybe_text("name", {1, 100, app::orders::is_text});
    change.colour = body.maybe_text("colour", {7, 7, tariffs::is_colour});
    change.priority = body.maybe_number("priority", -1000, 1000);
    if (body.gives_null("depot"))
        change.depot = std::optional<std::string>{};
    else if (auto depot = body.maybe_text("depot", {1, 36}))
        change.depot = std::move(depot);
    if (const auto state = body.maybe_text("state")) {
        if (*state != "open" && *state != "closed") body.fault("state", "malformed", "open or closed");
        change.open = *state == "open";
    }
    return change;
}

std::size_t count_of(const std::vector<tariffs::ImportLine>& lines, tariffs::ImportLine::Change change) {
    return static_cast<std::size_t>(std::count_if(
        lines.begin(), lines.end(), [&](const tariffs::ImportLine& line) { return line.change == change; }));
}

}  // namespace

http::Response ZoneRoutes::list(const Call&) {
    const auto items = db_.read([](core::Tx& tx) { return json_list(store::zones(tx), zone_json); });
    if (!items) return refuse(items.error());
    return http::json(JsonObject().json("items", *items).done());
}

http::Response ZoneRoutes::geojson(const Call&) {
    const auto file = db_.read([](core::Tx& tx) { return zones_geojson(store::zones(tx)); });
    if (!file) return refuse(file.error());
    return http::json(*file).with("Content-Disposition", "attachment; filename=\"zones.geojson\"");
}

http::Response ZoneRoutes::import(const Call& call) {
    const auto asked = call.request.query_value("apply").value_or("false");
    if (asked != "true" && asked != "false") return refuse(core::invalid("apply: true or false"));
    const auto file = read_zones(call.request.body);
    if (!file) return refuse(file.error());
    const bool apply = asked == "true";
    auto told = db_.write([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto lines = tariffs::import_zones(tx, *file, apply, call.now);
        const bool applied = apply && !tariffs::is_refused(lines);
        using Change = tariffs::ImportLine::Change;
        const auto added = count_of(lines, Change::added), changed = count_of(lines, Change::changed);
        if (applied && added + changed > 0)
            record(tx, call, "", "zone.imported",
                   {{"added", std::to_string(added)}, {"changed", std::to_string(changed)}});
        return http::json(import_json(lines, applied));
    });
    if (!told) return refuse(told.error());
    return std::move(*told);
}

http::Response ZoneRoutes::edit(const Call& call) {
    JsonBody body(call.request);
    const auto change = read_change(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = require_if_match(call.request)) return std::move(*refused);
    const auto& id = call.request.param("id");
    auto edited = db_.write([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto held = store::lock_zone(tx, id);
        if (!held) return core::not_found("no such zone");
        if (auto stale = check_if_match(call.request, held->version)) return std::move(*stale);
        const auto changed = tariffs::change_zone(tx, id, change);
        if (!changed) return changed.error();
        record(tx, call, id, "zone.edited", {{"name", changed->name}});
        return http::json(zone_json(*changed)).with("ETag", etag_of(changed->version));
    });
    if (!edited) return refuse(edited.error());
    return std::move(*edited);
}

}  // namespace plus7::central::api
