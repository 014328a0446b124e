// The streets of a day's area for a handheld, in one file (shared/wire/map_pack, openapi/agent.yaml). No session: the
// device's certificate and its record key's signature say who asks. Any worker; owned by the Api.
#pragma once
#include "central/api/field_side.hpp"
#include "central/api/route_table.hpp"
#include "central/api/tile_routes.hpp"
#include "shared/wire/map_pack.hpp"

namespace plus7::central::api {

// Zoom by zoom from afar, as long as a whole one fits. Empty: no streets there.
std::string map_pack(const MapSide& side, const wire::MapArea& area,
                     std::size_t most_bytes = wire::PackHead::most_file);

class MapPackRoutes {
  public:
    MapPackRoutes(const FieldSide& side, MapSide map) : side_(side), map_(std::move(map)) {}

    http::Response pack(const Call& call);

  private:
    FieldSide side_;
    MapSide map_;
};

}  // namespace plus7::central::api
