// Zones for the office (openapi/zones.yaml): list, import of GeoJSON with a preview, export, edit. Any worker.
#pragma once
#include "central/api/route_table.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

class ZoneRoutes {
  public:
    static constexpr std::size_t most_import = 4 << 20;  // bytes

    explicit ZoneRoutes(sql::Database& db) : db_(db) {}

    http::Response list(const Call& call);
    http::Response geojson(const Call& call);
    http::Response import(const Call& call);
    http::Response edit(const Call& call);

  private:
    sql::Database& db_;
};

}  // namespace plus7::central::api
