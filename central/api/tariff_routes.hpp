// Tariffs for the office, and what a delivery would cost (openapi/tariffs.yaml). Any worker.
#pragma once
#include "central/api/idempotency.hpp"
#include "central/api/route_table.hpp"

namespace plus7::central::api {

class TariffRoutes {
  public:
    TariffRoutes(sql::Database& db, const Idempotency& idempotency) : db_(db), idempotency_(idempotency) {}

    http::Response list(const Call& call);
    http::Response create(const Call& call);
    http::Response edit(const Call& call);   // archives a version, or brings it back
    http::Response price(const Call& call);  // changes nothing

  private:
    sql::Database& db_;
    const Idempotency& idempotency_;
};

}  // namespace plus7::central::api
