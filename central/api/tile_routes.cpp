#include "central/api/tile_routes.hpp"

#include <charconv>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "central/api/json_text.hpp"
#include "central/api/refusal.hpp"
#include "shared/http/compress.hpp"
#include "shared/http/conditional.hpp"

namespace plus7::central::api {
namespace {

constexpr const char* tiles_url = "/tiles/{z}/{x}/{y}.mvt";
constexpr const char* basemap_attribution = "© GeoNames, CC BY 4.0; GSHHG; Natural Earth";
constexpr std::array<const char*, 4> basemap_files{"region.json", "cities.json", "ru-names.json", "world.json"};
// Where a map without streets opens: between the capitals of the regions that the base map draws in detail.
constexpr double home_lon = 38.3, home_lat = 47.7, home_zoom = 7;

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

std::string bounds_json(const MapFacts& facts) {
    return json_list(facts.bounds, [](double side) { return json_of(side); });
}

http::Response no_streets() { return refuse(core::not_found("no streets are imported: plus7-central import-map")); }

}  // namespace

core::Result<TileRoutes> TileRoutes::make(MapSide side) {
    TileRoutes routes(std::move(side));
    if (routes.side_.basemap.empty()) return routes;
    for (const char* name : basemap_files) {
        const auto path = routes.side_.basemap / name;
        std::ifstream in(path, std::ios::binary);
        std::string bytes((std::istreambuf_iterator<char>(in)), {});
        if (!in || bytes.empty()) return core::unavailable("the base map's file cannot be read: " + path.string());
        auto etag = http::etag_of(bytes);
        auto packed = http::gzip(bytes, 9);
        routes.files_.emplace(name, File{std::move(bytes), std::move(packed), std::move(etag)});
    }
    return routes;
}

http::Response TileRoutes::map(const Call&) {
    const auto facts = side_.facts ? side_.facts() : std::nullopt;
    JsonObject answer;
    JsonList center;
    if (facts) {
        answer.json("tiles", JsonObject()
                                 .text("url", std::string_view(tiles_url))
                                 .number("min_zoom", facts->min_zoom)
                                 .number("max_zoom", facts->max_zoom)
                                 .json("bounds", bounds_json(*facts))
                                 .text("attribution", std::string_view(facts->attribution))
                                 .done());
        center.real(facts->center_lon).real(facts->center_lat);
    } else {
        answer.null("tiles");
        center.real(home_lon).real(home_lat);
    }
    return http::json(
        answer.json("basemap", JsonObject().text("attribution", std::string_view(basemap_attribution)).done())
            .json("center", center.done())
            .real("zoom", facts ? facts->center_zoom : home_zoom)
            .done());
}

http::Response TileRoutes::metadata(const Call&) {
    const auto facts = side_.facts ? side_.facts() : std::nullopt;
    if (!facts) return no_streets();
    const auto layers = nlohmann::json::parse(facts->vector_layers, nullptr, false);
    const auto listed =
        layers.is_object() ? layers.value("vector_layers", nlohmann::json::array()) : nlohmann::json::array();
    return http::json(JsonObject()
                          .text("tilejson", std::string_view("3.0.0"))
                          .text("name", std::string_view(facts->name))
                          .text("attribution", std::string_view(facts->attribution))
                          .json("tiles", json_list(std::array{tiles_url},
                                                   [](const char* url) { return json_of(std::string_view(url)); }))
                          .json("vector_layers", listed.dump())
                          .number("minzoom", facts->min_zoom)
                          .number("maxzoom", facts->max_zoom)
                          .json("bounds", bounds_json(*facts))
                          .done());
}

http::Response TileRoutes::tile(const Call& call) {
    const auto z = number_of(call.request.param("z")), x = number_of(call.request.param("x")),
               y = number_of(call.request.param("y"));
    if (!z || !x || !y || *z > 22) return refuse(core::invalid("a tile is named by three whole numbers, zoom 0 to 22"));
    auto tile = side_.tile ? side_.tile(static_cast<int>(*z), *x, *y) : std::nullopt;
    if (!tile) {
        auto nothing = http::no_content();
        return std::move(nothing.with("Cache-Control", "private, max-age=3600"));
    }
    const bool packed = http::accepts_gzip(call.request);
    if (!packed) {
        auto plain = http::gunzip(tile->data, 16 << 20);
        if (!plain) return refuse(core::internal("a stored tile is not gzip"));
        tile->data = std::move(*plain);
    }
    auto response = http::bytes(std::move(tile->data), "application/vnd.mapbox-vector-tile");
    if (packed) response.with("Content-Encoding", "gzip");
    response.with("ETag", tile->etag).with("Vary", "Accept-Encoding").with("Cache-Control", "private, max-age=3600");
    http::apply_not_modified(call.request, response);
    return response;
}

http::Response TileRoutes::basemap(const Call& call) {
    const auto found = files_.find(call.request.param("file"));
    if (found == files_.end()) return refuse(core::not_found("the base map has no such file"));
    const auto& file = found->second;
    const bool packed = http::accepts_gzip(call.request);
    auto response = http::bytes(packed ? file.packed : file.plain, "application/json");
    if (packed) response.with("Content-Encoding", "gzip");
    response.with("ETag", packed ? file.etag.substr(0, file.etag.size() - 1) + "-gz\"" : file.etag);
    response.with("Vary", "Accept-Encoding").with("Cache-Control", "private, max-age=86400");
    http::apply_not_modified(call.request, response);
    return response;
}

}  // namespace plus7::central::api
