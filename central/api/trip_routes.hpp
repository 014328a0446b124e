// Line haul for the office (openapi/haul.yaml): trips from and to a depot, loading and unloading by scans, their
// papers. Any worker.
#pragma once
#include "central/api/floor_calls.hpp"

namespace plus7::central::api {

class TripRoutes {
  public:
    TripRoutes(const FieldSide& side, const Idempotency& idempotency) : calls_(side, idempotency) {}

    http::Response trips(const Call& call);
    http::Response open(const Call& call);
    http::Response trip(const Call& call);
    http::Response load(const Call& call);
    http::Response depart(const Call& call);
    http::Response unload(const Call& call);
    http::Response close(const Call& call);
    http::Response list(const Call& call);
    http::Response act(const Call& call);

  private:
    FloorCalls calls_;
};

}  // namespace plus7::central::api
