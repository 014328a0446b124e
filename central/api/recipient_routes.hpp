// The recipient's page: no session, an unguessable link, nothing personal on it but the code. Any worker.
#pragma once
#include "central/api/route_table.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

class RecipientRoutes {
  public:
    explicit RecipientRoutes(sql::Database& db) : db_(db) {}
    http::Response page(const Call& call);
    http::Response style(const Call& call);

  private:
    sql::Database& db_;
};

}  // namespace plus7::central::api
