// Turns an OpenStreetMap extract into the one map file central serves by itself: vector tiles, street graph, address
// index. Called from the import-map command on its own thread; starts helper threads and joins them.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/geo.hpp"
#include "shared/core/result.hpp"

namespace plus7::central::maps {

inline constexpr int lowest_zoom = 10;
inline constexpr int highest_zoom = 15;

struct Bounds {
    core::LatLon south_west;
    core::LatLon north_east;
};

struct ImportOptions {
    std::string input;   // .osm.pbf, .osm.gz, .osm.bz2, .osm; nodes before ways before relations, as usual
    std::string output;  // replaced only when the import has succeeded; its folder must exist
    int min_zoom = lowest_zoom;
    int max_zoom = highest_zoom;
    // Called on the importing thread, not for every step. Stages: "scan" and "read" (bytes), "tiles" (squares).
    std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t total)> progress = {};
};

struct ImportReport {
    std::uint64_t nodes = 0;
    std::uint64_t ways = 0;
    std::uint64_t relations = 0;
    std::uint64_t features = 0;  // things to draw
    std::uint64_t tiles = 0;
    std::uint64_t tile_bytes = 0;
    std::uint64_t street_nodes = 0;
    std::uint64_t street_edges = 0;
    std::uint64_t named_streets = 0;  // edges with a name
    std::uint64_t addresses = 0;
    // What the extract left out; none of it stops the import.
    std::uint64_t missing_nodes = 0;         // named by ways but not in the file
    std::uint64_t incomplete_relations = 0;  // areas which the edge of the extract cuts
    std::uint64_t broken_areas = 0;          // rings that cross themselves or do not close
    Bounds bounds;
    std::string source_timestamp;  // ISO 8601; empty when the extract does not say
};

// The file is MBTiles 1.3 (https://github.com/mapbox/mbtiles-spec) with further tables beside: see map_file.hpp. The
// same input gives the same bytes. Errors: not_found (no input file), denied (it may not be read), invalid (no
// OpenStreetMap data, cut short, nothing in it, zooms outside 10 … 15), unavailable (output cannot be written, disk
// full). After an error no file is left behind and an older output is untouched.
core::Result<ImportReport> import_map(const ImportOptions& options);

}  // namespace plus7::central::maps
