#include "central/maps/shape.hpp"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/linestring.hpp>
#include <boost/geometry/geometries/multi_linestring.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <cmath>

namespace plus7::central::maps {
namespace {

namespace bg = boost::geometry;
using FlatPoint = bg::model::d2::point_xy<double>;
using FlatLine = bg::model::linestring<FlatPoint>;

FlatLine flat(const Line& line) {
    FlatLine result;
    result.reserve(line.size());
    for (const Point point : line) result.emplace_back(point.x, point.y);
    return result;
}

Line gridded(const FlatLine& line) {
    Line result;
    result.reserve(line.size());
    for (const FlatPoint& point : line) {
        const Point rounded{static_cast<std::int32_t>(std::lround(point.x())),
                            static_cast<std::int32_t>(std::lround(point.y()))};
        if (result.empty() || result.back() != rounded) result.push_back(rounded);
    }
    return result;
}

// One side of the box: which points are inside, and where an edge meets the side.
struct Side {
    bool along_x;      // the side is a line of constant x
    std::int32_t at;   // that constant
    bool keep_larger;  // inside is ≥ at

    std::int32_t value(Point point) const { return along_x ? point.x : point.y; }
    bool inside(Point point) const { return keep_larger ? value(point) >= at : value(point) <= at; }
    Point crossing(Point a, Point b) const {
        const double share = static_cast<double>(at - value(a)) / static_cast<double>(value(b) - value(a));
        const auto between = [share](std::int32_t from, std::int32_t to) {
            return static_cast<std::int32_t>(std::lround(from + share * (static_cast<double>(to) - from)));
        };
        return along_x ? Point{at, between(a.y, b.y)} : Point{between(a.x, b.x), at};
    }
};

Line cut(const Line& ring, const Side& side) {
    Line result;
    result.reserve(ring.size() + 4);
    const auto add = [&](Point point) {
        if (result.empty() || result.back() != point) result.push_back(point);
    };
    Point previous = ring.back();
    for (const Point point : ring) {
        if (side.inside(point) != side.inside(previous)) add(side.crossing(previous, point));
        if (side.inside(point)) add(point);
        previous = point;
    }
    while (result.size() > 1 && result.front() == result.back()) result.pop_back();
    return result;
}

Line cut_to_box(Line ring, const Box& box) {
    const Box own = box_of(ring);
    const Side sides[] = {
        {true, box.low.x, true}, {true, box.high.x, false}, {false, box.low.y, true}, {false, box.high.y, false}};
    const bool crosses[] = {own.low.x<box.low.x, own.high.x> box.high.x, own.low.y<box.low.y, own.high.y> box.high.y};
    for (int i = 0; i < 4 && !ring.empty(); ++i) {
        if (crosses[i]) ring = cut(ring, sides[i]);
    }
    return ring;
}

bool contains(const Rings& polygon, Point point) {
    bool inside = false;
    for (const Line& ring : polygon) {
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            if ((ring[i].y > point.y) == (ring[j].y > point.y)) continue;
            const double x = ring[j].x + static_cast<double>(point.y - ring[j].y) * (ring[i].x - ring[j].x) /
                                             static_cast<double>(ring[i].y - ring[j].y);
            if (x > point.x) inside = !inside;
        }
    }
    return inside;
}

Point centroid(const Line& ring) {
    const Point origin = ring.front();
    double area = 0, sum_x = 0, sum_y = 0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        const double ax = ring[i].x - origin.x, ay = ring[i].y - origin.y;
        const double bx = ring[i + 1].x - origin.x, by = ring[i + 1].y - origin.y;
        const double cross = ax * by - bx * ay;
        area += cross;
        sum_x += (ax + bx) * cross;
        sum_y += (ay + by) * cross;
    }
    if (area == 0) return origin;
    return {origin.x + static_cast<std::int32_t>(std::lround(sum_x / (3 * area))),
            origin.y + static_cast<std::int32_t>(std::lround(sum_y / (3 * area)))};
}

}  // namespace

Line simplified(const Line& line, double tolerance) {
    if (tolerance <= 0 || line.size() < 3) return line;
    FlatLine thin;
    bg::simplify(flat(line), thin, tolerance);
    return gridded(thin);
}

Line simplified_ring(const Line& ring, double tolerance) {
    if (tolerance <= 0 || ring.size() < 4) return ring;
    Line closed = ring;
    closed.push_back(ring.front());
    Line thin = simplified(closed, tolerance);
    while (thin.size() > 1 && thin.front() == thin.back()) thin.pop_back();
    return thin;
}

std::vector<Line> clipped(const Line& line, const Box& box) {
    if (line.size() < 2) return {};
    const Box own = box_of(line);
    if (own.high.x < box.low.x || own.low.x > box.high.x || own.high.y < box.low.y || own.low.y > box.high.y) return {};
    if (own.low.x >= box.low.x && own.high.x <= box.high.x && own.low.y >= box.low.y && own.high.y <= box.high.y)
        return {line};
    bg::model::multi_linestring<FlatLine> parts;
    const bg::model::box<FlatPoint> frame{FlatPoint(box.low.x, box.low.y), FlatPoint(box.high.x, box.high.y)};
    bg::intersection(frame, flat(line), parts);
    std::vector<Line> result;
    for (const FlatLine& part : parts) {
        Line rounded = gridded(part);
        if (rounded.size() > 1) result.push_back(std::move(rounded));
    }
    return result;
}

Rings clipped_rings(const Rings& rings, const Box& box) {
    Rings result;
    bool outer_kept = false;
    for (const Line& ring : rings) {
        if (ring.size() < 3) continue;
        const bool outer = signed_area(ring) > 0;
        if (!outer && !outer_kept) continue;
        Line inside = cut_to_box(ring, box);
        const double area = signed_area(inside);
        const bool kept = outer ? area > 0 : area < 0;
        if (outer) outer_kept = kept;
        if (kept) result.push_back(std::move(inside));
    }
    return result;
}

Point label_place(const Rings& polygon) {
    const Line& outer = polygon.front();
    const Point middle = centroid(outer);
    if (contains(polygon, middle)) return middle;
    std::vector<double> crossings;
    for (const Line& ring : polygon) {
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            if ((ring[i].y > middle.y) == (ring[j].y > middle.y)) continue;
            crossings.push_back(ring[j].x + static_cast<double>(middle.y - ring[j].y) * (ring[i].x - ring[j].x) /
                                                static_cast<double>(ring[i].y - ring[j].y));
        }
    }
    std::sort(crossings.begin(), crossings.end());
    double widest = -1, at = outer.front().x;
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
        if (crossings[i + 1] - crossings[i] <= widest) continue;
        widest = crossings[i + 1] - crossings[i];
        at = (crossings[i] + crossings[i + 1]) / 2;
    }
    return widest < 0 ? outer.front() : Point{static_cast<std::int32_t>(std::lround(at)), middle.y};
}

}  // namespace plus7::central::maps
