#include "central/maps/grid.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace plus7::central::maps {
namespace {

constexpr double world = static_cast<double>(tile_extent) * (1 << grid_zoom);
constexpr double edge_latitude = 85.05112877980659;  // where Web Mercator is square

}  // namespace

Point to_grid(core::LatLon place) {
    const double lat = std::clamp(place.lat, -edge_latitude, edge_latitude) * std::numbers::pi / 180.0;
    const double x = (place.lon / 360.0 + 0.5) * world;
    const double y = (0.5 - std::asinh(std::tan(lat)) / (2.0 * std::numbers::pi)) * world;
    const auto unit = [](double value) {
        return static_cast<std::int32_t>(std::clamp(std::floor(value), 0.0, world - 1));
    };
    return {unit(x), unit(y)};
}

core::LatLon to_lat_lon(Point point) {
    const double y = (0.5 - (point.y + 0.5) / world) * 2.0 * std::numbers::pi;
    return {std::atan(std::sinh(y)) * 180.0 / std::numbers::pi, ((point.x + 0.5) / world - 0.5) * 360.0};
}

Point scaled(Point point, int zoom) {
    const int shift = grid_zoom - zoom;
    if (shift == 0) return point;
    const std::int32_t half = 1 << (shift - 1);
    return {(point.x + half) >> shift, (point.y + half) >> shift};
}

Line scaled(const Line& line, int zoom) {
    Line result;
    result.reserve(line.size());
    for (const Point point : line) {
        const Point moved = scaled(point, zoom);
        if (result.empty() || result.back() != moved) result.push_back(moved);
    }
    return result;
}

Box box_of(const Line& line) {
    Box box{line.front(), line.front()};
    for (const Point point : line) {
        box.low = {std::min(box.low.x, point.x), std::min(box.low.y, point.y)};
        box.high = {std::max(box.high.x, point.x), std::max(box.high.y, point.y)};
    }
    return box;
}

Box tile_box(TileId tile, int buffer) {
    const Point corner{tile.x * tile_extent, tile.y * tile_extent};
    return {{corner.x - buffer, corner.y - buffer}, {corner.x + tile_extent + buffer, corner.y + tile_extent + buffer}};
}

double signed_area(const Line& ring) {
    if (ring.size() < 3) return 0;
    // Relative to the first point: products of differences stay exact in 64 bits.
    const Point origin = ring.front();
    std::int64_t twice = 0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        const std::int64_t ax = ring[i].x - origin.x, ay = ring[i].y - origin.y;
        const std::int64_t bx = ring[i + 1].x - origin.x, by = ring[i + 1].y - origin.y;
        twice += ax * by - bx * ay;
    }
    return static_cast<double>(twice) / 2.0;
}

}  // namespace plus7::central::maps
