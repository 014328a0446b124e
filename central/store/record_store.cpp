#include "central/store/record_store.hpp"

namespace plus7::central::store {

void insert_facts(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                  const std::vector<FactRecordRow>& rows, core::TimeUs received) {
    std::vector<std::vector<sql::Param>> values;
    values.reserve(rows.size());
    for (const auto& row : rows)
        values.push_back({device, epoch, row.seq, row.hash, row.event, row.flags, row.bytes, received});
    tx.exec_many(
        "INSERT INTO fact_record (device_id, epoch, seq, hash, event_id, flags, bytes, received_us) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values);
}

std::map<std::uint64_t, core::Hash> fact_hashes(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                                                std::uint64_t first, std::uint64_t last) {
    std::map<std::uint64_t, core::Hash> found;
    for (const auto& row : tx.query("SELECT seq, hash FROM fact_record "
                                    "WHERE device_id = $1 AND epoch = $2 AND seq BETWEEN $3 AND $4",
                                    device, epoch, first, last))
        found.emplace(row.get<std::uint64_t>(0), row.get<core::Hash>(1));
    return found;
}

bool keep_disputed(sql::Tx& tx, const DisputedRow& row) {
    return tx.exec(
               "INSERT INTO disputed_record (device_id, epoch, lane, seq, hash, bytes, reason, received_us) "
               "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (device_id, epoch, lane, seq, hash) DO NOTHING",
               row.device, row.epoch, static_cast<int>(row.lane), row.seq, row.hash, row.bytes, row.reason,
               row.received) == 1;
}

}  // namespace plus7::central::store
