#include "central/app/tariffs/shape.hpp"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>

namespace plus7::central::app::tariffs {
namespace {

namespace geometry = boost::geometry;
using Point = geometry::model::d2::point_xy<double>;
using Area = geometry::model::polygon<Point>;
using Areas = geometry::model::multi_polygon<Area>;

Point point_of(core::LatLon place) { return {place.lon, place.lat}; }

Area area_of(const store::Polygon& polygon) {
    Area area;
    area.inners().resize(polygon.size() - 1);
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        auto& ring = i == 0 ? area.outer() : area.inners()[i - 1];
        for (const auto& place : polygon[i]) ring.push_back(point_of(place));
    }
    geometry::correct(area);  // GeoJSON turns the other way round
    return area;
}

core::Status check_ring(const store::Ring& ring) {
    if (ring.size() < 4) return core::invalid("a ring has at least 4 points, the last one is the first one again");
    if (!(ring.front() == ring.back())) return core::invalid("a ring is not closed: its last point is not its first");
    if (!std::all_of(ring.begin(), ring.end(), [](core::LatLon place) { return core::is_valid(place); }))
        return core::invalid("a point is not on the globe; GeoJSON writes longitude first");
    return {};
}

std::string words_of(geometry::validity_failure_type failure) {
    switch (failure) {
        case geometry::failure_self_intersections:
            return "a ring crosses itself or another one";
        case geometry::failure_intersecting_interiors:
            return "two of its polygons overlap";
        case geometry::failure_interior_rings_outside:
        case geometry::failure_nested_interior_rings:
            return "a hole does not lie inside";
        case geometry::failure_spikes:
            return "a ring goes out and back along the same line";
        default:
            return "it covers no ground, or its outline crosses itself";
    }
}

}  // namespace

core::Status check_shape(const store::Shape& shape) {
    if (shape.empty()) return core::invalid("a zone has at least one polygon");
    std::size_t vertices = 0;
    for (const auto& polygon : shape) {
        if (polygon.empty()) return core::invalid("a polygon without a ring");
        for (const auto& ring : polygon) {
            vertices += ring.size();
            if (vertices > most_vertices)
                return core::invalid("a zone has at most 10 000 points: simplify its outline");
            if (const auto good = check_ring(ring); !good) return good;
        }
    }
    Areas areas;
    for (const auto& polygon : shape) areas.push_back(area_of(polygon));
    geometry::validity_failure_type failure{};
    if (!geometry::is_valid(areas, failure) && failure != geometry::failure_duplicate_points)
        return core::invalid(words_of(failure));
    if (!(geometry::area(areas) > 0)) return core::invalid("it covers no ground");
    return {};
}

bool holds(const store::Shape& shape, core::LatLon place) {
    return std::any_of(shape.begin(), shape.end(), [&](const store::Polygon& polygon) {
        return !polygon.empty() && geometry::covered_by(point_of(place), area_of(polygon));
    });
}

}  // namespace plus7::central::app::tariffs
