// Handhelds for the office (openapi/devices.yaml): create, enrol by QR, lock, revoke. Any worker.
#pragma once
#include "central/api/field_side.hpp"
#include "central/api/idempotency.hpp"
#include "central/api/route_table.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/devices/device_card.hpp"

namespace plus7::central::api {

class DeviceRoutes {
  public:
    DeviceRoutes(const FieldSide& side, const Idempotency& idempotency);

    http::Response list(const Call& call);
    http::Response create(const Call& call);
    http::Response show(const Call& call);
    http::Response edit(const Call& call);
    http::Response new_token(const Call& call);
    http::Response lock(const Call& call);
    http::Response wipe(const Call& call);
    http::Response unlock(const Call& call);
    http::Response revoke(const Call& call);

  private:
    // With a reason from the body; audited under `action`.
    using Shutting =
        std::function<core::Result<store::DeviceRow>(core::Tx&, const core::DeviceId&, const std::string&)>;
    http::Response shut(const Call& call, const std::string& action, const Shutting& shutting);
    core::Result<std::string> enrolment_json(core::Tx& tx, const core::DeviceId& device, core::TimeUs now) const;

    FieldSide side_;
    const Idempotency& idempotency_;
};

}  // namespace plus7::central::api
