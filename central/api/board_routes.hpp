// The dispatch board (openapi/board.yaml) and what is planned on it. Any worker.
#pragma once
#include "central/api/field_side.hpp"
#include "central/api/route_table.hpp"
#include "central/app/dispatch/plan.hpp"

namespace plus7::central::api {

class BoardRoutes {
  public:
    explicit BoardRoutes(const FieldSide& side) : side_(side) {}

    http::Response show(const Call& call);
    http::Response plan(const Call& call);
    http::Response fix(const Call& call);

  private:
    FieldSide side_;
};

}  // namespace plus7::central::api
