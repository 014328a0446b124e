// What track_store.cpp (recording) and track_lane.cpp (sending) share; not for others.
#pragma once
#include "agent/store/track_store.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::agent::store {

struct TrackStore::Lane {
    core::Epoch epoch;
    std::uint64_t last = 0;
    std::uint64_t handed = 0;
    std::uint64_t digested = 0;
    bool recording = false;
    std::int64_t last_fix_ms = 0;
};

// A gap record's `never` speaks of numbers of an epoch that is over: the record is written anew without it.
void forget_numbers(sql::Tx& tx, std::uint64_t seq);

}  // namespace plus7::agent::store
