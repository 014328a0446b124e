// The depot's floor for the office (openapi/depot.yaml): intake against a registry, hand-out to a courier, evening
// return. One request a scan; its answer carries what the screen shows. Any worker.
#pragma once
#include "central/api/floor_calls.hpp"

namespace plus7::central::api {

class DepotRoutes {
  public:
    DepotRoutes(const FieldSide& side, const Idempotency& idempotency) : calls_(side, idempotency) {}

    http::Response registries(const Call& call);
    http::Response registry(const Call& call);
    http::Response close_registry(const Call& call);
    http::Response reopen_registry(const Call& call);
    http::Response act(const Call& call);
    http::Response intake_scan(const Call& call);
    http::Response intake_damage(const Call& call);

    http::Response couriers(const Call& call);
    http::Response handout(const Call& call);
    http::Response handout_scan(const Call& call);
    http::Response handout_list(const Call& call);

    http::Response returns(const Call& call);
    http::Response return_scan(const Call& call);
    http::Response close_return(const Call& call);
    http::Response counts(const Call& call);
    http::Response count(const Call& call);

    http::Response undo(const Call& call);

  private:
    FloorCalls calls_;
};

}  // namespace plus7::central::api
