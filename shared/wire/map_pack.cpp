#include "shared/wire/map_pack.hpp"

#include <algorithm>
#include <cmath>

namespace plus7::wire {
namespace {

constexpr std::string_view magic = "P7MAP1";
constexpr double units = 1e5;  // in a degree
constexpr std::int32_t most_lat = 85 * 100'000;
constexpr std::int32_t most_lon = 180 * 100'000;

void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}
void put(std::string& out, std::int32_t value) { put(out, static_cast<std::uint32_t>(value), 4); }

// Reads on until the bytes are at an end; then everything is nothing.
class Reader {
  public:
    explicit Reader(core::ByteView bytes) : rest_(bytes) {}

    std::uint32_t number(std::size_t bytes) {
        std::uint32_t value = 0;
        const auto part = take(bytes);
        for (std::size_t i = 0; i < part.size(); ++i) value |= static_cast<std::uint32_t>(part[i]) << (8 * i);
        return value;
    }
    std::int32_t whole() { return static_cast<std::int32_t>(number(4)); }
    core::ByteView take(std::size_t bytes) {
        is_short_ = is_short_ || bytes > rest_.size();
        if (is_short_) return {};
        const auto part = rest_.first(bytes);
        rest_ = rest_.subspan(bytes);
        return part;
    }
    bool is_short() const { return is_short_; }
    std::size_t left() const { return rest_.size(); }

  private:
    core::ByteView rest_;
    bool is_short_ = false;
};

core::Error no_pack() { return core::invalid("this is no pack of streets"); }

}  // namespace

bool is_valid(const MapArea& area) {
    return area.west < area.east && area.south < area.north && area.west >= -most_lon && area.east <= most_lon &&
           area.south >= -most_lat && area.north <= most_lat;
}

bool covers(const MapArea& outer, const MapArea& inner) {
    return outer.west <= inner.west && outer.south <= inner.south && outer.east >= inner.east &&
           outer.north >= inner.north;
}

std::optional<MapArea> area_around(const std::vector<core::LatLon>& places, double margin_m) {
    std::optional<MapArea> area;
    const auto whole = [](double degrees, std::int32_t most) {
        return std::clamp(static_cast<std::int32_t>(std::lround(degrees * units)), -most, most);
    };
    for (const auto& place : places) {
        if (!core::is_valid(place)) continue;
        const auto side = [&](double bearing) { return core::travel(place, bearing, margin_m); };
        const MapArea one{whole(side(270).lon, most_lon), whole(side(180).lat, most_lat), whole(side(90).lon, most_lon),
                          whole(side(0).lat, most_lat)};
        if (!is_valid(one)) continue;  // at a pole, or at the date line
        area = !area ? one
                     : MapArea{std::min(area->west, one.west), std::min(area->south, one.south),
                               std::max(area->east, one.east), std::max(area->north, one.north)};
    }
    return area;
}

core::Bytes signed_bytes(const MapArea& area) {
    std::string text = "p7-map";
    for (const auto side : {area.west, area.south, area.east, area.north}) put(text, side);
    return core::copy_of(core::view_of(text));
}

std::string pack_head(const PackHead& head) {
    std::string out(magic);
    put(out, head.min_zoom, 1);
    put(out, head.max_zoom, 1);
    for (const auto side : {head.area.west, head.area.south, head.area.east, head.area.north}) put(out, side);
    put(out, head.attribution.size(), 2);
    out += head.attribution;
    put(out, head.tiles.size(), 4);
    for (const auto& tile : head.tiles) {
        put(out, tile.zoom, 1);
        for (const auto number : {tile.x, tile.y, tile.size}) put(out, number, 4);
    }
    return out;
}

core::Result<PackHead> read_pack_head(core::ByteView bytes) {
    Reader in(bytes);
    if (core::text_of(in.take(magic.size())) != magic) return no_pack();
    PackHead head;
    head.min_zoom = static_cast<std::uint8_t>(in.number(1));
    head.max_zoom = static_cast<std::uint8_t>(in.number(1));
    head.area = {in.whole(), in.whole(), in.whole(), in.whole()};
    head.attribution = core::text_of(in.take(in.number(2)));
    const auto count = in.number(4);
    if (in.is_short() || count > PackHead::most_tiles || !is_valid(head.area) || head.min_zoom > head.max_zoom)
        return no_pack();
    for (std::uint32_t i = 0; i < count && !in.is_short(); ++i)
        head.tiles.push_back({static_cast<std::uint8_t>(in.number(1)), in.number(4), in.number(4), in.number(4), 0});
    if (in.is_short()) return no_pack();
    std::uint64_t offset = bytes.size() - in.left();
    for (auto& tile : head.tiles) {
        tile.offset = offset;
        offset += tile.size;
    }
    if (offset > PackHead::most_file) return no_pack();
    return head;
}

}  // namespace plus7::wire
