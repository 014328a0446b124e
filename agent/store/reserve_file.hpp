// A preallocated file that is given up when the disk is full, so that facts can go on. Storage thread.
#pragma once
#include <cstdint>
#include <filesystem>

#include "shared/core/result.hpp"

namespace plus7::agent::store {

class ReserveFile {
  public:
    ReserveFile(std::filesystem::path path, std::uint64_t bytes) : path_(std::move(path)), bytes_(bytes) {}

    // Makes it when it is missing or too short; unavailable when there is no room for it.
    core::Status ensure();
    // True when there was something to give up.
    bool release();
    bool held() const;

  private:
    std::filesystem::path path_;
    std::uint64_t bytes_;
};

}  // namespace plus7::agent::store
