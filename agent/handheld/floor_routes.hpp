// Routes of the depot's floor under the page's API (docs/handheld.md). Storage thread; they answer only after COMMIT.
#pragma once
#include <vector>

#include "agent/handheld/routes.hpp"

namespace plus7::agent::handheld {

std::vector<http::Route> floor_routes(const Desk& desk);

}  // namespace plus7::agent::handheld
