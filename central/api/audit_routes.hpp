// Who did and saw what (openapi/audit.yaml). Any worker.
#pragma once
#include "central/api/route_table.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

class AuditRoutes {
  public:
    explicit AuditRoutes(sql::Database& db) : db_(db) {}
    http::Response list(const Call& call);

  private:
    sql::Database& db_;
};

}  // namespace plus7::central::api
