// What can be done with parcels, for the command line and the handheld's page. Handlers run on the storage thread and
// answer only after COMMIT.
#pragma once
#include <vector>

#include "agent/app/parcels.hpp"
#include "agent/handheld/routes.hpp"

namespace plus7::agent::handheld {

// By id (32 hex digits), or by a barcode that only one parcel here has. not_found, conflict.
core::Result<app::ParcelIds> parcels_of(const app::Parcels& parcels, const std::vector<std::string>& names);

std::vector<http::Route> work_routes(const Desk& desk);

}  // namespace plus7::agent::handheld
