// What the track and blob lanes give the relay, and what central's word about such a lane means. Values.
#pragma once
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/wire/lane.hpp"

namespace plus7::agent::store {

// Consecutive records, ready to be sent; empty when there is nothing.
struct LaneRun {
    std::uint64_t first_seq = 0;
    std::vector<core::Bytes> records;

    std::uint64_t last_seq() const { return first_seq + records.size() - 1; }
};

inline bool covers(const std::vector<wire::SeqRange>& ranges, std::uint64_t seq) {
    for (const auto& range : ranges) {
        if (range.first <= seq && seq <= range.last) return true;
    }
    return false;
}

// True when central has a number that was never handed over from here: this file was restored from an old image.
inline bool beyond(std::uint64_t handed, std::uint64_t upto, const std::vector<wire::SeqRange>& got) {
    return upto > handed || (!got.empty() && got.back().last > handed);
}

}  // namespace plus7::agent::store
