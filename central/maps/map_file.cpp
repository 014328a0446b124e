#include "central/maps/map_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "shared/sql/sqlite_connection.hpp"

namespace plus7::central::maps {
namespace {

// 1297105496 = "MPBX", the application id MBTiles 1.3 gives. The tables of streets are our own; lengths in centimetres,
// forward and backward are masks of Profile, geometry as encode_line makes it.
constexpr std::string_view schema = R"(
    PRAGMA application_id = 1297105496;
    CREATE TABLE metadata(name TEXT NOT NULL, value TEXT NOT NULL) STRICT;
    CREATE TABLE tiles(zoom_level INTEGER NOT NULL, tile_column INTEGER NOT NULL, tile_row INTEGER NOT NULL,
                       tile_data BLOB NOT NULL) STRICT;
    CREATE TABLE street_node(id INTEGER PRIMARY KEY, lat_e7 INTEGER NOT NULL, lon_e7 INTEGER NOT NULL) STRICT;
    CREATE TABLE street_edge(from_id INTEGER NOT NULL, to_id INTEGER NOT NULL, way_id INTEGER NOT NULL,
                             length_cm INTEGER NOT NULL, class TEXT NOT NULL, forward INTEGER NOT NULL,
                             backward INTEGER NOT NULL, speed_kmh INTEGER NOT NULL, name TEXT NOT NULL,
                             geometry BLOB NOT NULL) STRICT;
    CREATE TABLE address(city TEXT NOT NULL, street TEXT NOT NULL, house TEXT NOT NULL, street_fold TEXT NOT NULL,
                         lat REAL NOT NULL, lon REAL NOT NULL) STRICT;
)";
constexpr std::string_view indexes = R"(
    CREATE UNIQUE INDEX metadata_name ON metadata(name);
    CREATE UNIQUE INDEX tile_index ON tiles(zoom_level, tile_column, tile_row);
    CREATE INDEX address_street ON address(street_fold, house);
)";

std::unique_ptr<sql::SqliteConnection> opened(const std::string& path) {
    auto connection = sql::SqliteConnection::open({.path = path, .cache_kib = 64 * 1024});
    if (!connection.ok()) throw sql::DbError(sql::DbErrorKind::io, connection.error().message);
    return std::move(*connection);
}

void sync(const std::string& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0) throw std::system_error(errno, std::generic_category(), "cannot open " + path);
    const int code = ::fsync(file) == 0 ? 0 : errno;
    ::close(file);
    if (code != 0) throw std::system_error(code, std::generic_category(), "cannot flush " + path);
}

void remove_part(const std::string& part) {
    for (const char* tail : {"", "-journal", "-wal", "-shm"}) {
        std::error_code absent;  // most of these never existed
        std::filesystem::remove(part + tail, absent);
    }
}

core::ByteView bytes_of(const std::string& text) { return core::view_of(text); }

}  // namespace

struct MapFile::State {
    explicit State(std::string target) : path(std::move(target)), part(path + ".part") {
        remove_part(part);
        connection = opened(part);
        // One transaction fills an empty file: a journal would have nothing to remember, and nobody else is looking.
        // The write-ahead log would double what is written.
        connection->script("PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF;");
        connection->begin(sql::Access::write);
        connection->script(schema);
    }
    ~State() {
        connection.reset();
        if (!finished) remove_part(part);
    }
    template <typename... Args>
    void run(std::string_view statement, const Args&... args) {
        const std::array<sql::Param, sizeof...(Args)> params{sql::Param(args)...};
        connection->run(statement, params, {});
    }

    std::string path;
    std::string part;
    std::unique_ptr<sql::SqliteConnection> connection;
    bool finished = false;
};

MapFile::MapFile(std::string path) : state_(std::make_unique<State>(std::move(path))) {}
MapFile::~MapFile() = default;

void MapFile::add(const FinishedTile& tile) {
    const std::int64_t row_from_south = (std::int64_t{1} << tile.id.zoom) - 1 - tile.id.y;  // TMS
    state_->run("INSERT INTO tiles(zoom_level, tile_column, tile_row, tile_data) VALUES ($1, $2, $3, $4)", tile.id.zoom,
                tile.id.x, row_from_south, bytes_of(tile.data));
}

void MapFile::add_node(std::int64_t id, PlaceE7 place) {
    state_->run("INSERT INTO street_node(id, lat_e7, lon_e7) VALUES ($1, $2, $3)", id, place.lat, place.lon);
}

void MapFile::add(const StreetEdge& edge) {
    const std::string geometry = encode_line(edge.line);
    state_->run(
        "INSERT INTO street_edge(from_id, to_id, way_id, length_cm, class, forward, backward, speed_kmh, name, "
        "geometry) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        edge.from, edge.to, edge.way, length_cm(edge.line), edge.traits.class_name, edge.traits.forward,
        edge.traits.backward, edge.traits.speed_kmh, edge.traits.name, bytes_of(geometry));
}

void MapFile::add(const Address& address) {
    state_->run("INSERT INTO address(city, street, house, street_fold, lat, lon) VALUES ($1, $2, $3, $4, $5, $6)",
                address.city, address.street, address.house, fold_street(address.street), address.place.lat,
                address.place.lon);
}

void MapFile::set(std::string_view name, std::string_view value) {
    state_->run("INSERT INTO metadata(name, value) VALUES ($1, $2)", name, value);
}

void MapFile::finish() {
    state_->connection->script(indexes);
    state_->connection->commit();
    state_->connection.reset();
    sync(state_->part, O_RDWR);
    // Public map data: the server may run as another user than the one who imports.
    std::filesystem::permissions(state_->part, static_cast<std::filesystem::perms>(0644));
    std::filesystem::rename(state_->part, state_->path);
    state_->finished = true;
    const std::string folder = std::filesystem::path(state_->path).parent_path().string();
    sync(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

std::string fold_street(std::string_view name) {
    std::string result;
    result.reserve(name.size());
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto byte = static_cast<unsigned char>(name[i]);
        const bool cyrillic = (byte == 0xD0 || byte == 0xD1) && i + 1 < name.size();
        if (!cyrillic) {
            result += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : name[i];
            continue;
        }
        unsigned letter = (byte & 0x1FU) << 6 | (static_cast<unsigned char>(name[++i]) & 0x3FU);
        if (letter >= 0x410 && letter <= 0x42F)
            letter += 0x20;  // А … Я
        else if (letter >= 0x400 && letter <= 0x40F)
            letter += 0x50;                   // Ѐ … Џ
        if (letter == 0x451) letter = 0x435;  // ё
        result += static_cast<char>(0xC0U | letter >> 6);
        result += static_cast<char>(0x80U | (letter & 0x3FU));
    }
    return result;
}

}  // namespace plus7::central::maps
