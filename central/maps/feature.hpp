// One thing to draw on the map, between reading it from OpenStreetMap and cutting it into tiles. Value types.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "central/maps/grid.hpp"

namespace plus7::central::maps {

// In drawing order, bottom first; also the order of layers inside a tile.
enum class Layer : std::uint8_t { landuse, green, water, boundary, building, road, housenumber, poi, place };
inline constexpr int layer_count = 9;
std::string_view name_of(Layer layer);

enum class Key : std::uint8_t {
    class_,
    kind,
    name,
    name_en,
    ref,
    oneway,
    bridge,
    tunnel,
    ramp,
    levels,
    number,
    admin_level
};
std::string_view name_of(Key key);

struct Attribute {
    Key key = Key::class_;
    std::variant<std::string, std::int64_t, bool> value;
    bool operator==(const Attribute&) const = default;
};

enum class Shape : std::uint8_t { point = 1, line = 2, polygon = 3 };  // MVT's GeomType numbers

struct Feature {
    Layer layer = Layer::landuse;
    Shape shape = Shape::point;
    std::uint8_t min_zoom = 0;  // first zoom on which it is drawn
    std::int32_t rank = 0;      // within the layer, larger is drawn later (roads) or matters less (labels)
    std::vector<Attribute> attributes;
    std::vector<Line> parts;  // one-point lines, lines, or rings as described at Rings

    void set(Key key, std::string_view text);
    void set(Key key, std::int64_t number);
    void set(Key key, bool flag);
};

}  // namespace plus7::central::maps
