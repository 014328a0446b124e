#include "central/maps/street_graph.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <unordered_map>

#include "central/maps/grid.hpp"
#include "central/maps/street_arrays.hpp"
#include "shared/sql/sqlite_connection.hpp"

namespace plus7::central::maps {
namespace {

constexpr double search_radius_m = 2000;
constexpr double bike_kmh = 15;
constexpr double foot_kmh = 5;

double metres_per_unit(double lat) {
    constexpr double equator_m = 2 * std::numbers::pi * 6'371'008.8;
    return equator_m / (static_cast<double>(tile_extent) * (1 << grid_zoom)) * std::cos(lat * std::numbers::pi / 180);
}

// Rows that contradict each other: no map file of ours.
class DamagedMap : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace

MeasuredLine::MeasuredLine(std::vector<core::LatLon> line) : points(std::move(line)), at_m(points.size()) {
    for (std::size_t i = 1; i < points.size(); ++i) at_m[i] = at_m[i - 1] + core::distance_m(points[i - 1], points[i]);
}

core::LatLon MeasuredLine::place_at(double metres) const {
    const auto next = std::upper_bound(at_m.begin(), at_m.end(), metres) - at_m.begin();
    if (next <= 0) return points.front();
    if (next >= std::ssize(points)) return points.back();
    const auto i = static_cast<std::size_t>(next);
    const double share = (metres - at_m[i - 1]) / (at_m[i] - at_m[i - 1]);
    const core::LatLon a = points[i - 1], b = points[i];
    return {a.lat + (b.lat - a.lat) * share, a.lon + (b.lon - a.lon) * share};
}

std::vector<core::LatLon> MeasuredLine::part(double from_m, double to_m) const {
    const double low = std::min(from_m, to_m), high = std::max(from_m, to_m);
    std::vector<core::LatLon> result{place_at(low)};
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (at_m[i] > low && at_m[i] < high) result.push_back(points[i]);
    }
    result.push_back(place_at(high));
    if (from_m > to_m) std::reverse(result.begin(), result.end());
    return result;
}

MeasuredLine StreetArrays::line_of(const Edge& edge) const {
    const auto line = decode_line(std::string_view{lines}.substr(edge.line_at, edge.line_size));
    if (!line) throw std::logic_error("street graph: an edge lost its line");  // checked while loading
    std::vector<core::LatLon> points;
    points.reserve(line->size());
    for (const PlaceE7 place : *line) points.push_back(degrees(place));
    return MeasuredLine{std::move(points)};
}

double StreetArrays::speed_ms(const Edge& edge, Profile profile) const {
    return (profile == car ? edge.speed_kmh : profile == bike ? bike_kmh : foot_kmh) / 3.6;
}

namespace {

Snap snap_to(std::uint32_t edge, const MeasuredLine& line, core::LatLon place) {
    Snap best{edge, 0, std::numeric_limits<double>::infinity(), {}};
    const double shrink = std::cos(place.lat * std::numbers::pi / 180);
    for (std::size_t i = 1; i < line.points.size(); ++i) {
        const core::LatLon a = line.points[i - 1], b = line.points[i];
        const double bx = (b.lon - a.lon) * shrink, by = b.lat - a.lat;
        const double px = (place.lon - a.lon) * shrink, py = place.lat - a.lat;
        const double square = bx * bx + by * by;
        const double share = square == 0 ? 0 : std::clamp((px * bx + py * by) / square, 0.0, 1.0);
        const core::LatLon foot_point{a.lat + (b.lat - a.lat) * share, a.lon + (b.lon - a.lon) * share};
        const double distance = core::distance_m(place, foot_point);
        if (distance >= best.distance_m) continue;
        best.distance_m = distance;
        best.along_m = line.at_m[i - 1] + share * (line.at_m[i] - line.at_m[i - 1]);
        best.place = foot_point;
    }
    return best;
}

}  // namespace

std::vector<Snap> StreetArrays::snaps(core::LatLon place, Profile profile, std::size_t count) const {
    if (!core::is_valid(place) || edges.empty()) return {};
    const Point grid = to_grid(place);
    const FlatPoint point(static_cast<float>(grid.x), static_cast<float>(grid.y));
    const double unit_m = metres_per_unit(place.lat);
    constexpr double float_slack_m = 10;  // floats near 2^26 are 8 units apart at most
    std::vector<Snap> found;
    const auto usable = [&](const auto& entry) {
        const Edge& edge = edges[entry.second];
        return ((edge.forward | edge.backward) & profile) != 0;
    };
    namespace bgi = boost::geometry::index;
    for (auto entry = tree.qbegin(bgi::nearest(point, static_cast<unsigned>(tree.size())) && bgi::satisfies(usable));
         entry != tree.qend(); ++entry) {
        const double box_m = boost::geometry::distance(point, entry->first) * unit_m - float_slack_m;
        if (box_m > search_radius_m || (found.size() >= count && box_m > found[count - 1].distance_m)) break;
        const Snap snap = snap_to(entry->second, line_of(edges[entry->second]), place);
        if (snap.distance_m > search_radius_m) continue;
        const auto nearer = [](const Snap& a, const Snap& b) { return a.distance_m < b.distance_m; };
        found.insert(std::upper_bound(found.begin(), found.end(), snap, nearer), snap);
        if (found.size() > count) found.pop_back();
    }
    return found;
}

namespace {

class Loader {
  public:
    Loader(sql::SqliteConnection& connection, StreetArrays& arrays) : connection_(connection), arrays_(arrays) {}

    void load() {
        connection_.stream("SELECT id, lat_e7, lon_e7 FROM street_node ORDER BY id", {}, [this](const sql::Row& row) {
            ids_.push_back(row.get<std::int64_t>(0));
            arrays_.nodes.push_back({row.get<std::int32_t>(1), row.get<std::int32_t>(2)});
            return true;
        });
        connection_.stream(
            "SELECT from_id, to_id, length_cm, forward, backward, speed_kmh, name, geometry FROM street_edge", {},
            [this](const sql::Row& row) {
                add_edge(row);
                return true;
            });
        link_arcs();
        arrays_.tree = StreetArrays::Tree(boxes_);
    }

  private:
    std::uint32_t node(std::int64_t id) const {
        const auto found = std::lower_bound(ids_.begin(), ids_.end(), id);
        if (found == ids_.end() || *found != id) throw DamagedMap("a street ends at a junction that is not there");
        return static_cast<std::uint32_t>(found - ids_.begin());
    }

    void add_edge(const sql::Row& row) {
        StreetArrays::Edge edge;
        edge.from = node(row.get<std::int64_t>(0));
        edge.to = node(row.get<std::int64_t>(1));
        edge.length_m = static_cast<float>(row.get<std::int32_t>(2)) / 100.0F;
        edge.forward = row.get<std::uint8_t>(3);
        edge.backward = row.get<std::uint8_t>(4);
        edge.speed_kmh = row.get<std::uint8_t>(5);
        const auto [name, fresh] =
            names_.try_emplace(row.get<std::string>(6), static_cast<std::uint32_t>(names_.size()));
        if (fresh) arrays_.names.push_back(name->first);
        edge.name = name->second;
        const auto line = row.get<core::Bytes>(7);
        const auto places = decode_line(core::text_of(line));
        if (!places || edge.speed_kmh == 0 || edge.length_m <= 0)
            throw DamagedMap("a street has no line, length or speed");
        edge.line_at = arrays_.lines.size();
        edge.line_size = static_cast<std::uint32_t>(line.size());
        arrays_.lines += core::text_of(line);
        arrays_.top_speed_kmh = std::max<double>(arrays_.top_speed_kmh, edge.speed_kmh);
        add_box(*places, static_cast<std::uint32_t>(arrays_.edges.size()));
        arrays_.edges.push_back(edge);
    }

    void add_box(const std::vector<PlaceE7>& places, std::uint32_t edge) {
        Line line;
        for (const PlaceE7 place : places) line.push_back(to_grid(degrees(place)));
        const Box box = box_of(line);
        using FlatPoint = StreetArrays::FlatPoint;
        const auto flat = [](Point point) {
            return FlatPoint(static_cast<float>(point.x), static_cast<float>(point.y));
        };
        boxes_.push_back({{flat(box.low), flat(box.high)}, edge});
    }

    void link_arcs() {
        arrays_.first_arc.assign(arrays_.nodes.size() + 1, 0);
        for (const auto& edge : arrays_.edges) {
            ++arrays_.first_arc[edge.from + 1];
            ++arrays_.first_arc[edge.to + 1];
        }
        for (std::size_t i = 1; i < arrays_.first_arc.size(); ++i) arrays_.first_arc[i] += arrays_.first_arc[i - 1];
        arrays_.arcs.resize(2 * arrays_.edges.size());
        std::vector<std::uint32_t> next(arrays_.first_arc.begin(), arrays_.first_arc.end() - 1);
        for (std::uint32_t i = 0; i < arrays_.edges.size(); ++i) {
            arrays_.arcs[next[arrays_.edges[i].from]++] = {i, false};
            arrays_.arcs[next[arrays_.edges[i].to]++] = {i, true};
        }
    }

    sql::SqliteConnection& connection_;
    StreetArrays& arrays_;
    std::vector<std::int64_t> ids_;
    std::unordered_map<std::string, std::uint32_t> names_;
    std::vector<std::pair<StreetArrays::FlatBox, std::uint32_t>> boxes_;
};

}  // namespace

StreetGraph::StreetGraph(std::unique_ptr<StreetArrays> arrays) : arrays_(std::move(arrays)) {}
StreetGraph::StreetGraph(StreetGraph&&) noexcept = default;
StreetGraph& StreetGraph::operator=(StreetGraph&&) noexcept = default;
StreetGraph::~StreetGraph() = default;

core::Result<StreetGraph> StreetGraph::load(const std::string& path) {
    auto connection = sql::SqliteConnection::open({.path = path, .read_only = true});
    if (!connection.ok()) return core::not_found("no street map: " + connection.error().message);
    const auto unusable = [&](const char* reason) {
        return core::invalid(path + " holds no street graph (" + reason + "); make one with import-map");
    };
    try {
        auto arrays = std::make_unique<StreetArrays>();
        Loader(**connection, *arrays).load();
        return StreetGraph{std::move(arrays)};
    } catch (const sql::DbError& error) {
        return unusable(error.what());
    } catch (const DamagedMap& error) {
        return unusable(error.what());
    } catch (const std::logic_error& error) {  // a column of another type
        return unusable(error.what());
    }
}

std::size_t StreetGraph::nodes() const { return arrays_->nodes.size(); }
std::size_t StreetGraph::edges() const { return arrays_->edges.size(); }

std::optional<StreetPlace> StreetGraph::nearest(core::LatLon place, Profile profile) const {
    const auto snaps = arrays_->snaps(place, profile, 1);
    if (snaps.empty()) return std::nullopt;
    return StreetPlace{snaps[0].place, snaps[0].distance_m, arrays_->names[arrays_->edges[snaps[0].edge].name]};
}

}  // namespace plus7::central::maps
