#include "shared/wire/place_codec.hpp"

#include <cmath>
#include <stdexcept>

namespace plus7::wire {
namespace {
constexpr double unit = 1e7;  // per degree
}

void write_place(CborMap& map, core::LatLon place) {
    if (!core::is_valid(place)) throw std::invalid_argument("a place that is not on the globe");
    map.integer("lat", std::llround(place.lat * unit)).integer("lon", std::llround(place.lon * unit));
}

core::LatLon read_place(const Value& map) {
    const auto lat = map.get("lat").integer(-900'000'000, 900'000'000);
    const auto lon = map.get("lon").integer(-1'800'000'000, 1'800'000'000);
    return {static_cast<double>(lat) / unit, static_cast<double>(lon) / unit};
}

}  // namespace plus7::wire
