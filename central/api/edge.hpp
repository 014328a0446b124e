// The gate in front of every route: session or API token, Origin, CSRF token, permission; and around every answer:
// security headers, problem details, the request log (without personal data) and counters. Made once; then used by any
// worker.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "central/api/route_table.hpp"
#include "central/api/session_cookie.hpp"
#include "central/api/token_gate.hpp"
#include "shared/http/trusted_proxies.hpp"
#include "shared/runtime/metrics.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

struct EdgeSettings {
    std::string public_url;                // "https://plus7.example": the Origin of our own pages
    http::TrustedProxies metrics_readers;  // besides loopback
};

class Edge {
  public:
    Edge(sql::Database& db, core::Clock& clock, runtime::Metrics& metrics, SessionCookie cookie, EdgeSettings settings);

    // The route as the router takes it, guarded by its access.
    http::Route guard(const ApiRoute& route) const;
    http::Filter filter() const;
    const http::Headers& headers() const { return headers_; }

  private:
    using Entry = std::variant<http::Response, Call>;  // refused, or let in
    Entry enter(const Access& access, const http::Request& request, bool upgrades) const;
    core::Result<std::optional<app::accounts::Session>> session_of(const http::Request& request,
                                                                   core::TimeUs now) const;
    std::optional<http::Response> check_change(const Access& access, const http::Request& request) const;
    std::optional<http::Response> check_session(const Access& access, const Call& call) const;
    void record_denied(const Call& call, app::accounts::Permission permission) const;
    http::Response finish(const http::Request& request, http::Response response) const;

    sql::Database& db_;
    core::Clock& clock_;
    runtime::Metrics& metrics_;
    SessionCookie cookie_;
    TokenGate tokens_;
    EdgeSettings settings_;
    std::vector<std::string> origins_;
    http::Headers headers_;
};

}  // namespace plus7::central::api
