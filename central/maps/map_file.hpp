// Writes the map file: MBTiles 1.3 tables (metadata, tiles) plus street_node, street_edge and address. The file appears
// under its name only at finish(). Owned by one import; one thread.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "central/maps/import.hpp"
#include "central/maps/street.hpp"
#include "central/maps/tile_builder.hpp"

namespace plus7::central::maps {

struct Address {
    std::string city;
    std::string street;
    std::string house;
    core::LatLon place;
};

class MapFile {
  public:
    // Writes beside `path` under a temporary name. All calls throw sql::DbError or std::system_error when the disk
    // refuses.
    explicit MapFile(std::string path);
    ~MapFile();  // without finish(): removes what was written
    MapFile(const MapFile&) = delete;
    MapFile& operator=(const MapFile&) = delete;

    void add(const FinishedTile& tile);
    void add_node(std::int64_t id, PlaceE7 place);
    void add(const StreetEdge& edge);
    void add(const Address& address);
    void set(std::string_view name, std::string_view value);  // a row of metadata

    // Indexes, flush to the disk, rename over `path`.
    void finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// Lower case, ё as е, for comparing street names (Latin, Cyrillic); other letters stay as they are.
std::string fold_street(std::string_view name);

}  // namespace plus7::central::maps
