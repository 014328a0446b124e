// Staff accounts for admins (openapi/staff.yaml). Any worker.
#pragma once
#include <string>

#include "central/api/idempotency.hpp"
#include "central/api/route_table.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

class StaffRoutes {
  public:
    StaffRoutes(sql::Database& db, const Idempotency& idempotency, std::string public_url);

    http::Response list(const Call& call);
    http::Response invite(const Call& call);
    http::Response show(const Call& call);
    http::Response edit(const Call& call);
    http::Response invite_again(const Call& call);
    http::Response end_sessions(const Call& call);
    http::Response reset_factor(const Call& call);

  private:
    sql::Database& db_;
    const Idempotency& idempotency_;
    std::string public_url_;
};

}  // namespace plus7::central::api
