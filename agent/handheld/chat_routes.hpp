// The talk with the dispatchers, for the handheld's page. Handlers run on the storage thread and
// answer only after COMMIT.
#pragma once
#include <string>
#include <vector>

#include "agent/app/chat.hpp"
#include "agent/handheld/routes.hpp"

namespace plus7::agent::handheld {

// {"unread": n, "messages": […]}, oldest first.
std::string chat_json(const std::vector<app::Message>& messages);

std::vector<http::Route> chat_routes(const Desk& desk);

}  // namespace plus7::agent::handheld
