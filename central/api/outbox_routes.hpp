// What could not be sent to the outside: list, send again, let go (openapi/outbox.yaml). Any worker.
#pragma once
#include "central/api/route_table.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

class OutboxRoutes {
  public:
    explicit OutboxRoutes(sql::Database& db) : db_(db) {}

    http::Response dead(const Call& call);
    http::Response again(const Call& call);
    http::Response drop(const Call& call);

  private:
    sql::Database& db_;
};

}  // namespace plus7::central::api
