// Which OpenStreetMap tags become what on the map (https://wiki.openstreetmap.org/wiki/Map_features). Pure functions.
// The features returned have no geometry yet; min_zoom of areas is raised later by their size.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/maps/feature.hpp"

namespace osmium {
class TagList;
}

namespace plus7::central::maps {

std::vector<Feature> features_of_point(const osmium::TagList& tags);
std::vector<Feature> features_of_line(const osmium::TagList& tags);
std::vector<Feature> features_of_area(const osmium::TagList& tags, bool closed_way);
// Labels (house number, station, hospital …) that an area gets at its middle.
std::vector<Feature> labels_of_area(const osmium::TagList& tags);

// A border between administrative units; nothing for levels that a city map does not show (9 and more).
std::optional<Feature> boundary_of_level(int admin_level);
// The admin_level of a boundary's tags, on a way or on a relation.
std::optional<int> admin_level_of(const osmium::TagList& tags);

struct AddressTags {
    std::string city;  // may be empty
    std::string street;
    std::string house;
};
std::optional<AddressTags> address_of(const osmium::TagList& tags);

// Keys at least one of which an area worth assembling has.
const std::vector<std::string>& area_keys();

}  // namespace plus7::central::maps
