// Answers map tiles out of a map file (or any MBTiles file with vector tiles). Owned by the composition root; every
// call may come from any worker thread.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "central/maps/import.hpp"

namespace plus7::sql {
class SqliteConnection;
}

namespace plus7::central::maps {

struct Tile {
    std::string data;  // gzip'd Mapbox Vector Tile: Content-Encoding gzip, application/vnd.mapbox-vector-tile
    std::string etag;  // with its quotes; changes when the bytes do
};

struct MapMetadata {
    std::string name;
    Bounds bounds;
    core::LatLon center;
    int center_zoom = 0;
    int min_zoom = 0;
    int max_zoom = 0;              // clients enlarge these tiles beyond
    std::string attribution;       // HTML, to be shown on the map
    std::string source_timestamp;  // ISO 8601 or empty
    std::string json;              // vector_layers, as MBTiles gives it; may be empty
};

class TileSource {
  public:
    enum class State {
        ready,
        missing,     // no such file: the street map is not installed
        unreadable,  // a file, but no map: problem() says why
    };

    // Never fails: without a usable file the source is empty and says so.
    explicit TileSource(std::string path);
    ~TileSource();
    TileSource(const TileSource&) = delete;
    TileSource& operator=(const TileSource&) = delete;

    State state() const;
    // What is wrong and what to do, for a person; empty when ready.
    std::string problem() const;
    std::optional<MapMetadata> metadata() const;  // nothing unless ready

    // XYZ numbering (row 0 in the north). Nothing: no such tile, out of range, or no map. A damaged file throws
    // sql::DbError.
    std::optional<Tile> tile(int zoom, std::int64_t x, std::int64_t y) const;

    // Looks whether the file at the path is another one than before (a new import) and changes over to it; true when it
    // did. tile() does the same by itself when it notices. Cheap enough to call every minute.
    bool refresh() const;

  private:
    struct OpenMap;
    std::shared_ptr<const OpenMap> current() const;
    std::pair<std::shared_ptr<const OpenMap>, std::unique_ptr<sql::SqliteConnection>> lent() const;
    static void open_into(OpenMap& map);

    std::string path_;
    struct Shared;
    std::unique_ptr<Shared> shared_;
};

}  // namespace plus7::central::maps
