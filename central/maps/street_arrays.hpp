// The inside of StreetGraph: arrays in compressed sparse row form and an R-tree over the edges. Included by its .cpp
// files.
#pragma once
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <utility>
#include <vector>

#include "central/maps/street_graph.hpp"

namespace plus7::central::maps {

// A polyline with the distance of each point from its start.
struct MeasuredLine {
    std::vector<core::LatLon> points;
    std::vector<double> at_m;

    explicit MeasuredLine(std::vector<core::LatLon> line);
    double length_m() const { return at_m.back(); }
    core::LatLon place_at(double metres) const;
    // From one position to another, both ends included; against the line's direction when from > to.
    std::vector<core::LatLon> part(double from_m, double to_m) const;
};

// Where a place touches an edge.
struct Snap {
    std::uint32_t edge = 0;
    double along_m = 0;  // from the edge's start
    double distance_m = 0;
    core::LatLon place;
};

struct StreetArrays {
    struct Edge {
        std::uint32_t from = 0;
        std::uint32_t to = 0;
        float length_m = 0;
        std::uint8_t forward = 0;
        std::uint8_t backward = 0;
        std::uint8_t speed_kmh = 0;
        std::uint32_t name = 0;  // index into names
        std::uint32_t line_size = 0;
        std::uint64_t line_at = 0;  // in lines
    };
    // A step out of a junction: the edge, and whether it is taken against its direction.
    struct Arc {
        std::uint32_t edge = 0;
        bool reversed = false;
    };
    // Boxes lie in Web Mercator (grid units): there distances compare rightly near a place, at any latitude.
    using FlatPoint = boost::geometry::model::d2::point_xy<float>;
    using FlatBox = boost::geometry::model::box<FlatPoint>;
    using Tree = boost::geometry::index::rtree<std::pair<FlatBox, std::uint32_t>, boost::geometry::index::linear<16>>;

    std::vector<PlaceE7> nodes;
    std::vector<Edge> edges;
    std::vector<std::string> names;
    std::string lines;                     // encode_line of all edges
    std::vector<std::uint32_t> first_arc;  // per node, one more at the end
    std::vector<Arc> arcs;
    Tree tree;
    double top_speed_kmh = 0;

    MeasuredLine line_of(const Edge& edge) const;
    double speed_ms(const Edge& edge, Profile profile) const;
    // The nearest edges the profile may use, nearest first, at most 2 km away.
    std::vector<Snap> snaps(core::LatLon place, Profile profile, std::size_t count) const;
};

}  // namespace plus7::central::maps
