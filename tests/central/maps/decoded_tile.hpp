// Reads vector tiles back with protozero, independently of the encoder, for the tests of this folder.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "central/maps/grid.hpp"

namespace plus7::test {

struct DecodedFeature {
    int type = 0;                             // 1 point, 2 line, 3 polygon
    std::map<std::string, std::string> tags;  // numbers and booleans as text
    std::vector<central::maps::Line> parts;   // rings without the repeated last point
    bool sound = true;                        // commands obey the specification
};

struct DecodedLayer {
    std::uint32_t version = 0;
    std::uint32_t extent = 0;
    std::vector<DecodedFeature> features;
};

using DecodedTile = std::map<std::string, DecodedLayer>;

std::string gunzip(std::string_view packed);    // throws std::runtime_error
DecodedTile decode_tile(std::string_view mvt);  // throws on damaged data

}  // namespace plus7::test
