// Streets and the built-in base map for the console (openapi/system.yaml). What the tiles come from is central/maps,
// which the composition root connects by functions. Any worker.
#pragma once
#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "central/api/route_table.hpp"
#include "shared/http/static_files.hpp"

namespace plus7::central::api {

struct MapTile {
    std::string data;  // gzip'd Mapbox Vector Tile
    std::string etag;  // with its quotes
};

struct MapFacts {
    std::string name;
    std::array<double, 4> bounds{};  // west, south, east, north
    double center_lon = 0, center_lat = 0;
    int center_zoom = 0, min_zoom = 0, max_zoom = 0;
    std::string attribution;    // plain text
    std::string vector_layers;  // a JSON object that holds "vector_layers", as MBTiles has it; may be empty
};

struct MapSide {
    std::function<std::optional<MapFacts>()> facts{};  // nothing: no streets were imported
    std::function<std::optional<MapTile>(int zoom, std::int64_t x, std::int64_t y)> tile{};
    std::filesystem::path basemap{};  // folder of the base map's four files; empty: none
};

class TileRoutes {
  public:
    // unavailable: a file of the base map cannot be read.
    static core::Result<TileRoutes> make(MapSide side);

    http::Response map(const Call& call);
    http::Response metadata(const Call& call);
    http::Response tile(const Call& call);
    http::Response basemap(const Call& call);

  private:
    explicit TileRoutes(MapSide side) : side_(std::move(side)) {}

    struct File {
        std::string plain, packed, etag;
    };
    MapSide side_;
    std::map<std::string, File> files_;
};

}  // namespace plus7::central::api
