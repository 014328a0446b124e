// Bags of a depot for the office (openapi/haul.yaml): opened, filled by scans, closed, their label and list; and
// sorting, which says where a parcel goes. Any worker.
#pragma once
#include "central/api/floor_calls.hpp"

namespace plus7::central::api {

class BagRoutes {
  public:
    BagRoutes(const FieldSide& side, const Idempotency& idempotency) : calls_(side, idempotency) {}

    http::Response bins(const Call& call);
    http::Response name_cell(const Call& call);
    http::Response sort_scan(const Call& call);
    http::Response bags(const Call& call);
    http::Response open(const Call& call);
    http::Response bag(const Call& call);
    http::Response scan(const Call& call);
    http::Response take_out(const Call& call);
    http::Response close(const Call& call);
    http::Response reopen(const Call& call);
    http::Response label(const Call& call);
    http::Response list(const Call& call);

  private:
    FloorCalls calls_;
};

}  // namespace plus7::central::api
