// API tokens of shops and partners as an admin keeps them (openapi/tokens.yaml). Any worker.
#pragma once
#include "central/api/idempotency.hpp"
#include "central/api/route_table.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

class TokenRoutes {
  public:
    TokenRoutes(sql::Database& db, const Idempotency& idempotency) : db_(db), idempotency_(idempotency) {}

    http::Response list(const Call& call);
    http::Response create(const Call& call);
    http::Response revoke(const Call& call);

  private:
    sql::Database& db_;
    const Idempotency& idempotency_;
};

}  // namespace plus7::central::api
