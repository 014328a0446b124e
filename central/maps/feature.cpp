#include "central/maps/feature.hpp"

#include <array>

namespace plus7::central::maps {

std::string_view name_of(Layer layer) {
    static constexpr std::array<std::string_view, layer_count> names{
        "landuse", "green", "water", "boundary", "building", "road", "housenumber", "poi", "place"};
    return names.at(static_cast<std::size_t>(layer));
}

std::string_view name_of(Key key) {
    static constexpr std::array<std::string_view, 12> names{"class", "kind",   "name",   "name_en",
                                                            "ref",   "oneway", "bridge", "tunnel",
                                                            "ramp",  "levels", "number", "admin_level"};
    return names.at(static_cast<std::size_t>(key));
}

// Built in place: GCC 12 warns falsely of uninitialised strings where such a variant is moved.
void Feature::set(Key key, std::string_view text) {
    Attribute& attribute = attributes.emplace_back();
    attribute.key = key;
    attribute.value.emplace<std::string>(text);
}

void Feature::set(Key key, std::int64_t number) {
    Attribute& attribute = attributes.emplace_back();
    attribute.key = key;
    attribute.value.emplace<std::int64_t>(number);
}

void Feature::set(Key key, bool flag) {
    Attribute& attribute = attributes.emplace_back();
    attribute.key = key;
    attribute.value.emplace<bool>(flag);
}

}  // namespace plus7::central::maps
