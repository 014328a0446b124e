#include "agent/store/storage_ladder.hpp"

#include <algorithm>

namespace plus7::agent::store {
namespace {

StorageStep step_below(std::uint64_t free_bytes, const StorageLimits& limits, std::uint32_t percent) {
    const auto below = [&](std::uint64_t limit) { return free_bytes < limit / 100 * percent; };
    if (below(limits.reserve)) return StorageStep::free_reserve;
    if (below(limits.stop)) return StorageStep::stop_tracks;
    if (below(limits.thin)) return StorageStep::thin_tracks;
    return StorageStep::normal;
}

}  // namespace

StorageStep storage_step(std::uint64_t free_bytes, StorageStep now, const StorageLimits& limits) {
    const auto wanted = step_below(free_bytes, limits, 100);
    if (wanted >= now) return wanted;
    return std::min(now, step_below(free_bytes, limits, 100 + limits.margin_percent));
}

}  // namespace plus7::agent::store
