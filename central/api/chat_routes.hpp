// Messages to and from couriers (openapi/chat.yaml). Any worker.
#pragma once
#include "central/api/field_side.hpp"
#include "central/api/idempotency.hpp"
#include "central/api/route_table.hpp"

namespace plus7::central::api {

class ChatRoutes {
  public:
    ChatRoutes(const FieldSide& side, const Idempotency& idempotency) : side_(side), idempotency_(idempotency) {}

    http::Response list(const Call& call);
    http::Response show(const Call& call);
    http::Response send(const Call& call);
    http::Response read(const Call& call);

  private:
    FieldSide side_;
    const Idempotency& idempotency_;
};

}  // namespace plus7::central::api
