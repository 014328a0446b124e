// Cuts features into finished tiles, a square of the map at a time, on all processors. Owned by one import.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "central/maps/feature_spool.hpp"

namespace plus7::central::maps {

struct FinishedTile {
    TileId id;
    std::string data;  // gzip'd MVT
};

class TileBuilder {
  public:
    TileBuilder(FeatureSpool& spool, int min_zoom, int max_zoom);

    // Features that are seen on no zoom of this build are left out.
    void add(const Feature& feature);

    // Calls `take` for every tile that shows something, in an order that depends on nothing but the input; `progress`
    // is told (squares done, squares in all). Seals the spool.
    using Take = std::function<void(const FinishedTile&)>;
    using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;
    void build(const Take& take, const Progress& progress);

  private:
    // What falls into one square: a tile of zoom 10 or 11, or one of zoom 12 with all that lies beneath it.
    struct Entry {
        TileId square;
        std::uint64_t offset;
        auto operator<=>(const Entry&) const = default;
    };
    std::vector<FinishedTile> build_square(TileId square, std::vector<std::uint64_t> offsets) const;

    FeatureSpool& spool_;
    int min_zoom_;
    int max_zoom_;
    std::vector<Entry> entries_;
};

}  // namespace plus7::central::maps
