// A courier's badge and PIN (openapi/couriers.yaml): made, made anew, taken away. Both are in the answer once and
// nowhere else. Any worker.
#pragma once
#include "central/api/field_side.hpp"
#include "central/api/idempotency.hpp"
#include "central/api/route_table.hpp"

namespace plus7::central::api {

class BadgeRoutes {
  public:
    BadgeRoutes(const FieldSide& side, const Idempotency& idempotency) : side_(side), idempotency_(idempotency) {}

    http::Response make(const Call& call);
    http::Response new_pin(const Call& call);
    http::Response remove(const Call& call);

  private:
    // His handheld is told within the transaction, the list of changed devices after it.
    std::optional<core::DeviceId> changed(core::Tx& tx, const Call& call, const std::string& action) const;
    void tell(const std::optional<core::DeviceId>& device) const;

    FieldSide side_;
    const Idempotency& idempotency_;
};

}  // namespace plus7::central::api
