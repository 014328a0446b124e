#include "central/store/quarantine_store.hpp"

#include "shared/core/uuid.hpp"

namespace plus7::central::store {

void quarantine(sql::Tx& tx, const QuarantineRow& row) {
    tx.exec(
        "INSERT INTO quarantine (quarantine_id, device_id, topic, epoch, seq, reason, bytes, received_us) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        core::uuid_v7(std::chrono::floor<std::chrono::milliseconds>(row.received)), row.device, row.topic, row.epoch,
        row.seq, row.reason, row.bytes, row.received);
}

void count_attempt(sql::Tx& tx, const AttemptRow& row) {
    tx.exec(
        "INSERT INTO ingest_attempt (device_id, epoch, lane, first_seq, records, tries) VALUES ($1, $2, $3, $4, $5, 1) "
        "ON CONFLICT (device_id, epoch, lane, first_seq, records) DO UPDATE SET tries = ingest_attempt.tries + 1",
        row.device, row.epoch, static_cast<int>(row.lane), row.first_seq, row.records);
}

void forget_attempt(sql::Tx& tx, const AttemptRow& row) {
    tx.exec(
        "DELETE FROM ingest_attempt WHERE device_id = $1 AND epoch = $2 AND lane = $3 AND first_seq = $4 "
        "AND records = $5",
        row.device, row.epoch, static_cast<int>(row.lane), row.first_seq, row.records);
}

std::vector<AttemptRow> attempts(sql::Tx& tx) {
    std::vector<AttemptRow> all;
    for (const auto& row : tx.query("SELECT device_id, epoch, lane, first_seq, records, tries FROM ingest_attempt "
                                    "ORDER BY device_id, epoch, lane, first_seq, records"))
        all.push_back({row.get<core::DeviceId>(0), row.get<core::Epoch>(1), static_cast<wire::Lane>(row.get<int>(2)),
                       row.get<std::uint64_t>(3), row.get<std::uint64_t>(4), row.get<int>(5)});
    return all;
}

}  // namespace plus7::central::store
