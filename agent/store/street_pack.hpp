// The pack of streets that this handheld keeps: what it holds, and tile by tile. Written by `fetch-map`, which puts a
// new file in its place. Storage thread.
#pragma once
#include <filesystem>
#include <optional>

#include "shared/wire/map_pack.hpp"

namespace plus7::agent::store {

class StreetPack {
  public:
    explicit StreetPack(std::filesystem::path file) : file_(std::move(file)) {}

    // Nothing: there is no pack, or it cannot be read. Reads the file's head anew when the file is another one.
    const wire::PackHead* head();
    std::optional<std::string> tile(int zoom, std::uint32_t x, std::uint32_t y);  // gzip'd Mapbox Vector Tile

  private:
    std::filesystem::path file_;
    std::optional<std::filesystem::file_time_type> read_at_;
    std::optional<wire::PackHead> head_;
};

// Of a file; nothing when it is missing or no pack.
std::optional<wire::PackHead> read_pack_file(const std::filesystem::path& file);

}  // namespace plus7::agent::store
