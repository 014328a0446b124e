#include "central/maps/street.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <protozero/exception.hpp>
#include <protozero/varint.hpp>

namespace plus7::central::maps {

core::LatLon degrees(PlaceE7 place) { return {place.lat / 1e7, place.lon / 1e7}; }

PlaceE7 place_e7(core::LatLon place) {
    return {static_cast<std::int32_t>(std::lround(place.lat * 1e7)),
            static_cast<std::int32_t>(std::lround(place.lon * 1e7))};
}

std::int32_t length_cm(const std::vector<PlaceE7>& line) {
    double metres = 0;
    for (std::size_t i = 1; i < line.size(); ++i) metres += core::distance_m(degrees(line[i - 1]), degrees(line[i]));
    return static_cast<std::int32_t>(std::clamp(std::round(metres * 100), 1.0, 2e9));
}

std::string encode_line(const std::vector<PlaceE7>& line) {
    std::string bytes;
    PlaceE7 cursor;
    for (const PlaceE7 place : line) {
        const std::int64_t differences[] = {std::int64_t{place.lat} - cursor.lat, std::int64_t{place.lon} - cursor.lon};
        for (const std::int64_t difference : differences) {
            protozero::write_varint(std::back_inserter(bytes), protozero::encode_zigzag64(difference));
        }
        cursor = place;
    }
    return bytes;
}

std::optional<std::vector<PlaceE7>> decode_line(std::string_view bytes) {
    std::vector<PlaceE7> line;
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    std::int64_t lat = 0, lon = 0;
    const auto fits = [](std::int64_t value) { return std::abs(value) <= std::numeric_limits<std::int32_t>::max(); };
    try {
        while (at != end) {
            const std::int64_t lat_step = protozero::decode_zigzag64(protozero::decode_varint(&at, end));
            const std::int64_t lon_step = protozero::decode_zigzag64(protozero::decode_varint(&at, end));
            if (!fits(lat_step / 2) || !fits(lon_step / 2)) return std::nullopt;
            lat += lat_step;
            lon += lon_step;
            if (!fits(lat) || !fits(lon)) return std::nullopt;
            line.push_back({static_cast<std::int32_t>(lat), static_cast<std::int32_t>(lon)});
        }
    } catch (const protozero::exception&) {
        return std::nullopt;
    }
    if (line.size() < 2) return std::nullopt;
    return line;
}

}  // namespace plus7::central::maps
