#include "central/maps/classify.hpp"

#include <array>
#include <charconv>
#include <cstring>
#include <osmium/osm/tag.hpp>
#include <span>
#include <string_view>

#include "central/maps/tag_rules.hpp"

namespace plus7::central::maps {
namespace {

using Tags = osmium::TagList;

const Rule* first_match(const Tags& tags, std::span<const Rule> rules) {
    for (const Rule& rule : rules) {
        const char* value = tags.get_value_by_key(rule.key.data());
        if (value && rule.value == value) return &rule;
    }
    return nullptr;
}

bool is(const Tags& tags, const char* key, const char* value) { return tags.has_tag(key, value); }

bool set(const Tags& tags, const char* key) {
    const char* value = tags.get_value_by_key(key);
    return value && std::strcmp(value, "no") != 0 && std::strcmp(value, "0") != 0;
}

std::optional<int> number(const char* text) {
    if (!text) return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(text, text + std::strlen(text), value);
    if (error != std::errc{} || end == text) return std::nullopt;
    return value;
}

void add_text(Feature& feature, Key key, const char* text) {
    if (text && *text) feature.set(key, std::string_view{text});
}

void add_names(Feature& feature, const Tags& tags) {
    add_text(feature, Key::name, tags.get_value_by_key("name"));
    add_text(feature, Key::name_en, tags.get_value_by_key("name:en"));
}

Feature make(Layer layer, Shape shape, const Rule& rule) {
    Feature feature;
    feature.layer = layer;
    feature.shape = shape;
    feature.min_zoom = rule.min_zoom;
    feature.rank = rule.rank;
    feature.set(Key::class_, rule.class_name);
    return feature;
}

std::optional<Feature> area_feature(const Tags& tags, Layer layer, std::span<const Rule> rules) {
    const Rule* rule = first_match(tags, rules);
    if (!rule) return std::nullopt;
    Feature feature = make(layer, Shape::polygon, *rule);
    add_names(feature, tags);
    return feature;
}

Feature road_feature(const Tags& tags, const Rule& rule) {
    Feature feature = make(Layer::road, Shape::line, rule);
    const bool rail = rule.key == "railway";
    if (rail) {
        feature.set(Key::kind, rule.value);
        // Sidings, yards and spurs would blacken the map of a station from afar.
        if (set(tags, "service")) feature.min_zoom = std::max<std::uint8_t>(feature.min_zoom, 14);
    }
    add_names(feature, tags);
    add_text(feature, Key::ref, rail ? nullptr : tags.get_value_by_key("ref"));
    if (rule.value.ends_with("_link")) feature.set(Key::ramp, true);
    if (!rail && is(tags, "oneway", "-1"))
        feature.set(Key::oneway, std::int64_t{-1});
    else if (!rail && (is(tags, "oneway", "yes") || is(tags, "oneway", "1") || is(tags, "oneway", "true") ||
                       is(tags, "junction", "roundabout") || is(tags, "highway", "motorway")))
        feature.set(Key::oneway, std::int64_t{1});
    if (set(tags, "bridge")) {
        feature.set(Key::bridge, true);
        feature.rank += 100;
    } else if (set(tags, "tunnel")) {
        feature.set(Key::tunnel, true);
        feature.rank -= 100;
    }
    return feature;
}

std::optional<Feature> housenumber_of(const Tags& tags) {
    const char* house = tags.get_value_by_key("addr:housenumber");
    if (!house || !*house) return std::nullopt;
    Feature feature;
    feature.layer = Layer::housenumber;
    feature.min_zoom = 15;
    feature.set(Key::number, std::string_view{house});
    return feature;
}

std::vector<Feature> labels_of(const Tags& tags) {
    std::vector<Feature> result;
    if (auto house = housenumber_of(tags)) result.push_back(std::move(*house));
    if (const Rule* rule = first_match(tags, poi_rules)) {
        Feature feature = make(Layer::poi, Shape::point, *rule);
        add_names(feature, tags);
        result.push_back(std::move(feature));
    }
    return result;
}

}  // namespace

std::vector<Feature> features_of_point(const Tags& tags) {
    std::vector<Feature> result = labels_of(tags);
    const Rule* rule = first_match(tags, place_rules);
    if (rule && tags.has_key("name")) {
        Feature feature = make(Layer::place, Shape::point, *rule);
        add_names(feature, tags);
        result.push_back(std::move(feature));
    }
    return result;
}

std::vector<Feature> features_of_line(const Tags& tags) {
    std::vector<Feature> result;
    const Rule* road = first_match(tags, road_rules);
    if (road && !is(tags, "area", "yes")) result.push_back(road_feature(tags, *road));
    if (const Rule* water = first_match(tags, waterway_rules); water && !set(tags, "tunnel")) {
        Feature feature = make(Layer::water, Shape::line, *water);
        add_names(feature, tags);
        result.push_back(std::move(feature));
    }
    return result;
}

std::vector<Feature> features_of_area(const Tags& tags, bool closed_way) {
    std::vector<Feature> result;
    // A closed street is a loop unless it says that it is a square.
    if (closed_way && tags.has_key("highway") && !is(tags, "area", "yes")) return result;
    if (auto water = area_feature(tags, Layer::water, water_rules))
        result.push_back(std::move(*water));
    else if (auto green = area_feature(tags, Layer::green, green_rules))
        result.push_back(std::move(*green));
    else if (auto land = area_feature(tags, Layer::landuse, landuse_rules))
        result.push_back(std::move(*land));
    if (set(tags, "building") && !is(tags, "location", "underground")) {
        Feature feature = make(Layer::building, Shape::polygon, {"building", "", "building", 13, 0});
        feature.attributes.clear();
        add_names(feature, tags);
        if (const auto levels = number(tags.get_value_by_key("building:levels"))) {
            feature.set(Key::levels, std::int64_t{*levels});
        }
        result.push_back(std::move(feature));
    }
    return result;
}

std::vector<Feature> labels_of_area(const Tags& tags) { return labels_of(tags); }

std::optional<Feature> boundary_of_level(int admin_level) {
    if (admin_level < 2 || admin_level > 8) return std::nullopt;
    Feature feature;
    feature.layer = Layer::boundary;
    feature.shape = Shape::line;
    feature.min_zoom = admin_level <= 6 ? 10 : 12;
    feature.rank = -admin_level;
    feature.set(Key::admin_level, std::int64_t{admin_level});
    return feature;
}

std::optional<int> admin_level_of(const Tags& tags) {
    if (!is(tags, "boundary", "administrative")) return std::nullopt;
    return number(tags.get_value_by_key("admin_level"));
}

std::optional<AddressTags> address_of(const Tags& tags) {
    const char* house = tags.get_value_by_key("addr:housenumber");
    const char* street = tags.get_value_by_key("addr:street");
    if (!street) street = tags.get_value_by_key("addr:place");
    if (!house || !street || !*house || !*street) return std::nullopt;
    const char* city = tags.get_value_by_key("addr:city");
    return AddressTags{city ? city : "", street, house};
}

const std::vector<std::string>& area_keys() {
    static const std::vector<std::string> keys{"building", "landuse", "natural", "leisure", "waterway",
                                               "amenity",  "aeroway", "railway", "highway", "addr:housenumber"};
    return keys;
}

}  // namespace plus7::central::maps
