#include "central/api/api.hpp"

#include "central/api/audit_routes.hpp"
#include "central/api/edge.hpp"
#include "central/api/field_routes.hpp"
#include "central/api/idempotency.hpp"
#include "central/api/refusal.hpp"
#include "central/api/routes.hpp"
#include "central/api/session_routes.hpp"
#include "central/api/staff_routes.hpp"
#include "shared/http/static_files.hpp"

namespace plus7::central::api {
namespace {

http::StaticSettings console_settings() {
    http::StaticSettings settings;
    settings.never_pages = {"api", "tiles", "basemap", "enrol", "device", "t", "healthz", "readyz", "metrics"};
    return settings;
}

}  // namespace

struct Api::Parts {
    SessionCookie cookie;
    Edge edge;
    Idempotency idempotency;
    SessionRoutes session;
    MeRoutes me;
    StaffRoutes staff;
    AuditRoutes audit;
    ProbeRoutes probes;
    std::optional<FieldRoutes> field;
    std::vector<ApiRoute> table;
    std::optional<http::StaticFiles> console;

    Parts(const ApiDeps& deps, const ApiSettings& settings, http::TrustedProxies metrics_readers)
        : cookie(settings.public_url.starts_with("https://")),
          edge(deps.db, deps.clock, deps.metrics, cookie, {settings.public_url, std::move(metrics_readers)}),
          idempotency(deps.db, deps.server_key),
          session(deps.db, deps.hasher, deps.server_key, cookie),
          me(deps.db, deps.hasher, deps.server_key, settings.facts),
          staff(deps.db, idempotency, settings.public_url),
          audit(deps.db),
          probes(deps.db, deps.metrics, deps.not_ready) {}

    core::Status add_field(const ApiDeps& deps) {
        const auto& side = *deps.field;
        auto tiles = TileRoutes::make(side.map);
        if (!tiles) return tiles.error();
        field.emplace(
            FieldSide{deps.db, deps.clock, deps.live, side.views, side.changes, side.authority, side.gate, side.places},
            side, std::move(*tiles), idempotency, deps.server_key);
        return {};
    }
    void fill_table() { table = routes({session, me, staff, audit, probes, field ? &*field : nullptr}); }
};

core::Result<std::unique_ptr<Api>> Api::make(const ApiDeps& deps, ApiSettings settings) {
    const auto url = http::parse_url(settings.public_url);
    if (!url) return url.error().context("public URL");
    settings.public_url = url->origin();
    auto readers = http::TrustedProxies::parse(settings.metrics_readers);
    if (!readers) return readers.error().context("addresses that may read metrics");
    auto parts = std::make_unique<Parts>(deps, settings, std::move(*readers));
    if (deps.field) {
        if (const auto added = parts->add_field(deps); !added) return added.error();
    }
    parts->fill_table();
    if (!settings.web_root.empty()) {
        auto console = http::StaticFiles::from_disk(settings.web_root, console_settings());
        if (!console) return console.error().context("the console");
        parts->console.emplace(std::move(*console));
    }
    return std::unique_ptr<Api>(new Api(std::move(parts)));
}

Api::Api(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Api::~Api() = default;

http::Router Api::router() const {
    std::vector<http::Route> guarded;
    for (const auto& route : parts_->table) guarded.push_back(parts_->edge.guard(route));
    auto router = http::Router::build(std::move(guarded)).value();  // an error is a bug of the table
    router.around(parts_->edge.filter());
    router.fallback([parts = parts_.get()](const http::Request& request) {
        std::optional<http::Response> page;
        if (parts->console) page = parts->console->serve(request);
        return page ? std::move(*page) : refuse(Refused::not_found, "there is nothing at this address");
    });
    return router;
}

const http::Headers& Api::headers() const { return parts_->edge.headers(); }
const std::vector<ApiRoute>& Api::table() const { return parts_->table; }

}  // namespace plus7::central::api
