#include "central/store/stored_records.hpp"

namespace plus7::central::store {
namespace {

std::optional<FactPlace> first_place(sql::Tx& tx, std::string_view sql) {
    const auto row = tx.one(sql);
    if (!row) return std::nullopt;
    return FactPlace{row->get<core::DeviceId>(0), row->get<core::Epoch>(1), row->get<std::uint64_t>(2)};
}

}  // namespace

std::vector<core::DeviceId> devices_with_epochs(sql::Tx& tx) {
    std::vector<core::DeviceId> all;
    for (const auto& row : tx.query("SELECT DISTINCT device_id FROM epoch ORDER BY device_id"))
        all.push_back(row.get<core::DeviceId>(0));
    return all;
}

void each_fact(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
               const std::function<void(const StoredFact&)>& fn) {
    tx.each(
        "SELECT seq, hash, event_id, flags, bytes FROM fact_record WHERE device_id = $1 AND epoch = $2 ORDER BY seq",
        {device, epoch}, [&fn](const sql::Row& row) {
            fn({row.get<std::uint64_t>(0), row.get<core::Hash>(1), row.get<std::optional<core::EventId>>(2),
                row.get<std::string>(3), row.get<core::Bytes>(4)});
        });
}

void each_track(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                const std::function<void(const StoredTrack&)>& fn) {
    tx.each("SELECT seq, kind, fixes, bytes FROM track_record WHERE device_id = $1 AND epoch = $2 ORDER BY seq",
            {device, epoch}, [&fn](const sql::Row& row) {
                fn({row.get<std::uint64_t>(0), row.get<int>(1), row.get<std::uint64_t>(2), row.get<core::Bytes>(3)});
            });
}

std::optional<FactPlace> fact_without_epoch(sql::Tx& tx) {
    return first_place(tx,
                       "SELECT fact_record.device_id, fact_record.epoch, fact_record.seq FROM fact_record "
                       "LEFT JOIN epoch ON epoch.device_id = fact_record.device_id AND epoch.epoch = fact_record.epoch "
                       "WHERE epoch.device_id IS NULL ORDER BY 1, 2, 3 LIMIT 1");
}

std::optional<FactPlace> altered_log_copy(sql::Tx& tx) {
    return first_place(tx,
                       "SELECT event.device_id, event.epoch, event.seq FROM event_log "
                       "JOIN event ON event.event_id = event_log.event_id "
                       "JOIN fact_record ON fact_record.device_id = event.device_id "
                       "AND fact_record.epoch = event.epoch AND fact_record.seq = event.seq "
                       "WHERE event_log.bytes <> fact_record.bytes ORDER BY 1, 2, 3 LIMIT 1");
}

}  // namespace plus7::central::store
