#include "central/store/track_store.hpp"

#include "central/store/seq_ranges.hpp"

namespace plus7::central::store {

void insert_tracks(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                   const std::vector<TrackRow>& rows) {
    std::vector<std::vector<sql::Param>> values;
    values.reserve(rows.size());
    for (const auto& row : rows)
        values.push_back({device, epoch, row.seq, row.kind, row.t0, row.t1, row.fixes, row.bytes, row.received});
    tx.exec_many(
        "INSERT INTO track_record (device_id, epoch, seq, kind, t0_us, t1_us, fixes, bytes, received_us) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        values);
}

std::map<std::uint64_t, core::Bytes> track_bytes(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                                                 std::uint64_t first, std::uint64_t last) {
    std::map<std::uint64_t, core::Bytes> found;
    for (const auto& row : tx.query("SELECT seq, bytes FROM track_record "
                                    "WHERE device_id = $1 AND epoch = $2 AND seq BETWEEN $3 AND $4",
                                    device, epoch, first, last))
        found.emplace(row.get<std::uint64_t>(0), row.get<core::Bytes>(1));
    return found;
}

void insert_never(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch, const wire::SeqRange& range) {
    tx.exec(
        "INSERT INTO track_never (device_id, epoch, first_seq, last_seq) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (device_id, epoch, first_seq) DO UPDATE SET last_seq = excluded.last_seq "
        "WHERE excluded.last_seq > track_never.last_seq",
        device, epoch, range.first, range.last);
}

std::uint64_t track_prefix(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch, std::uint64_t upto) {
    std::vector<wire::SeqRange> never;
    for (const auto& row : tx.query("SELECT first_seq, last_seq FROM track_never "
                                    "WHERE device_id = $1 AND epoch = $2 AND last_seq > $3 ORDER BY first_seq",
                                    device, epoch, upto))
        never.push_back({row.get<std::uint64_t>(0), row.get<std::uint64_t>(1)});
    return prefix_from(tx, "track_record", device, epoch, upto, never);
}

std::vector<wire::SeqRange> track_ranges(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                                         std::uint64_t upto) {
    return ranges_above(tx, "track_record", device, epoch, upto);
}

std::vector<TrackPart> tracks_between(sql::Tx& tx, const core::DeviceId& device, core::TimeUs from, core::TimeUs to,
                                      int limit) {
    std::vector<TrackPart> parts;
    for (const auto& row : tx.query("SELECT kind, t0_us, t1_us, bytes FROM track_record "
                                    "WHERE device_id = $1 AND t1_us >= $2 AND t0_us < $3 AND kind IN (1, 2) "
                                    "ORDER BY t1_us, seq LIMIT $4",
                                    device, from, to, limit))
        parts.push_back({row.get<int>(0), row.get<core::TimeUs>(1), row.get<core::TimeUs>(2), row.get<core::Bytes>(3)});
    return parts;
}

}  // namespace plus7::central::store
