// Places on the WGS 84 globe. Degrees; distances in metres on a sphere of 6 371 008.8 m (≤ 0.6 % off the ellipsoid).
#pragma once

namespace plus7::core {

struct LatLon {
    double lat = 0;  // −90 … 90
    double lon = 0;  // −180 … 180
    bool operator==(const LatLon&) const = default;
};

bool is_valid(LatLon place);  // false for NaN and for what lies outside the ranges
double distance_m(LatLon a, LatLon b);
double bearing_deg(LatLon from, LatLon to);                     // 0 … 360, north = 0, clockwise
LatLon travel(LatLon from, double bearing_deg, double metres);  // along the great circle
double turn_deg(double course_a, double course_b);              // smallest angle between two courses, 0 … 180

}  // namespace plus7::core
