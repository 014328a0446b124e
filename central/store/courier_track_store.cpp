#include "central/store/courier_track_store.hpp"

#include <algorithm>

#include "shared/wire/fact_data.hpp"
#include "shared/wire/track_block.hpp"

namespace plus7::central::store {
namespace {

constexpr const char* touching = " WHERE device_id = $1 AND t1_us >= $2 AND t0_us < $3 AND kind IN (1, 2) ";

std::int64_t length_of(const std::vector<wire::SeqRange>& ranges) {
    std::int64_t length = 0;
    for (const auto& range : ranges) length += static_cast<std::int64_t>(range.last - range.first) + 1;
    return length;
}

// Records the gap says will never come.
std::int64_t never_in(const core::Bytes& record) {
    const auto decoded = wire::decode_track_record(record);
    const auto* gap = decoded ? std::get_if<wire::Gap>(&*decoded) : nullptr;
    return gap ? length_of(gap->never) : 0;
}

bool read_piece(const core::Bytes& record, TrackPiece& piece) {
    const auto decoded = wire::decode_track_record(record);
    if (!decoded) return false;
    if (const auto* gap = std::get_if<wire::Gap>(&*decoded)) {
        piece.is_gap = true;
        piece.reason = gap->reason;
        return true;
    }
    const auto* sealed = std::get_if<wire::TrackBlockRecord>(&*decoded);
    if (!sealed) return false;
    auto block = wire::decode_track_block(sealed->block);
    if (!block) return false;
    piece.fixes = std::move(block->fixes);
    return true;
}

}  // namespace

std::vector<ShiftRow> shifts_between(sql::Tx& tx, const std::string& courier, core::TimeUs from, core::TimeUs to) {
    std::vector<ShiftRow> shifts;
    for (const auto& row :
         tx.query("SELECT shift_id, courier_id, device_id, started_us, COALESCE(ended_us, (SELECT MIN(next.started_us) "
                  "FROM shift AS next WHERE (next.device_id = shift.device_id OR next.courier_id = shift.courier_id) "
                  "AND next.started_us > shift.started_us)) AS over_us FROM shift WHERE courier_id = $1 "
                  "AND started_us < $2 AND started_us >= $3 ORDER BY started_us, shift_id",
                  courier, to, from - std::chrono::hours{48})) {
        ShiftRow shift{row.get<std::string>("shift_id"), row.get<std::optional<std::string>>("courier_id"),
                       row.get<core::DeviceId>("device_id"), row.get<std::optional<core::TimeUs>>("started_us"),
                       row.get<std::optional<core::TimeUs>>("over_us")};
        if (!shift.ended || *shift.ended > from) shifts.push_back(std::move(shift));
    }
    return shifts;
}

std::vector<TrackPiece> track_pieces(sql::Tx& tx, const core::DeviceId& device, core::TimeUs from, core::TimeUs to) {
    std::vector<TrackPiece> pieces;
    const auto sql = std::string("SELECT t0_us, t1_us, bytes, received_us FROM track_record") + touching +
                     "ORDER BY t0_us, t1_us, received_us, seq";
    for (const auto& row : tx.query(sql, device, from, to)) {
        TrackPiece piece{row.get<core::TimeUs>("t0_us"),
                         row.get<core::TimeUs>("t1_us"),
                         row.get<core::TimeUs>("received_us"),
                         false,
                         {},
                         {}};
        if (read_piece(row.get<core::Bytes>("bytes"), piece)) pieces.push_back(std::move(piece));
    }
    return pieces;
}

std::vector<RecordMark> track_marks(sql::Tx& tx, const core::DeviceId& device, core::TimeUs from, core::TimeUs to) {
    std::vector<RecordMark> marks;
    const auto sql =
        std::string("SELECT t0_us, t1_us, received_us, CASE WHEN kind = 2 THEN bytes END AS gap FROM track_record") +
        touching + "ORDER BY t0_us, seq";
    for (const auto& row : tx.query(sql, device, from, to)) {
        const auto gap = row.get<std::optional<core::Bytes>>("gap");
        marks.push_back({row.get<core::TimeUs>("t0_us"), row.get<core::TimeUs>("t1_us"),
                         row.get<core::TimeUs>("received_us"), gap ? never_in(*gap) : 0, true});
    }
    return marks;
}

std::vector<RecordMark> fact_marks(sql::Tx& tx, const core::DeviceId& device, core::TimeUs from, core::TimeUs to) {
    std::vector<RecordMark> marks;
    for (const auto& row : tx.query("SELECT at_us, received_us, CASE WHEN type = $4 THEN data END AS gap FROM act "
                                    "WHERE device_id = $1 AND at_us >= $2 AND at_us < $3 ORDER BY at_us, event_id",
                                    device, from, to, model::FactGap::type)) {
        RecordMark mark{row.get<core::TimeUs>("at_us"), row.get<core::TimeUs>("at_us"),
                        row.get<core::TimeUs>("received_us"), 0, false};
        if (const auto data = row.get<std::optional<core::Bytes>>("gap"))
            if (const auto gap = wire::decode_data<model::FactGap>(*data))
                mark.lost = static_cast<std::int64_t>(gap->to - gap->from) + 1;
        marks.push_back(mark);
    }
    return marks;
}

}  // namespace plus7::central::store
