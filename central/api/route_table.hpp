// One line of the API's table: who may come in, and what he comes to. Values.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "central/app/accounts/api_tokens.hpp"
#include "central/app/accounts/permissions.hpp"
#include "central/app/accounts/sessions.hpp"
#include "shared/core/time.hpp"
#include "shared/http/router.hpp"

namespace plus7::central::api {

struct Access {
    enum class Kind {
        anyone,       // no session; a change must still come from our own pages (sign-in, set-up, invitation)
        code,         // a session that waits for its code, and no other
        own_account,  // a session, also one that must set up its second factor first
        signed_in,    // a session that is through, whatever the roles
        permitted,    // … with a role that has `permission`
        agent,        // a handheld: no cookie, no Origin
        local,        // addresses from the configuration: operators' tools
    };
    Kind kind = Kind::permitted;
    std::optional<app::accounts::Permission> permission;
    std::optional<app::accounts::Scope> scope{};  // API tokens that have it come in as well
};

namespace access {
inline const Access anyone{Access::Kind::anyone, {}};
inline const Access code{Access::Kind::code, {}};
inline const Access own_account{Access::Kind::own_account, {}};
inline const Access signed_in{Access::Kind::signed_in, {}};
inline const Access agent{Access::Kind::agent, {}};
inline const Access local{Access::Kind::local, {}};
inline Access may(app::accounts::Permission permission) { return {Access::Kind::permitted, permission}; }
inline Access may(app::accounts::Permission permission, app::accounts::Scope scope) {
    return {Access::Kind::permitted, permission, scope};
}
}  // namespace access

// A request that the edge has let in.
struct Call {
    const http::Request& request;
    std::optional<app::accounts::Session> session;
    std::optional<app::accounts::ApiToken> token;  // instead of a session
    core::TimeUs now{};

    const app::accounts::Session& who() const;  // throws std::logic_error where the route asks for no session: a bug
    app::audit::Actor actor() const;            // staff, token, or anonymous
    const std::string& owner() const;           // id of the session's staff, or of the token
    // False: a token of another sender.
    bool acts_for(const std::string& sender) const { return !token || token->sender == sender; }
    app::accounts::Visitor visitor() const;
};

using ApiHandler = std::function<http::Response(const Call&)>;
using ApiUpgrade = std::function<http::UpgradeDecision(const Call&)>;

struct ApiRoute {
    http::Method method = http::Method::get;
    std::string pattern;
    Access access;
    ApiHandler handler{};
    ApiUpgrade upgrade{};                // a websocket; then without a handler
    std::size_t body_limit = 64 * 1024;  // bytes
};

// A member function of a resource as handler; the resource outlives the table.
template <typename Resource>
ApiHandler to(Resource& resource, http::Response (Resource::*member)(const Call&)) {
    return [&resource, member](const Call& call) { return (resource.*member)(call); };
}

}  // namespace plus7::central::api
