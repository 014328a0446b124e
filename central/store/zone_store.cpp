#include "central/store/zone_store.hpp"

#include <algorithm>
#include <cmath>

namespace plus7::central::store {
namespace {

constexpr double unit = 1e7;

std::int32_t e7(double degrees) { return static_cast<std::int32_t>(std::llround(degrees * unit)); }

void put(core::Bytes& bytes, std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<std::uint8_t>(number >> shift));
}

void put(core::Bytes& bytes, std::size_t count) { put(bytes, static_cast<std::uint32_t>(count)); }

// Counts before what they count; little-endian, 4 bytes each.
core::Bytes bytes_of(const Shape& shape) {
    core::Bytes bytes;
    put(bytes, shape.size());
    for (const auto& polygon : shape) {
        put(bytes, polygon.size());
        for (const auto& ring : polygon) {
            put(bytes, ring.size());
            for (const auto& point : ring) {
                put(bytes, static_cast<std::uint32_t>(e7(point.lat)));
                put(bytes, static_cast<std::uint32_t>(e7(point.lon)));
            }
        }
    }
    return bytes;
}

class Reader {
  public:
    explicit Reader(const core::Bytes& bytes) : bytes_(bytes) {}
    std::uint32_t next() {
        std::uint32_t number = 0;
        for (int shift = 0; shift < 32; shift += 8) number |= static_cast<std::uint32_t>(bytes_.at(at_++)) << shift;
        return number;
    }
    double degrees() { return static_cast<std::int32_t>(next()) / unit; }

  private:
    const core::Bytes& bytes_;
    std::size_t at_ = 0;
};

Shape shape_of(const core::Bytes& bytes) {
    Reader reader(bytes);
    Shape shape(reader.next());
    for (auto& polygon : shape) {
        polygon.resize(reader.next());
        for (auto& ring : polygon) {
            ring.resize(reader.next());
            for (auto& point : ring) {
                point.lat = reader.degrees();
                point.lon = reader.degrees();
            }
        }
    }
    return shape;
}

struct Box {
    std::int64_t south = 900'000'000, west = 1'800'000'000, north = -900'000'000, east = -1'800'000'000;
};

Box box_of(const Shape& shape) {
    Box box;
    for (const auto& polygon : shape)
        for (const auto& ring : polygon)
            for (const auto& point : ring) {
                box.south = std::min<std::int64_t>(box.south, e7(point.lat));
                box.north = std::max<std::int64_t>(box.north, e7(point.lat));
                box.west = std::min<std::int64_t>(box.west, e7(point.lon));
                box.east = std::max<std::int64_t>(box.east, e7(point.lon));
            }
    return box;
}

const std::string select_zone =
    "SELECT zone_id, name, name_fold, colour, priority, depot_id, state, shape, version, created_us FROM zone ";
const std::string in_order = " ORDER BY priority DESC, name_fold, zone_id";

ZoneRow zone_of(const sql::Row& row) {
    return {row.get<std::string>("zone_id"),         row.get<std::string>("name"),
            row.get<std::string>("name_fold"),       row.get<std::string>("colour"),
            row.get<std::int64_t>("priority"),       row.get<std::optional<std::string>>("depot_id"),
            row.get<std::string>("state") == "open", shape_of(row.get<core::Bytes>("shape")),
            row.get<std::int64_t>("version"),        row.get<core::TimeUs>("created_us")};
}

std::optional<ZoneRow> maybe_zone(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return zone_of(*row);
}

std::vector<ZoneRow> all_of(const sql::Rows& rows) {
    std::vector<ZoneRow> all;
    for (const auto& row : rows) all.push_back(zone_of(row));
    return all;
}

const char* state_of(const ZoneRow& zone) { return zone.is_open ? "open" : "closed"; }

}  // namespace

void insert_zone(sql::Tx& tx, const ZoneRow& z) {
    const auto box = box_of(z.shape);
    tx.exec(
        "INSERT INTO zone (zone_id, name, name_fold, colour, priority, depot_id, state, shape, south_e7, west_e7, "
        "north_e7, east_e7, version, created_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        z.id, z.name, z.name_fold, z.colour, z.priority, z.depot, state_of(z), bytes_of(z.shape), box.south, box.west,
        box.north, box.east, z.version, z.created);
}

void update_zone(sql::Tx& tx, const ZoneRow& z) {
    const auto box = box_of(z.shape);
    tx.exec(
        "UPDATE zone SET name = $2, name_fold = $3, colour = $4, priority = $5, depot_id = $6, state = $7, shape = $8, "
        "south_e7 = $9, west_e7 = $10, north_e7 = $11, east_e7 = $12, version = version + 1 WHERE zone_id = $1",
        z.id, z.name, z.name_fold, z.colour, z.priority, z.depot, state_of(z), bytes_of(z.shape), box.south, box.west,
        box.north, box.east);
}

std::optional<ZoneRow> find_zone(sql::Tx& tx, const std::string& id) {
    return maybe_zone(tx.one(select_zone + "WHERE zone_id = $1", id));
}

std::optional<ZoneRow> lock_zone(sql::Tx& tx, const std::string& id) {
    return maybe_zone(tx.one(select_zone + "WHERE zone_id = $1 {for_update}", id));
}

std::vector<ZoneRow> zones(sql::Tx& tx) { return all_of(tx.query(select_zone + in_order)); }

std::vector<ZoneRow> zones_near(sql::Tx& tx, core::LatLon place) {
    return all_of(tx.query(select_zone +
                               "WHERE state = 'open' AND south_e7 <= $1 AND north_e7 >= $1 AND west_e7 <= $2 AND "
                               "east_e7 >= $2" +
                               in_order,
                           static_cast<std::int64_t>(e7(place.lat)), static_cast<std::int64_t>(e7(place.lon))));
}

bool has_open_zones(sql::Tx& tx) { return tx.one("SELECT 1 FROM zone WHERE state = 'open' LIMIT 1").has_value(); }

}  // namespace plus7::central::store
