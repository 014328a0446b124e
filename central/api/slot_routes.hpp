// Slots for the office (openapi/slots.yaml): what is free at a place, the rules, holidays. Any worker.
#pragma once
#include "central/api/idempotency.hpp"
#include "central/api/route_table.hpp"

namespace plus7::central::api {

class SlotRoutes {
  public:
    SlotRoutes(sql::Database& db, const Idempotency& idempotency) : db_(db), idempotency_(idempotency) {}

    http::Response offered(const Call& call);
    http::Response list(const Call& call);
    http::Response create(const Call& call);
    http::Response edit(const Call& call);
    http::Response add_holiday(const Call& call);
    http::Response remove_holiday(const Call& call);

  private:
    sql::Database& db_;
    const Idempotency& idempotency_;
};

}  // namespace plus7::central::api
