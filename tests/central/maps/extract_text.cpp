#include "tests/central/maps/extract_text.hpp"

namespace plus7::test {

void ExtractText::add_tags(const Tags& tags) {
    for (const auto& [key, value] : tags) body_ += "<tag k=\"" + key + "\" v=\"" + value + "\"/>";
}

void ExtractText::node(std::int64_t id, core::LatLon place, const Tags& tags) {
    body_ += "<node id=\"" + std::to_string(id) + "\" version=\"1\" lat=\"" + std::to_string(place.lat) + "\" lon=\"" +
             std::to_string(place.lon) + "\">";
    add_tags(tags);
    body_ += "</node>\n";
}

void ExtractText::way(std::int64_t id, const std::vector<std::int64_t>& nodes, const Tags& tags) {
    body_ += "<way id=\"" + std::to_string(id) + "\" version=\"1\">";
    for (const std::int64_t node : nodes) body_ += "<nd ref=\"" + std::to_string(node) + "\"/>";
    add_tags(tags);
    body_ += "</way>\n";
}

void ExtractText::relation(std::int64_t id, const std::vector<std::pair<std::int64_t, std::string>>& ways,
                           const Tags& tags) {
    body_ += "<relation id=\"" + std::to_string(id) + "\" version=\"1\">";
    for (const auto& [way, role] : ways) {
        body_ += "<member type=\"way\" ref=\"" + std::to_string(way) + "\" role=\"" + role + "\"/>";
    }
    add_tags(tags);
    body_ += "</relation>\n";
}

std::string ExtractText::xml() const {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\">\n" + body_ + "</osm>\n";
}

}  // namespace plus7::test
