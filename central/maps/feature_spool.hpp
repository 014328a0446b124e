// Features of an import on their way to tiles: written once in sequence to an unlinked temporary file, then read at
// random. Keeps the memory of an import independent of how much there is to draw. Writing: one thread; at() after
// seal(): any thread.
#pragma once
#include <cstdint>
#include <string>

#include "central/maps/feature.hpp"

namespace plus7::central::maps {

class FeatureSpool {
  public:
    // The file is made in this folder and has no name: it is gone when the process is. Throws std::system_error.
    explicit FeatureSpool(const std::string& folder);
    ~FeatureSpool();
    FeatureSpool(const FeatureSpool&) = delete;
    FeatureSpool& operator=(const FeatureSpool&) = delete;

    // Where the feature can be found again. Throws std::system_error (disk full).
    std::uint64_t append(const Feature& feature);
    // Ends writing.
    void seal();
    Feature at(std::uint64_t offset) const;
    std::uint64_t bytes() const { return written_; }

  private:
    void flush();

    int file_ = -1;
    std::string buffer_;
    std::uint64_t written_ = 0;
    const char* mapped_ = nullptr;
};

}  // namespace plus7::central::maps
