#include "central/api/map_pack_routes.hpp"

#include <cmath>
#include <numbers>

#include "central/api/json_body.hpp"
#include "central/api/refusal.hpp"
#include "central/app/accounts/tries.hpp"
#include "central/app/devices/device_proof.hpp"
#include "shared/crypto/ed25519.hpp"

namespace plus7::central::api {
namespace {

namespace devices = app::devices;

constexpr double units = 1e5;
constexpr TextRule pem_rule{1, 8192};
constexpr int packs_an_hour = 12;

struct TileRange {
    std::int64_t west = 0, north = 0, east = 0, south = 0;  // tiles, ends included
    std::uint64_t count() const { return static_cast<std::uint64_t>((east - west + 1) * (south - north + 1)); }
};

TileRange tiles_of(const wire::MapArea& area, int zoom) {
    const double size = std::ldexp(1.0, zoom);
    const auto column = [&](std::int32_t lon) {
        return std::min(static_cast<std::int64_t>((lon / units / 360 + 0.5) * size),
                        static_cast<std::int64_t>(size) - 1);
    };
    const auto row = [&](std::int32_t lat) {
        const double sine = std::sin(lat / units * std::numbers::pi / 180);
        return static_cast<std::int64_t>((0.5 - std::log((1 + sine) / (1 - sine)) / (4 * std::numbers::pi)) * size);
    };
    return {column(area.west), row(area.north), column(area.east), row(area.south)};
}

// The tiles of one zoom; nothing when they do not fit into what is left.
struct ZoomTiles {
    std::vector<wire::PackTile> tiles;
    std::string bytes;
};
std::optional<ZoomTiles> zoom_tiles(const MapSide& side, const wire::MapArea& area, int zoom, std::size_t room) {
    const auto range = tiles_of(area, zoom);
    if (range.count() > wire::PackHead::most_tiles) return std::nullopt;
    ZoomTiles found;
    for (auto x = range.west; x <= range.east; ++x)
        for (auto y = range.north; y <= range.south; ++y) {
            const auto tile = side.tile(zoom, x, y);
            if (!tile) continue;
            found.bytes += tile->data;
            if (found.bytes.size() > room) return std::nullopt;
            found.tiles.push_back({static_cast<std::uint8_t>(zoom), static_cast<std::uint32_t>(x),
                                   static_cast<std::uint32_t>(y), static_cast<std::uint32_t>(tile->data.size()), 0});
        }
    return found;
}

wire::MapArea area_of(JsonBody& body) {
    const auto side = [&](std::string_view name, std::int64_t most) {
        return static_cast<std::int32_t>(body.number(name, -most, most));
    };
    const wire::MapArea area{side("west", 18'000'000), side("south", 8'500'000), side("east", 18'000'000),
                             side("north", 8'500'000)};
    if (!wire::is_valid(area)) body.fault("east", "out_of_range", "east of west, and north of south");
    return area;
}

}  // namespace

std::string map_pack(const MapSide& side, const wire::MapArea& area, std::size_t most_bytes) {
    const auto facts = side.facts ? side.facts() : std::nullopt;
    if (!facts || !side.tile) return {};
    wire::PackHead head;
    head.area = area;
    head.attribution = facts->attribution.substr(0, 500);
    head.min_zoom = static_cast<std::uint8_t>(facts->min_zoom);
    std::string bytes;
    for (int zoom = facts->min_zoom; zoom <= facts->max_zoom; ++zoom) {
        const auto used = bytes.size() + wire::PackHead::most_bytes;
        const auto more = zoom_tiles(side, area, zoom, most_bytes > used ? most_bytes - used : 0);
        if (!more || head.tiles.size() + more->tiles.size() > wire::PackHead::most_tiles) break;
        head.tiles.insert(head.tiles.end(), more->tiles.begin(), more->tiles.end());
        bytes += more->bytes;
        head.max_zoom = static_cast<std::uint8_t>(zoom);
    }
    return head.tiles.empty() ? std::string{} : wire::pack_head(head) + bytes;
}

http::Response MapPackRoutes::pack(const Call& call) {
    JsonBody body(call.request);
    const auto certificate = body.text("certificate", pem_rule);
    const auto area = area_of(body);
    const auto signed_by = core::from_base64url(body.text("record_signature", {1, 200}));
    const auto signature = signed_by ? core::Signature::from(*signed_by) : std::nullopt;
    if (!signature) body.fault("record_signature", "malformed", "base64url of 64 bytes is wanted");
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto device =
        side_.db.read([&](core::Tx& tx) { return devices::shown_device(tx, side_.authority, certificate, call.now); });
    if (!device) return refuse(device.error());
    if (!crypto::verify(device->record_key, wire::signed_bytes(area), *signature))
        return refuse(core::denied("the record key's signature over the area is wrong"));
    std::optional<std::chrono::seconds> wait;
    const auto counted = side_.db.write([&](core::Tx& tx) -> core::Status {
        const app::accounts::TryLimit limit{"map:" + device->id.text(), packs_an_hour, std::chrono::hours{1}};
        wait = app::accounts::count_try(tx, limit, call.now);
        return {};
    });
    if (!counted) return refuse(counted.error());
    if (wait) return refuse_too_many(*wait);
    auto pack = map_pack(map_, area);
    if (pack.empty()) return refuse(core::not_found("no streets of this area: plus7-central import-map"));
    return http::bytes(std::move(pack), "application/octet-stream");
}

}  // namespace plus7::central::api
