#include "central/maps/extract_handler.hpp"

#include <algorithm>
#include <cmath>

#include "central/maps/classify.hpp"
#include "central/maps/shape.hpp"

namespace plus7::central::maps {
namespace {

constexpr double smallest_area = 32 * 32;  // square units on the zoom in question: 4 × 4 px of a 512 px tile

core::LatLon place_of(osmium::Location location) { return {location.lat(), location.lon()}; }

// The way as drawn; a gap where nodes are missing parts it.
std::vector<Line> lines_of(const osmium::Way& way) {
    std::vector<Line> parts(1);
    for (const osmium::NodeRef& node : way.nodes()) {
        if (!node.location().valid()) {
            if (!parts.back().empty()) parts.emplace_back();
            continue;
        }
        const Point point = to_grid(place_of(node.location()));
        if (parts.back().empty() || parts.back().back() != point) parts.back().push_back(point);
    }
    std::erase_if(parts, [](const Line& part) { return part.size() < 2; });
    return parts;
}

// Without the repeated last point, wound as Rings asks; empty when it has no area on the grid.
Line ring_of(const osmium::NodeRefList& nodes, bool outer) {
    Line ring;
    for (const osmium::NodeRef& node : nodes) {
        const Point point = to_grid(place_of(node.location()));
        if (ring.empty() || ring.back() != point) ring.push_back(point);
    }
    while (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
    const double area = signed_area(ring);
    if (area == 0) return {};
    if ((area > 0) != outer) std::reverse(ring.begin(), ring.end());
    return ring;
}

std::vector<Rings> polygons_of(const osmium::Area& area) {
    std::vector<Rings> polygons;
    for (const osmium::OuterRing& outer : area.outer_rings()) {
        Line ring = ring_of(outer, true);
        if (ring.empty()) continue;
        polygons.push_back({std::move(ring)});
        for (const osmium::InnerRing& inner : area.inner_rings(outer)) {
            if (Line hole = ring_of(inner, false); !hole.empty()) polygons.back().push_back(std::move(hole));
        }
    }
    return polygons;
}

// First zoom on which an area of this size (square grid units) is worth drawing.
std::uint8_t zoom_for(double area, std::uint8_t at_least) {
    std::uint8_t zoom = at_least;
    while (zoom < grid_zoom && area / std::pow(4.0, grid_zoom - zoom) < smallest_area) ++zoom;
    return zoom;
}

}  // namespace

void WayIndex::way(const osmium::Way& way) {
    if (way.nodes().size() < 2 || !street_of(way.tags())) return;
    for (const osmium::NodeRef& node : way.nodes()) nodes_.push_back(node.ref());
    // Ends count twice, so that they pass for meetings.
    nodes_.push_back(way.nodes().front().ref());
    nodes_.push_back(way.nodes().back().ref());
}

void WayIndex::relation(const osmium::Relation& relation) {
    const auto level = admin_level_of(relation.tags());
    if (!level || !boundary_of_level(*level)) return;
    for (const osmium::RelationMember& member : relation.members()) {
        if (member.type() != osmium::item_type::way) continue;
        const auto [place, fresh] = borders_.try_emplace(member.ref(), *level);
        if (!fresh) place->second = std::min(place->second, *level);
    }
}

void WayIndex::prepare() {
    std::sort(nodes_.begin(), nodes_.end());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < nodes_.size();) {
        std::size_t next = i;
        while (next < nodes_.size() && nodes_[next] == nodes_[i]) ++next;
        if (next - i > 1) nodes_[kept++] = nodes_[i];
        i = next;
    }
    nodes_.resize(kept);
    nodes_.shrink_to_fit();
}

std::int64_t WayIndex::junction(osmium::object_id_type node) const {
    const auto found = std::lower_bound(nodes_.begin(), nodes_.end(), node);
    return found == nodes_.end() || *found != node ? -1 : found - nodes_.begin();
}

std::optional<int> WayIndex::border_level(osmium::object_id_type way) const {
    const auto found = borders_.find(way);
    if (found == borders_.end()) return std::nullopt;
    return found->second;
}

ExtractHandler::ExtractHandler(const WayIndex& index, TileBuilder& tiles, MapFile& file, ImportReport& report)
    : index_(index), tiles_(tiles), file_(file), report_(report), node_written_(index.junctions()) {}

void ExtractHandler::note(const osmium::OSMObject& object) { newest_ = std::max(newest_, object.timestamp()); }

void ExtractHandler::emit(Feature feature) {
    ++report_.features;
    tiles_.add(feature);
}

void ExtractHandler::emit_address(const osmium::TagList& tags, core::LatLon place) {
    auto address = address_of(tags);
    if (!address) return;
    ++report_.addresses;
    file_.add(Address{std::move(address->city), std::move(address->street), std::move(address->house), place});
}

void ExtractHandler::node(const osmium::Node& node) {
    if (report_.ways + report_.relations > 0) throw WrongOrder("nodes follow after ways");
    note(node);
    if (!node.location().valid()) return;
    ++report_.nodes;
    seen_.extend(node.location());
    if (node.tags().empty()) return;
    const core::LatLon place = place_of(node.location());
    emit_address(node.tags(), place);
    for (Feature& feature : features_of_point(node.tags())) {
        feature.parts = {{to_grid(place)}};
        emit(std::move(feature));
    }
}

void ExtractHandler::way(const osmium::Way& way) {
    if (report_.relations > 0) throw WrongOrder("ways follow after relations");
    note(way);
    ++report_.ways;
    for (const osmium::NodeRef& node : way.nodes()) report_.missing_nodes += node.location().valid() ? 0 : 1;
    std::vector<Feature> features = features_of_line(way.tags());
    auto level = index_.border_level(way.id());
    if (!level) level = admin_level_of(way.tags());
    if (auto border = level ? boundary_of_level(*level) : std::nullopt) features.push_back(std::move(*border));
    if (features.empty()) return;
    const std::vector<Line> lines = lines_of(way);
    if (lines.empty()) return;
    for (Feature& feature : features) {
        feature.parts = lines;
        emit(std::move(feature));
    }
    emit_streets(way);
}

void ExtractHandler::emit_streets(const osmium::Way& way) {
    auto traits = street_of(way.tags());
    if (!traits) return;
    StreetEdge edge;
    edge.way = way.id();
    edge.traits = std::move(*traits);
    bool whole = false;  // from a junction on, with no node missing
    for (const osmium::NodeRef& node : way.nodes()) {
        if (!node.location().valid()) {
            whole = false;
            continue;
        }
        const PlaceE7 place{node.location().y(), node.location().x()};
        if (whole && edge.line.back() != place) edge.line.push_back(place);
        if (index_.junction(node.ref()) < 0) continue;
        if (whole) {
            edge.to = node.ref();
            emit_edge(edge);
        }
        edge.from = node.ref();
        edge.line = {place};
        whole = true;
    }
}

void ExtractHandler::emit_edge(StreetEdge& edge) {
    if (edge.line.size() < 2) return;  // both ends on one spot
    const std::pair<std::int64_t, PlaceE7> ends[] = {{edge.from, edge.line.front()}, {edge.to, edge.line.back()}};
    for (const auto& [id, place] : ends) {
        const auto written = static_cast<std::size_t>(index_.junction(id));
        if (node_written_[written]) continue;
        node_written_[written] = true;
        ++report_.street_nodes;
        file_.add_node(id, place);
    }
    ++report_.street_edges;
    report_.named_streets += edge.traits.name.empty() ? 0 : 1;
    file_.add(edge);
}

void ExtractHandler::relation(const osmium::Relation& relation) {
    note(relation);
    ++report_.relations;
}

void ExtractHandler::area(const osmium::Area& area) {
    ++areas_;
    const std::vector<Rings> polygons = polygons_of(area);
    if (polygons.empty()) return;
    double size = 0;
    const Rings* largest = &polygons.front();
    Rings all;
    for (const Rings& polygon : polygons) {
        size += signed_area(polygon.front());
        if (signed_area(polygon.front()) > signed_area(largest->front())) largest = &polygon;
        all.insert(all.end(), polygon.begin(), polygon.end());
    }
    const Point middle = label_place(*largest);
    emit_address(area.tags(), to_lat_lon(middle));
    for (Feature& feature : features_of_area(area.tags(), area.from_way())) {
        feature.min_zoom = zoom_for(size, feature.min_zoom);
        feature.rank -= static_cast<std::int32_t>(std::min(size / 16, 2e9));  // small ones on top of large ones
        feature.parts = all;
        emit(std::move(feature));
    }
    for (Feature& label : labels_of_area(area.tags())) {
        label.parts = {{middle}};
        emit(std::move(label));
    }
}

void ExtractHandler::finish() {
    const Bounds& given = report_.bounds;
    if (given.south_west == given.north_east && seen_.valid()) {
        report_.bounds = {place_of(seen_.bottom_left()), place_of(seen_.top_right())};
    }
    if (report_.source_timestamp.empty() && newest_.valid()) report_.source_timestamp = newest_.to_iso();
}

}  // namespace plus7::central::maps
