// The track lane's records: blocks, gaps, and the numbers that never come (0002_sync.sql). SQL only. In a transaction.
#pragma once
#include <map>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"
#include "shared/wire/lane.hpp"

namespace plus7::central::store {

enum : int { track_unreadable = 0, track_block = 1, track_gap = 2 };  // TrackRow::kind; others of later versions

struct TrackRow {
    std::uint64_t seq = 0;
    int kind = track_block;
    core::TimeUs t0{}, t1{};
    std::size_t fixes = 0;
    core::ByteView bytes;  // must live until the call returns
    core::TimeUs received{};
};

void insert_tracks(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                   const std::vector<TrackRow>& rows);
// The records that are there with first ≤ seq ≤ last, as they came.
std::map<std::uint64_t, core::Bytes> track_bytes(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                                                 std::uint64_t first, std::uint64_t last);

void insert_never(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch, const wire::SeqRange& range);

// How far the records, and the numbers that never come, reach without a hole from `upto` on.
std::uint64_t track_prefix(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch, std::uint64_t upto);
// The newest ranges received above `upto`, at most wire::max_ranges, ascending.
std::vector<wire::SeqRange> track_ranges(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                                         std::uint64_t upto);

struct TrackPart {
    int kind = track_block;
    core::TimeUs t0{}, t1{};
    core::Bytes bytes;
};
// Blocks and gaps that touch [from, to), by time; at most `limit`.
std::vector<TrackPart> tracks_between(sql::Tx& tx, const core::DeviceId& device, core::TimeUs from, core::TimeUs to,
                                      int limit);

}  // namespace plus7::central::store
