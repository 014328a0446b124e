// Orders for the office and, with fewer details, for shops with a token (openapi/orders.yaml): list, card, create,
// edit, call off, labels. Any worker.
#pragma once
#include "central/api/field_side.hpp"
#include "central/api/idempotency.hpp"
#include "central/api/order_codec.hpp"
#include "central/api/route_table.hpp"

namespace plus7::central::api {

class OrderRoutes {
  public:
    OrderRoutes(const FieldSide& side, const Idempotency& idempotency) : side_(side), idempotency_(idempotency) {}

    http::Response list(const Call& call);
    http::Response create(const Call& call);
    http::Response show(const Call& call);
    http::Response edit(const Call& call);
    http::Response cancel(const Call& call);
    http::Response renew_code(const Call& call);
    http::Response labels(const Call& call);

  private:
    void tell(const std::vector<core::DeviceId>& devices) const;
    Reader reader_of(const Call& call) const;
    http::Response card(core::Tx& tx, const Call& call, const std::string& order, int status = 200) const;

    FieldSide side_;
    const Idempotency& idempotency_;
};

}  // namespace plus7::central::api
