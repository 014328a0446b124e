// What is given up first when free space runs out: thin tracks, then no tracks, then the reserve; facts never. Pure.
#pragma once
#include <cstdint>

namespace plus7::agent::store {

enum class StorageStep : std::uint8_t {  // the numbers are those of model::DeviceStorageLow
    normal = 0,
    thin_tracks = 1,
    stop_tracks = 2,  // after a gap record
    free_reserve = 3,
};

struct StorageLimits {  // free bytes below which a step holds
    std::uint64_t thin = 256ULL << 20;
    std::uint64_t stop = 96ULL << 20;
    std::uint64_t reserve = 16ULL << 20;
    std::uint32_t margin_percent = 25;  // a step is left only when this much more than its limit is free
};

StorageStep storage_step(std::uint64_t free_bytes, StorageStep now, const StorageLimits& limits = {});

}  // namespace plus7::agent::store
