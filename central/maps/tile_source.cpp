#include "central/maps/tile_source.hpp"

#include <sys/stat.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <mutex>
#include <string_view>
#include <vector>

#include "shared/core/hash.hpp"
#include "shared/sql/sqlite_connection.hpp"

namespace plus7::central::maps {
namespace {

constexpr std::string_view how_to_add = "make one with: plus7-central import-map EXTRACT.osm.pbf";

std::string problem_of(const std::string& path, std::string_view reason) {
    return "the street map " + path + " cannot be used: " + std::string{reason} + "; " + std::string{how_to_add};
}

using ConnectionPtr = std::unique_ptr<sql::SqliteConnection>;

// Which file stands at the path: a rename puts another inode there.
struct Identity {
    bool there = false;
    ::dev_t device = 0;
    ::ino_t inode = 0;
    std::int64_t size = 0;
    std::int64_t changed_ns = 0;
    bool operator==(const Identity&) const = default;
};

Identity identity_of(const std::string& path) {
    struct ::stat entry {};
    if (::stat(path.c_str(), &entry) != 0) return {};
    return {true, entry.st_dev, entry.st_ino, entry.st_size,
            entry.st_mtim.tv_sec * 1'000'000'000 + entry.st_mtim.tv_nsec};
}

core::Result<ConnectionPtr> opened(const std::string& path) {
    return sql::SqliteConnection::open({.path = path, .read_only = true, .cache_kib = 2 * 1024, .statements = 8});
}

std::vector<double> numbers(std::string_view text) {
    std::vector<double> result;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        double value = 0;
        const auto [next, error] = std::from_chars(at, end, value);
        if (error != std::errc{}) return {};
        result.push_back(value);
        at = next < end && *next == ',' ? next + 1 : next;
        if (next < end && *next != ',') return {};
    }
    return result;
}

std::string metadata_value(sql::SqliteConnection& connection, std::string_view name) {
    std::string value;
    const std::array<sql::Param, 1> params{sql::Param(name)};
    connection.run("SELECT CAST(value AS TEXT) FROM metadata WHERE name = $1", params, [&](const sql::Row& row) {
        value = row.get<std::optional<std::string>>(0).value_or("");
        return false;
    });
    return value;
}

// MBTiles leaves most rows optional; what is absent is asked of the tiles or left at zero.
core::Result<MapMetadata> read_metadata(sql::SqliteConnection& connection) {
    const auto format = metadata_value(connection, "format");
    if (format != "pbf")
        return core::invalid("its tiles are of format '" + format + "', vector tiles (pbf) are needed");
    MapMetadata result;
    result.name = metadata_value(connection, "name");
    result.attribution = metadata_value(connection, "attribution");
    result.source_timestamp = metadata_value(connection, "source_timestamp");
    result.json = metadata_value(connection, "json");
    connection.run("SELECT COALESCE(MIN(zoom_level), 0), COALESCE(MAX(zoom_level), 0) FROM tiles", {},
                   [&](const sql::Row& row) {
                       result.min_zoom = row.get<int>(0);
                       result.max_zoom = row.get<int>(1);
                       return false;
                   });
    const auto bounds = numbers(metadata_value(connection, "bounds"));
    if (bounds.size() == 4) result.bounds = {{bounds[1], bounds[0]}, {bounds[3], bounds[2]}};
    const auto& [low, high] = result.bounds;
    result.center = {(low.lat + high.lat) / 2, (low.lon + high.lon) / 2};
    result.center_zoom = result.min_zoom;
    const auto center = numbers(metadata_value(connection, "center"));
    if (center.size() == 3) {
        result.center = {center[1], center[0]};
        result.center_zoom = static_cast<int>(center[2]);
    }
    return result;
}

std::string etag_of(core::ByteView data) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "\"%08x-%zx\"", core::crc32c(data), data.size());
    return text.data();
}

}  // namespace

// One file while it is in use. Connections are lent to one call at a time.
struct TileSource::OpenMap {
    std::string path;
    Identity identity;
    State state = State::missing;
    std::string problem;
    MapMetadata metadata;
    mutable std::mutex mutex;
    mutable std::vector<ConnectionPtr> idle;

    // Nothing: the file at the path is another one by now, this one cannot be opened again.
    ConnectionPtr borrow() const {
        {
            const std::lock_guard lock(mutex);
            if (!idle.empty()) {
                ConnectionPtr connection = std::move(idle.back());
                idle.pop_back();
                return connection;
            }
        }
        auto connection = opened(path);
        if (!connection.ok() || identity_of(path) != identity) return nullptr;
        return std::move(*connection);
    }
    void give_back(ConnectionPtr connection) const {
        const std::lock_guard lock(mutex);
        idle.push_back(std::move(connection));
    }
};

struct TileSource::Shared {
    mutable std::mutex mutex;
    std::shared_ptr<const OpenMap> map;
};

TileSource::TileSource(std::string path) : path_(std::move(path)), shared_(std::make_unique<Shared>()) { refresh(); }
TileSource::~TileSource() = default;

std::shared_ptr<const TileSource::OpenMap> TileSource::current() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->map;
}

void TileSource::open_into(OpenMap& map) {
    map.state = State::unreadable;
    try {
        auto connection = opened(map.path);
        if (!connection.ok()) {
            map.problem = problem_of(map.path, connection.error().message);
        } else if (auto metadata = read_metadata(**connection); !metadata.ok()) {
            map.problem = problem_of(map.path, metadata.error().message);
        } else {
            map.metadata = std::move(*metadata);
            map.state = State::ready;
            map.give_back(std::move(*connection));
        }
    } catch (const sql::DbError& error) {
        map.problem = problem_of(map.path, error.what());
    }
}

bool TileSource::refresh() const {
    const Identity identity = identity_of(path_);
    if (const auto map = current(); map && map->identity == identity) return false;
    auto fresh = std::make_shared<OpenMap>();
    fresh->path = path_;
    fresh->identity = identity;
    if (identity.there) {
        open_into(*fresh);
    } else {
        fresh->problem = "no street map is installed; " + std::string{how_to_add};
    }
    const std::lock_guard lock(shared_->mutex);
    shared_->map = std::move(fresh);
    return true;
}

TileSource::State TileSource::state() const { return current()->state; }

std::string TileSource::problem() const { return current()->problem; }

std::optional<MapMetadata> TileSource::metadata() const {
    const auto map = current();
    if (map->state != State::ready) return std::nullopt;
    return map->metadata;
}

// A connection to the newest map. Each turn that finds none had the file replaced under it, so a turn more is worth it.
std::pair<std::shared_ptr<const TileSource::OpenMap>, ConnectionPtr> TileSource::lent() const {
    auto map = current();
    while (map->state == State::ready) {
        if (auto connection = map->borrow()) return {map, std::move(connection)};
        refresh();
        if (auto next = current(); next != map) {
            map = std::move(next);
        } else {
            break;  // the same file, and it cannot be opened now
        }
    }
    return {map, nullptr};
}

std::optional<Tile> TileSource::tile(int zoom, std::int64_t x, std::int64_t y) const {
    constexpr int deepest = 30;
    if (zoom < 0 || zoom > deepest) return std::nullopt;
    const std::int64_t size = std::int64_t{1} << zoom;
    if (x < 0 || y < 0 || x >= size || y >= size) return std::nullopt;
    auto [map, connection] = lent();
    if (!connection) return std::nullopt;
    std::optional<Tile> found;
    const std::array<sql::Param, 3> params{sql::Param(zoom), sql::Param(x), sql::Param(size - 1 - y)};
    connection->run("SELECT tile_data FROM tiles WHERE zoom_level = $1 AND tile_column = $2 AND tile_row = $3", params,
                    [&](const sql::Row& row) {
                        const auto data = row.get<core::Bytes>(0);
                        found = Tile{std::string{core::text_of(data)}, etag_of(data)};
                        return false;
                    });
    map->give_back(std::move(connection));
    return found;
}

}  // namespace plus7::central::maps
