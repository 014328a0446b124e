// Encoding of one tile as a Mapbox Vector Tile 2.1 (https://github.com/mapbox/vector-tile-spec/tree/master/2.1).
// Pure function; use from any thread.
#pragma once
#include <string>
#include <vector>

#include "central/maps/feature.hpp"

namespace plus7::central::maps {

struct TilePiece {
    const Feature* feature = nullptr;
    std::vector<Line> parts;  // in units of this tile: 0 … 4096 and the buffer around it
};

// Pieces are written in the order given; those of one layer must stand together. No pieces: an empty string.
std::string encode_tile(const std::vector<TilePiece>& pieces);

}  // namespace plus7::central::maps
