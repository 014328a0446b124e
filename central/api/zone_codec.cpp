#include "central/api/zone_codec.hpp"

#include <nlohmann/json.hpp>

#include "central/api/etag.hpp"
#include "central/api/json_text.hpp"

namespace plus7::central::api {
namespace {

namespace tariffs = app::tariffs;
using Json = nlohmann::json;

constexpr int most_depth = 9;  // of a MultiPolygon in a collection

std::string ring_json(const store::Ring& ring) {
    return json_list(ring, [](core::LatLon place) { return JsonList().real(place.lon).real(place.lat).done(); });
}

std::string polygon_json(const store::Polygon& polygon) { return json_list(polygon, ring_json); }

std::string geometry_json(const store::Shape& shape) {
    const bool single = shape.size() == 1;
    return JsonObject()
        .text("type", single ? "Polygon" : "MultiPolygon")
        .json("coordinates", single ? polygon_json(shape.front()) : json_list(shape, polygon_json))
        .done();
}

JsonObject& add_data(JsonObject& json, const store::ZoneRow& zone) {
    return json.text("name", zone.name)
        .text("colour", zone.colour)
        .number("priority", zone.priority)
        .text("depot", zone.depot)
        .text("state", zone.is_open ? "open" : "closed");
}

std::string feature_json(const store::ZoneRow& zone) {
    JsonObject properties;
    return JsonObject()
        .text("type", "Feature")
        .text("id", zone.id)
        .json("properties", add_data(properties, zone).done())
        .json("geometry", geometry_json(zone.shape))
        .done();
}

// What a file holds is not ours: everything may be missing or of another kind.
const Json& member(const Json& object, const char* name) {
    static const Json none;
    const auto found = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && found != object.end() ? *found : none;
}

bool read_ring(const Json& json, store::Ring& ring) {
    if (!json.is_array() || json.size() > 20'000) return false;
    for (const auto& point : json) {
        if (!point.is_array() || point.size() < 2 || !point[0].is_number() || !point[1].is_number()) return false;
        ring.push_back({point[1].get<double>(), point[0].get<double>()});
    }
    return true;
}

bool read_polygon(const Json& json, store::Polygon& polygon) {
    if (!json.is_array()) return false;
    for (const auto& ring : json)
        if (!read_ring(ring, polygon.emplace_back())) return false;
    return true;
}

std::string read_shape(const Json& geometry, store::Shape& shape) {
    const auto& type = member(geometry, "type");
    const auto& coordinates = member(geometry, "coordinates");
    if (type == "Polygon")
        return read_polygon(coordinates, shape.emplace_back()) ? "" : "coordinates of a Polygon are lists of points";
    if (type != "MultiPolygon" || !coordinates.is_array()) return "a zone is a Polygon or a MultiPolygon";
    for (const auto& polygon : coordinates)
        if (!read_polygon(polygon, shape.emplace_back())) return "coordinates of a MultiPolygon are lists of polygons";
    return "";
}

void read_texts(const Json& properties, tariffs::ZoneDraft& draft) {
    if (const auto& name = member(properties, "name"); name.is_string()) draft.data.name = name.get<std::string>();
    if (const auto& colour = member(properties, "colour"); colour.is_string())
        draft.data.colour = colour.get<std::string>();
    if (const auto& depot = member(properties, "depot"); depot.is_string())
        draft.data.depot = std::optional(depot.get<std::string>());
    else if (properties.is_object() && properties.contains("depot") && depot.is_null())
        draft.data.depot = std::optional<std::string>{};
    if (const auto& state = member(properties, "state"); state.is_string()) draft.data.open = state != "closed";
}

tariffs::ZoneDraft draft_of(const Json& feature) {
    tariffs::ZoneDraft draft;
    const auto& properties = member(feature, "properties");
    if (const auto& id = member(feature, "id"); id.is_string()) draft.id = id.get<std::string>();
    read_texts(properties, draft);
    const auto& priority = member(properties, "priority");
    if (priority.is_number_integer()) draft.data.priority = priority.get<std::int64_t>();
    if (!draft.data.name) draft.fault = "a zone has a name: properties.name";
    if (auto wrong = read_shape(member(feature, "geometry"), draft.shape); !wrong.empty()) draft.fault = wrong;
    return draft;
}

std::string name_of(tariffs::ImportLine::Change change) {
    using Change = tariffs::ImportLine::Change;
    switch (change) {
        case Change::added:
            return "added";
        case Change::changed:
            return "changed";
        case Change::same:
            return "same";
        case Change::refused:
            return "refused";
    }
    return "refused";
}

}  // namespace

std::string zone_json(const store::ZoneRow& zone) {
    JsonObject json;
    json.text("id", zone.id);
    return add_data(json, zone).json("geometry", geometry_json(zone.shape)).text("etag", etag_of(zone.version)).done();
}

std::string zones_geojson(const std::vector<store::ZoneRow>& zones) {
    return JsonObject().text("type", "FeatureCollection").json("features", json_list(zones, feature_json)).done();
}

core::Result<std::vector<tariffs::ZoneDraft>> read_zones(std::string_view geojson) {
    bool too_deep = false;
    const Json::parser_callback_t watch = [&](int depth, Json::parse_event_t, Json&) {
        too_deep |= depth > most_depth;
        return !too_deep;
    };
    const auto json = Json::parse(geojson, watch, false);
    if (too_deep || json.is_discarded()) return core::invalid("the file is no JSON in UTF-8");
    const auto& features = member(json, "features");
    if (member(json, "type") != "FeatureCollection" || !features.is_array())
        return core::invalid("the file is no GeoJSON FeatureCollection");
    if (features.size() > most_zones) return core::invalid("a file has at most 500 zones");
    std::vector<tariffs::ZoneDraft> drafts;
    for (const auto& feature : features) drafts.push_back(draft_of(feature));
    return drafts;
}

std::string import_json(const std::vector<tariffs::ImportLine>& lines, bool applied) {
    const auto items = json_list(lines, [](const tariffs::ImportLine& line) {
        return JsonObject()
            .text("name", line.name)
            .text("change", name_of(line.change))
            .json("members", json_list(line.members, [](const std::string& one) { return json_of(one); }))
            .text("fault", line.fault.empty() ? std::nullopt : std::optional(line.fault))
            .done();
    });
    return JsonObject().flag("applied", applied).json("items", items).done();
}

}  // namespace plus7::central::api
