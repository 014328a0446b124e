// Who may travel on which way, read from its tags: https://wiki.openstreetmap.org/wiki/OSM_tags_for_routing
#include <charconv>
#include <cstring>
#include <osmium/osm/tag.hpp>

#include "central/maps/street.hpp"

namespace plus7::central::maps {
namespace {

using Tags = osmium::TagList;

struct ClassRule {
    std::string_view highway;
    std::string_view class_name;
    std::uint8_t profiles;
    std::uint8_t speed_kmh;
};

// Speeds: what traffic in a Russian city allows on such a street when no sign says otherwise.
constexpr ClassRule class_rules[] = {
    {"motorway", "motorway", car, 110},
    {"motorway_link", "motorway", car, 60},
    {"trunk", "trunk", car | bike, 80},
    {"trunk_link", "trunk", car | bike, 50},
    {"primary", "primary", car | bike | foot, 60},
    {"primary_link", "primary", car | bike | foot, 40},
    {"secondary", "secondary", car | bike | foot, 50},
    {"secondary_link", "secondary", car | bike | foot, 40},
    {"tertiary", "tertiary", car | bike | foot, 45},
    {"tertiary_link", "tertiary", car | bike | foot, 35},
    {"residential", "residential", car | bike | foot, 30},
    {"unclassified", "residential", car | bike | foot, 35},
    {"road", "residential", car | bike | foot, 30},
    {"living_street", "residential", car | bike | foot, 15},
    {"service", "service", car | bike | foot, 15},
    {"track", "track", car | bike | foot, 15},
    {"cycleway", "cycleway", bike | foot, 15},
    {"footway", "footway", bike | foot, 5},
    {"pedestrian", "footway", bike | foot, 5},
    {"path", "footway", bike | foot, 5},
    {"bridleway", "footway", foot, 5},
    {"steps", "steps", foot, 3},
};

enum class Say { nothing, yes, no };

Say said(const Tags& tags, const char* key) {
    const char* value = tags.get_value_by_key(key);
    if (!value) return Say::nothing;
    for (const char* refusal : {"no", "private", "agricultural", "forestry", "military", "use_sidepath"}) {
        if (std::strcmp(value, refusal) == 0) return Say::no;
    }
    return Say::yes;
}

// The more special key wins, as the wiki says: access < vehicle < motor_vehicle < motorcar.
std::uint8_t allowed(const Tags& tags, std::uint8_t profiles) {
    const auto apply = [&](const char* key, std::uint8_t whom) {
        const Say answer = said(tags, key);
        if (answer == Say::no) profiles = static_cast<std::uint8_t>(profiles & ~whom);
        if (answer == Say::yes) profiles = static_cast<std::uint8_t>(profiles | whom);
    };
    // "access=yes" lifts no rule of the class: nobody drives on steps for it.
    if (said(tags, "access") == Say::no) profiles = 0;
    if (said(tags, "vehicle") == Say::no) profiles = static_cast<std::uint8_t>(profiles & foot);
    apply("motor_vehicle", car);
    apply("motorcar", car);
    apply("bicycle", bike);
    apply("foot", foot);
    return profiles;
}

enum class Direction { both, forward, backward };

Direction direction_of(const Tags& tags, std::string_view highway) {
    const char* value = tags.get_value_by_key("oneway");
    if (value) {
        const std::string_view text{value};
        if (text == "yes" || text == "1" || text == "true") return Direction::forward;
        if (text == "-1" || text == "reverse") return Direction::backward;
        if (text == "no" || text == "0" || text == "false") return Direction::both;
    }
    const char* junction = tags.get_value_by_key("junction");
    const bool roundabout = junction && (!std::strcmp(junction, "roundabout") || !std::strcmp(junction, "circular"));
    return roundabout || highway == "motorway" ? Direction::forward : Direction::both;
}

std::uint8_t speed_of(const Tags& tags, std::uint8_t usual) {
    const char* sign = tags.get_value_by_key("maxspeed");
    if (!sign) return usual;
    const std::string_view text{sign};
    // https://wiki.openstreetmap.org/wiki/Default_speed_limits, Russia
    if (text == "RU:living_street") return 20;
    if (text == "RU:urban") return 60;
    if (text == "RU:rural") return 90;
    if (text == "RU:motorway") return 110;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value < 5 || value > 150) return usual;
    return static_cast<std::uint8_t>(value);
}

}  // namespace

std::optional<StreetTraits> street_of(const Tags& tags) {
    const char* highway = tags.get_value_by_key("highway");
    if (!highway || tags.has_tag("area", "yes")) return std::nullopt;
    for (const ClassRule& rule : class_rules) {
        if (rule.highway != highway) continue;
        const std::uint8_t profiles = allowed(tags, rule.profiles);
        if (profiles == 0) return std::nullopt;
        StreetTraits traits{std::string{rule.class_name}, profiles, profiles, speed_of(tags, rule.speed_kmh), {}};
        // Walkers go both ways everywhere; bicycles against the traffic where a sign allows it.
        std::uint8_t against = foot;
        if (said(tags, "oneway:bicycle") == Say::no) against |= bike;
        const Direction direction = direction_of(tags, rule.highway);
        if (direction == Direction::forward) traits.backward &= against;
        if (direction == Direction::backward) traits.forward &= against;
        if (const char* name = tags.get_value_by_key("name")) traits.name = name;
        return traits;
    }
    return std::nullopt;
}

}  // namespace plus7::central::maps
