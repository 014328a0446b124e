// What is on record of a courier's shifts: track, and when each record came. Reads only. Used within a transaction.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "central/store/field_store.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/model/fix.hpp"
#include "shared/sql/tx.hpp"
#include "shared/wire/gap_record.hpp"

namespace plus7::central::store {

using wire::GapReason;

// Shifts of the courier that touch [from, to), by their start; a shift that was never ended ends where the device's or
// the courier's next one starts.
std::vector<ShiftRow> shifts_between(sql::Tx& tx, const std::string& courier, core::TimeUs from, core::TimeUs to);

// One record of the track lane.
struct TrackPiece {
    core::TimeUs t0{}, t1{}, received{};
    bool is_gap = false;
    std::vector<model::Fix> fixes;  // of a block
    GapReason reason = GapReason::unknown;
};
// Blocks and gaps of a device that touch [from, to), by their start. A record that cannot be read any more is left out.
std::vector<TrackPiece> track_pieces(sql::Tx& tx, const core::DeviceId& device, core::TimeUs from, core::TimeUs to);

// When a record's act was, and when it came.
struct RecordMark {
    core::TimeUs t0{}, t1{}, received{};
    std::int64_t lost = 0;  // records that it declares as never coming
    bool is_track = false;
};
std::vector<RecordMark> track_marks(sql::Tx& tx, const core::DeviceId& device, core::TimeUs from, core::TimeUs to);
std::vector<RecordMark> fact_marks(sql::Tx& tx, const core::DeviceId& device, core::TimeUs from, core::TimeUs to);

}  // namespace plus7::central::store
