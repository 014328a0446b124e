// The integer plane all map geometry lives on: Web Mercator (EPSG:3857) at zoom 15 with 4096 units per tile, x east, y
// south, 2^27 units round the world (0.17 m each at 56° N). Value types; use from any thread.
#pragma once
#include <cstdint>
#include <vector>

#include "shared/core/geo.hpp"

namespace plus7::central::maps {

inline constexpr int grid_zoom = 15;
inline constexpr std::int32_t tile_extent = 4096;  // Mapbox Vector Tile default extent
inline constexpr std::int32_t tile_buffer = 64;    // drawn past the edge, so that strokes and joins meet at seams

struct Point {
    std::int32_t x = 0;
    std::int32_t y = 0;
    auto operator<=>(const Point&) const = default;
};

using Line = std::vector<Point>;
// Rings leave out the repeated last point. Outer rings have a positive signed_area(), holes a negative one, and every
// outer ring is followed by its own holes: the order and winding of MVT 2.1.
using Rings = std::vector<Line>;

struct Box {
    Point low;   // north-west, inclusive
    Point high;  // south-east, inclusive
};

struct TileId {
    int zoom = 0;
    std::int32_t x = 0;
    std::int32_t y = 0;  // XYZ: 0 is the northernmost row
    auto operator<=>(const TileId&) const = default;
};

// Latitudes beyond ±85.0511° are moved to the edge of the projection.
Point to_grid(core::LatLon place);
core::LatLon to_lat_lon(Point point);

// The same shape in units of a coarser zoom (4096 per tile there), without repeated points.
Line scaled(const Line& line, int zoom);
Point scaled(Point point, int zoom);

Box box_of(const Line& line);           // line must not be empty
Box tile_box(TileId tile, int buffer);  // in units of the tile's own zoom

// The area in square units: positive for a ring that runs clockwise on a north-up map.
double signed_area(const Line& ring);

}  // namespace plus7::central::maps
