// Depots and pickup points for the office (openapi/sites.yaml). Any worker.
#pragma once
#include "central/api/field_side.hpp"
#include "central/api/idempotency.hpp"
#include "central/api/route_table.hpp"

namespace plus7::central::api {

class SiteRoutes {
  public:
    SiteRoutes(const FieldSide& side, const Idempotency& idempotency) : side_(side), idempotency_(idempotency) {}

    http::Response list(const Call& call);
    http::Response create(const Call& call);
    http::Response edit(const Call& call);

  private:
    FieldSide side_;
    const Idempotency& idempotency_;
};

}  // namespace plus7::central::api
