#include "central/api/edge.hpp"

#include "central/api/refusal.hpp"
#include "shared/crypto/token.hpp"
#include "shared/http/security_headers.hpp"
#include "shared/http/uri.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::central::api {
namespace {

using app::accounts::Stage;

// Our own pages: the public URL; on the own machine under both names of loopback.
std::vector<std::string> origins_of(const std::string& public_url) {
    const auto url = http::parse_url(public_url);
    if (!url) return {};
    std::vector<std::string> origins{url->origin()};
    const auto port = ":" + std::to_string(url->port);
    for (const auto& [host, other] : {std::pair{"127.0.0.1", "localhost"}, std::pair{"localhost", "127.0.0.1"}})
        if (url->host == host) origins.push_back(url->scheme + "://" + other + port);
    return origins;
}

bool has_csrf_token(const http::Request& request, const app::accounts::Session& session) {
    const auto given = request.header("X-Plus7-Csrf").value_or("");
    return crypto::equal_constant_time(core::view_of(given), core::view_of(session.csrf));
}

bool is_loopback(const std::string& address) {
    return address.starts_with("127.") || address == "::1" || address == "::ffff:127.0.0.1";
}

bool is_problem(const http::Response& response) {
    return response.headers.get_or("Content-Type", "") == "application/problem+json";
}

}  // namespace

Edge::Edge(sql::Database& db, core::Clock& clock, runtime::Metrics& metrics, SessionCookie cookie,
           EdgeSettings settings)
    : db_(db),
      clock_(clock),
      metrics_(metrics),
      cookie_(cookie),
      tokens_(db),
      settings_(std::move(settings)),
      origins_(origins_of(settings_.public_url)),
      headers_(http::security_headers(settings_.public_url)) {}

http::Route Edge::guard(const ApiRoute& route) const {
    http::Route guarded;
    guarded.method = route.method;
    guarded.pattern = route.pattern;
    guarded.body_limit = route.body_limit;
    if (route.handler) {
        guarded.handler = [this, access = route.access, handler = route.handler](const http::Request& request) {
            auto entry = enter(access, request, false);
            if (auto* refused = std::get_if<http::Response>(&entry)) return std::move(*refused);
            return handler(std::get<Call>(entry));
        };
    }
    if (route.upgrade) {
        guarded.upgrade = [this, access = route.access,
                           upgrade = route.upgrade](const http::Request& request) -> http::UpgradeDecision {
            auto entry = enter(access, request, true);
            if (auto* refused = std::get_if<http::Response>(&entry)) return std::move(*refused);
            return upgrade(std::get<Call>(entry));
        };
    }
    return guarded;
}

Edge::Entry Edge::enter(const Access& access, const http::Request& request, bool upgrades) const {
    if (upgrades && !http::comes_from_own_page(request, origins_, true))
        return refuse(Refused::denied, "this request must come from central's own pages");
    using Kind = Access::Kind;
    const bool is_open = access.kind == Kind::anyone || access.kind == Kind::agent || access.kind == Kind::local;
    if (const auto token = bearer_of(request); token && !is_open)
        return tokens_.enter(access, request, *token, clock_.now());
    if (auto refused = check_change(access, request)) return std::move(*refused);
    Call call{request, std::nullopt, std::nullopt, clock_.now()};
    if (is_open) return call;
    auto session = session_of(request, call.now);
    if (!session) return refuse(session.error());
    call.session = std::move(*session);
    if (auto refused = check_session(access, call)) return std::move(*refused);
    return call;
}

// What needs no session: where the request comes from.
std::optional<http::Response> Edge::check_change(const Access& access, const http::Request& request) const {
    if (access.kind == Access::Kind::local) {
        const auto& address = request.peer.address;
        if (is_loopback(address) || settings_.metrics_readers.trusts(address)) return std::nullopt;
        return refuse(Refused::denied, "not for this address");
    }
    if (access.kind == Access::Kind::agent || request.is_read()) return std::nullopt;
    if (http::comes_from_own_page(request, origins_, true)) return std::nullopt;
    return refuse(Refused::denied, "a change must come from central's own pages (Origin)");
}

core::Result<std::optional<app::accounts::Session>> Edge::session_of(const http::Request& request,
                                                                     core::TimeUs now) const {
    const auto token = cookie_.token_of(request);
    if (!token) return std::optional<app::accounts::Session>{};
    auto session = db_.read([&](core::Tx& tx) { return app::accounts::find_session(tx, *token, now); });
    if (!session || !*session || !app::accounts::wants_touch(**session, now)) return session;
    const auto touched = db_.write([&](core::Tx& tx) -> core::Status {
        app::accounts::touch_session(tx, **session, now);
        return {};
    });
    if (!touched) return touched.error();
    return session;
}

std::optional<http::Response> Edge::check_session(const Access& access, const Call& call) const {
    using Kind = Access::Kind;
    const auto& session = call.session;
    const bool code_wanted = access.kind == Kind::code;
    if (!session || (session->stage == Stage::code) != code_wanted)
        return refuse(Refused::unauthenticated, code_wanted ? "begin with login and password" : "sign in first");
    // The code is given before the browser can have read the token; the Origin was checked.
    if (!call.request.is_read() && !code_wanted && !has_csrf_token(call.request, *session))
        return refuse(Refused::denied, "X-Plus7-Csrf is missing or not this session's");
    if (session->stage == Stage::enrol && access.kind != Kind::own_account)
        return refuse(Refused::denied, "your role demands a second factor: set it up first");
    if (access.kind == Kind::permitted && !app::accounts::allows(session->roles, *access.permission)) {
        record_denied(call, *access.permission);
        return refuse(Refused::denied, "your roles do not allow this");
    }
    return std::nullopt;
}

void Edge::record_denied(const Call& call, app::accounts::Permission permission) const {
    const auto recorded = db_.write([&](core::Tx& tx) -> core::Status {
        app::audit::record(
            tx,
            {call.actor(), "access.refused", std::nullopt, {{"permission", std::string(name_of(permission))}}, false},
            call.now);
        return {};
    });
    if (!recorded) runtime::log_error("a refusal could not be audited", {{"reason", recorded.error().message}});
}

http::Filter Edge::filter() const {
    return [this](const http::Request& request, const http::Route* route, const http::Next& next) {
        const auto began = clock_.mono();
        auto response = finish(request, next());
        const std::string pattern = route ? route->pattern : "-";  // the path itself may name somebody
        const auto method = http::name_of(request.method);
        const runtime::LogFields fields{{"id", request.id},
                                        {"method", method},
                                        {"route", pattern},
                                        {"status", response.status},
                                        {"took", clock_.mono() - began}};
        if (request.is_read() && response.status < 400) {
            runtime::log_debug("request", fields);
        } else {
            runtime::log_info("request", fields);
        }
        return response;
    };
}

http::Response Edge::finish(const http::Request& request, http::Response response) const {
    // The router's own refusals (nothing there, a handler threw) take the form of our contract.
    const bool is_ours = response.body.find("urn:plus7:") != std::string::npos;
    if (is_problem(response) && !is_ours) {
        if (response.status == 404) response = refuse(Refused::not_found, "there is nothing at this address");
        if (response.status == 500) response = refuse(core::internal(response.note));
    }
    for (const auto& [name, value] : headers_) response.headers.set_if_missing(name, value);
    if (request.path.starts_with("/api/")) response.headers.set_if_missing("Cache-Control", "no-store");
    const auto kind = std::to_string(response.status / 100) + "xx";
    metrics_.counter("plus7_http_requests_total", "Answered requests", {{"status", kind}}).add();
    return response;
}

}  // namespace plus7::central::api
