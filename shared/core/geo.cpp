#include "shared/core/geo.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace plus7::core {
namespace {
constexpr double earth_radius_m = 6'371'008.8;  // IUGG mean radius
constexpr double radians(double degrees) { return degrees * std::numbers::pi / 180.0; }
constexpr double degrees(double radians) { return radians * 180.0 / std::numbers::pi; }
}  // namespace

bool is_valid(LatLon place) {
    return place.lat >= -90.0 && place.lat <= 90.0 && place.lon >= -180.0 && place.lon <= 180.0;
}

double distance_m(LatLon a, LatLon b) {
    const double half_lat = std::sin(radians(b.lat - a.lat) / 2);
    const double half_lon = std::sin(radians(b.lon - a.lon) / 2);
    const double h = half_lat * half_lat + std::cos(radians(a.lat)) * std::cos(radians(b.lat)) * half_lon * half_lon;
    return 2 * earth_radius_m * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0)));
}

double bearing_deg(LatLon from, LatLon to) {
    const double dlon = radians(to.lon - from.lon);
    const double y = std::sin(dlon) * std::cos(radians(to.lat));
    const double x = std::cos(radians(from.lat)) * std::sin(radians(to.lat)) -
                     std::sin(radians(from.lat)) * std::cos(radians(to.lat)) * std::cos(dlon);
    return std::fmod(degrees(std::atan2(y, x)) + 360.0, 360.0);
}

LatLon travel(LatLon from, double bearing, double metres) {
    const double angle = metres / earth_radius_m;
    const double lat1 = radians(from.lat);
    const double lat2 =
        std::asin(std::sin(lat1) * std::cos(angle) + std::cos(lat1) * std::sin(angle) * std::cos(radians(bearing)));
    const double dlon = std::atan2(std::sin(radians(bearing)) * std::sin(angle) * std::cos(lat1),
                                   std::cos(angle) - std::sin(lat1) * std::sin(lat2));
    return {degrees(lat2), std::remainder(from.lon + degrees(dlon), 360.0)};
}

double turn_deg(double course_a, double course_b) { return std::fabs(std::remainder(course_a - course_b, 360.0)); }

}  // namespace plus7::core
