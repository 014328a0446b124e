// Who looked at the courier's place, for the handheld's page. Handlers run on the storage thread.
#pragma once
#include <string>
#include <vector>

#include "agent/handheld/routes.hpp"
#include "agent/store/work.hpp"

namespace plus7::agent::handheld {

// {"looks": […]}, the newest first.
std::string looks_json(const store::Work& work);

std::vector<http::Route> access_routes(const Desk& desk);

}  // namespace plus7::agent::handheld
