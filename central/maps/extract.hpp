// Reads an OpenStreetMap extract with libosmium and hands on what the map file is made of. Runs on the importing
// thread.
#pragma once
#include "central/maps/import.hpp"
#include "central/maps/map_file.hpp"
#include "central/maps/tile_builder.hpp"

namespace plus7::central::maps {

// Two passes over options.input: first which areas, borders and junctions there are, then the objects themselves.
// Features go to `tiles`, streets and addresses to `file`, counts, bounds and date to `report`. Errors: invalid (what
// is wrong with the extract); what `file` and `tiles` throw passes through.
core::Status read_extract(const ImportOptions& options, TileBuilder& tiles, MapFile& file, ImportReport& report);

}  // namespace plus7::central::maps
