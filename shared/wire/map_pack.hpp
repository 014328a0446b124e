// The streets of a day's area in one file: what central cuts for a handheld, and the handheld keeps. Little endian:
// "P7MAP1", zooms (2 × u8), area (4 × i32), attribution (u16, UTF-8), tiles (u32, each u8 u32 u32 u32: zoom, x, y,
// bytes), then the tiles' bytes in that order, each a gzip'd Mapbox Vector Tile. Pure codec; any thread.
#pragma once
#include <string>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/core/geo.hpp"
#include "shared/core/result.hpp"

namespace plus7::wire {

struct MapArea {  // in 1e-5 degree
    std::int32_t west = 0, south = 0, east = 0, north = 0;
    bool operator==(const MapArea&) const = default;
};
bool is_valid(const MapArea& area);  // on the globe, not empty, not over the date line
bool covers(const MapArea& outer, const MapArea& inner);
// All these places with so much around them. Nothing for no place.
std::optional<MapArea> area_around(const std::vector<core::LatLon>& places, double margin_m);
// What a device signs to ask for this area.
core::Bytes signed_bytes(const MapArea& area);

struct PackTile {
    std::uint8_t zoom = 0;
    std::uint32_t x = 0, y = 0;
    std::uint32_t size = 0;    // bytes
    std::uint64_t offset = 0;  // in the file; made by read_pack_head()
};

struct PackHead {
    static constexpr std::size_t most_tiles = 8192;
    static constexpr std::size_t most_bytes = 256 * 1024;        // of the head
    static constexpr std::size_t most_file = 8UL * 1000 * 1000;  // bytes, head and tiles

    MapArea area;
    std::uint8_t min_zoom = 0, max_zoom = 0;
    std::string attribution;
    std::vector<PackTile> tiles;
};

std::string pack_head(const PackHead& head);  // the file's beginning; the tiles' bytes follow
// Of a file's first bytes (at least PackHead::most_bytes, or the whole file). invalid: no such file, cut off.
core::Result<PackHead> read_pack_head(core::ByteView bytes);

}  // namespace plus7::wire
