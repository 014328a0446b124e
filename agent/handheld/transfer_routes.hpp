// Parcels from courier to courier, for the handheld's page: codes to show, and the giver's half. Handlers run on the
// storage thread.
#pragma once
#include <vector>

#include "agent/handheld/routes.hpp"

namespace plus7::agent::handheld {

std::vector<http::Route> transfer_routes(const Desk& desk);

}  // namespace plus7::agent::handheld
