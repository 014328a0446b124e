// What can be done with parcels, for the command line and the handheld's page. Handlers run on the storage thread and
// answer only after COMMIT.
#pragma once
#include <vector>

#include "agent/handheld/routes.hpp"

namespace plus7::agent::handheld {

std::vector<http::Route> work_routes(const Desk& desk);

}  // namespace plus7::agent::handheld
