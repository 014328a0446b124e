// The street graph as it stands in the map file: junctions and the edges between them. Value types; pure functions.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/geo.hpp"

namespace osmium {
class TagList;
}

namespace plus7::central::maps {

// Who may go along an edge: a bit mask.
enum Profile : std::uint8_t { car = 1, bike = 2, foot = 4 };

// A place in 10^-7 degrees, OpenStreetMap's own precision.
struct PlaceE7 {
    std::int32_t lat = 0;
    std::int32_t lon = 0;
    auto operator<=>(const PlaceE7&) const = default;
};
core::LatLon degrees(PlaceE7 place);
PlaceE7 place_e7(core::LatLon place);

struct StreetTraits {
    std::string class_name;      // motorway … steps, as in the road layer of the tiles
    std::uint8_t forward = 0;    // profiles that may go in the way's direction
    std::uint8_t backward = 0;   // and against it
    std::uint8_t speed_kmh = 0;  // of a car: the sign, or what the class allows in Russia
    std::string name;
};
// Nothing when nobody may travel there, or it is no street.
std::optional<StreetTraits> street_of(const osmium::TagList& tags);

struct StreetEdge {
    std::int64_t from = 0;  // OpenStreetMap node ids
    std::int64_t to = 0;
    std::int64_t way = 0;
    StreetTraits traits;
    std::vector<PlaceE7> line;  // with both ends
};
std::int32_t length_cm(const std::vector<PlaceE7>& line);

// Zigzag varints of the differences, first point absolute: latitude, longitude, …
std::string encode_line(const std::vector<PlaceE7>& line);
// Nothing for bytes that are no such line of at least two points.
std::optional<std::vector<PlaceE7>> decode_line(std::string_view bytes);

}  // namespace plus7::central::maps
