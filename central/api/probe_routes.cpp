#include "central/api/probe_routes.hpp"

#include "central/app/accounts/invitations.hpp"

namespace plus7::central::api {

ProbeRoutes::ProbeRoutes(sql::Database& db, const runtime::Metrics& metrics, NotReady not_ready)
    : db_(db), metrics_(metrics), not_ready_(std::move(not_ready)) {}

http::Response ProbeRoutes::alive(const Call&) { return http::plain("ok\n"); }

http::Response ProbeRoutes::ready(const Call&) {
    auto missing = not_ready_ ? not_ready_() : std::vector<std::string>{};
    const auto asked = db_.read([](core::Tx& tx) { return app::accounts::setup_is_open(tx); });
    if (!asked) missing.insert(missing.begin(), "database");
    if (missing.empty()) return http::plain("ready\n");
    std::string names;
    for (const auto& name : missing) names += name + "\n";
    auto response = http::plain(names, 503);
    if (!asked) response.note = asked.error().message;
    return response;
}

http::Response ProbeRoutes::figures(const Call&) {
    return http::bytes(metrics_.render(), "text/plain; version=0.0.4; charset=utf-8");
}

}  // namespace plus7::central::api
