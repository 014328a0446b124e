// A courier's track (openapi/track.yaml); every look is entered in his access book. Any worker.
#pragma once
#include "central/api/route_table.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

class TrackRoutes {
  public:
    explicit TrackRoutes(sql::Database& db) : db_(db) {}
    http::Response show(const Call& call);

  private:
    sql::Database& db_;
};

}  // namespace plus7::central::api
