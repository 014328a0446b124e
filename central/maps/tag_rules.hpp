// The tables behind classify.cpp: which tag is drawn as what class, from which zoom on. The first rule that matches
// counts.
#pragma once
#include <cstdint>
#include <string_view>

namespace plus7::central::maps {

// One line of a table: a tag and the class it gets on the map.
struct Rule {
    std::string_view key;
    std::string_view value;
    std::string_view class_name;
    std::uint8_t min_zoom;
    std::int32_t rank;
};

inline constexpr Rule road_rules[] = {
    {"highway", "motorway", "motorway", 10, 90},
    {"highway", "motorway_link", "motorway", 12, 85},
    {"highway", "trunk", "trunk", 10, 80},
    {"highway", "trunk_link", "trunk", 12, 75},
    {"highway", "primary", "primary", 10, 70},
    {"highway", "primary_link", "primary", 12, 65},
    {"highway", "secondary", "secondary", 10, 60},
    {"highway", "secondary_link", "secondary", 12, 55},
    {"highway", "tertiary", "tertiary", 11, 50},
    {"highway", "tertiary_link", "tertiary", 13, 45},
    {"highway", "residential", "residential", 12, 40},
    {"highway", "unclassified", "residential", 12, 40},
    {"highway", "living_street", "residential", 13, 38},
    {"highway", "road", "residential", 13, 38},
    {"highway", "service", "service", 14, 30},
    {"highway", "track", "track", 13, 25},
    {"highway", "pedestrian", "footway", 13, 22},
    {"highway", "footway", "footway", 14, 20},
    {"highway", "path", "footway", 14, 20},
    {"highway", "bridleway", "footway", 14, 20},
    {"highway", "cycleway", "cycleway", 14, 21},
    {"highway", "steps", "steps", 14, 23},
    {"railway", "rail", "rail", 10, 35},
    {"railway", "light_rail", "rail", 11, 34},
    {"railway", "narrow_gauge", "rail", 11, 34},
    {"railway", "monorail", "rail", 12, 95},
    {"railway", "subway", "rail", 12, 33},
    {"railway", "tram", "rail", 13, 36},
};

inline constexpr Rule waterway_rules[] = {
    {"waterway", "river", "river", 10, 10},   {"waterway", "canal", "canal", 11, 10},
    {"waterway", "stream", "stream", 13, 10}, {"waterway", "drain", "drain", 14, 10},
    {"waterway", "ditch", "drain", 14, 10},
};

inline constexpr Rule water_rules[] = {
    {"natural", "water", "lake", 10, 0},         {"waterway", "riverbank", "river", 10, 0},
    {"waterway", "dock", "dock", 10, 0},         {"landuse", "reservoir", "lake", 10, 0},
    {"landuse", "basin", "lake", 10, 0},         {"amenity", "fountain", "pool", 14, 0},
    {"leisure", "swimming_pool", "pool", 14, 0},
};

inline constexpr Rule green_rules[] = {
    {"landuse", "forest", "forest", 10, 0},
    {"natural", "wood", "forest", 10, 0},
    {"leisure", "park", "park", 10, 0},
    {"leisure", "garden", "park", 12, 0},
    {"leisure", "common", "park", 12, 0},
    {"leisure", "nature_reserve", "park", 10, 0},
    {"leisure", "golf_course", "park", 11, 0},
    {"landuse", "cemetery", "cemetery", 10, 0},
    {"amenity", "grave_yard", "cemetery", 12, 0},
    {"landuse", "grass", "grass", 12, 0},
    {"landuse", "meadow", "grass", 11, 0},
    {"landuse", "village_green", "grass", 12, 0},
    {"landuse", "flowerbed", "grass", 14, 0},
    {"natural", "grassland", "grass", 11, 0},
    {"landuse", "recreation_ground", "park", 11, 0},
    {"landuse", "allotments", "allotments", 11, 0},
    {"landuse", "orchard", "farm", 11, 0},
    {"landuse", "vineyard", "farm", 11, 0},
    {"landuse", "farmland", "farm", 11, 0},
    {"natural", "scrub", "scrub", 11, 0},
    {"natural", "heath", "scrub", 11, 0},
    {"natural", "wetland", "wetland", 11, 0},
    {"natural", "beach", "sand", 12, 0},
    {"natural", "sand", "sand", 12, 0},
    {"leisure", "pitch", "pitch", 13, 0},
    {"leisure", "stadium", "pitch", 12, 0},
    {"leisure", "playground", "pitch", 14, 0},
};

inline constexpr Rule landuse_rules[] = {
    {"landuse", "residential", "residential", 10, 0},
    {"landuse", "industrial", "industrial", 10, 0},
    {"landuse", "commercial", "commercial", 11, 0},
    {"landuse", "retail", "commercial", 11, 0},
    {"landuse", "railway", "railway", 12, 0},
    {"landuse", "garages", "garages", 13, 0},
    {"landuse", "construction", "construction", 12, 0},
    {"landuse", "military", "military", 11, 0},
    {"landuse", "quarry", "quarry", 11, 0},
    {"amenity", "school", "education", 13, 0},
    {"amenity", "kindergarten", "education", 13, 0},
    {"amenity", "university", "education", 12, 0},
    {"amenity", "college", "education", 13, 0},
    {"amenity", "hospital", "hospital", 12, 0},
    {"amenity", "parking", "parking", 14, 0},
    {"highway", "pedestrian", "pedestrian", 13, 1'000'000},
    {"railway", "platform", "platform", 14, 0},
    {"aeroway", "aerodrome", "airport", 10, 0},
};

// Rank of labels: smaller matters more.
inline constexpr Rule place_rules[] = {
    {"place", "city", "city", 10, 10},       {"place", "town", "town", 10, 20},
    {"place", "suburb", "suburb", 11, 40},   {"place", "village", "village", 11, 50},
    {"place", "quarter", "quarter", 12, 60}, {"place", "neighbourhood", "quarter", 13, 60},
    {"place", "hamlet", "hamlet", 12, 70},   {"place", "locality", "hamlet", 14, 90},
    {"place", "square", "quarter", 14, 80},
};

inline constexpr Rule poi_rules[] = {
    {"station", "subway", "subway", 12, 10},
    {"railway", "subway_entrance", "entrance", 15, 60},
    {"station", "monorail", "station", 13, 30},
    {"station", "light_rail", "station", 13, 30},
    {"railway", "station", "station", 11, 20},
    {"railway", "halt", "halt", 13, 30},
    {"amenity", "bus_station", "bus_station", 14, 40},
    {"aeroway", "aerodrome", "airport", 11, 5},
    {"amenity", "hospital", "hospital", 14, 50},
    {"amenity", "post_office", "post", 15, 60},
    {"amenity", "fuel", "fuel", 15, 70},
};

}  // namespace plus7::central::maps
