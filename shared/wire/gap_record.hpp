// The records of the track lane, `[kind, …]`: kind 1 carries a sealed block (opaque here, see track_block), kind 2
// states a gap. Unknown kinds of a later version are kept and acked, never poison. Any thread.
#pragma once
#include <variant>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/wire/lane.hpp"

namespace plus7::wire {

enum class GapReason : std::uint8_t {  // the numbers are on the wire
    unknown = 0,
    power_cut = 1,  // positions not yet sealed were lost; found at the next start
    storage = 2,    // the storage ladder stopped tracks
    no_fix = 3,     // the receiver gave none
    no_gpsd = 4,    // gpsd did not answer
    policy = 5,     // central's setting: the byte budget, thinning
    lost_rows = 6,  // sealed blocks turned out unreadable
    pause = 7,      // the courier's break: nothing was recorded on purpose
    no_time = 8,    // fixes without a time that could be trusted
};

struct Gap {
    core::TimeMs from{};
    core::TimeMs to{};  // ≥ from
    GapReason reason = GapReason::unknown;
    std::vector<SeqRange> never;  // sequence numbers that no record will ever have; they count as received
    bool operator==(const Gap&) const = default;
};

struct TrackBlockRecord {
    core::Bytes block;  // 1 byte or more
    bool operator==(const TrackBlockRecord&) const = default;
};

struct UnknownTrackRecord {
    std::uint64_t kind = 0;
    bool operator==(const UnknownTrackRecord&) const = default;
};

using TrackRecord = std::variant<TrackBlockRecord, Gap, UnknownTrackRecord>;

core::Bytes encode_block_record(core::ByteView block);
core::Bytes encode_record(const Gap& gap);  // throws std::invalid_argument on a broken rule
core::Result<TrackRecord> decode_track_record(core::ByteView record);

}  // namespace plus7::wire
