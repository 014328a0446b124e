// Couriers for the office (openapi/couriers.yaml): list, card, edit, which device one carries. Any worker.
#pragma once
#include "central/api/courier_codec.hpp"
#include "central/api/field_side.hpp"
#include "central/api/idempotency.hpp"
#include "central/api/route_table.hpp"

namespace plus7::central::api {

class CourierRoutes {
  public:
    CourierRoutes(const FieldSide& side, const Idempotency& idempotency) : side_(side), idempotency_(idempotency) {}

    http::Response list(const Call& call);
    http::Response create(const Call& call);
    http::Response show(const Call& call);
    http::Response edit(const Call& call);
    http::Response bind(const Call& call);
    http::Response unbind(const Call& call);

  private:
    core::Result<CourierCard> card_of(core::Tx& tx, const std::string& id, core::TimeUs now) const;

    FieldSide side_;
    const Idempotency& idempotency_;
};

}  // namespace plus7::central::api
