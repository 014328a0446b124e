#include "central/api/route_table.hpp"

#include <stdexcept>

namespace plus7::central::api {

const app::accounts::Session& Call::who() const {
    if (!session) throw std::logic_error("a route without a session asks who is signed in");
    return *session;
}

const std::string& Call::owner() const { return token ? token->id : who().staff_id; }

app::audit::Actor Call::actor() const {
    if (token) return app::audit::token_actor(token->id, request.peer.address);
    if (!session) return app::audit::anonymous_actor(request.peer.address);
    return app::audit::staff_actor(session->staff_id, request.peer.address);
}

app::accounts::Visitor Call::visitor() const {
    return {request.peer.address, std::string(request.header("User-Agent").value_or(""))};
}

}  // namespace plus7::central::api
