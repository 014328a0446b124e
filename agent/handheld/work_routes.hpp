// What can be done with parcels, for the command line and the handheld's page. Handlers run on the storage thread and
// answer only after COMMIT.
#pragma once
#include <vector>

#include "agent/app/parcels.hpp"
#include "agent/store/blob_store.hpp"
#include "shared/http/router.hpp"

namespace plus7::agent::handheld {

// All must outlive the routes.
std::vector<http::Route> work_routes(app::Parcels& parcels, app::Codes& codes, store::BlobStore& blobs);

}  // namespace plus7::agent::handheld
