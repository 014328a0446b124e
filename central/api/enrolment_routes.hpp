// What a handheld asks over HTTP (openapi/agent.yaml): a nonce for its token, its certificate, the next certificate. No
// session: what counts is the token and the device's own keys. Any worker; owned by the Api.
#pragma once
#include "central/api/field_side.hpp"
#include "central/api/route_table.hpp"

namespace plus7::central::api {

class EnrolmentRoutes {
  public:
    explicit EnrolmentRoutes(const FieldSide& side) : side_(side) {}

    http::Response start(const Call& call);
    http::Response finish(const Call& call);
    http::Response renew(const Call& call);

  private:
    std::optional<http::Response> count_guess(const Call& call) const;
    void forgive_guess(const Call& call) const;
    std::string enrolled_json(const Call& call, const core::DeviceId& device, const std::string& certificate) const;
    void put_on_list(const std::vector<std::string>& serials) const;

    FieldSide side_;
};

}  // namespace plus7::central::api
