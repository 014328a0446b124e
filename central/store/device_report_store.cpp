#include "central/store/device_report_store.hpp"

#include "shared/wire/fact_data.hpp"

namespace plus7::central::store {
namespace {

template <typename Fact>
std::optional<Reported<Fact>> newest(sql::Tx& tx, const core::DeviceId& device) {
    const auto row = tx.one(
        "SELECT at_us, data FROM act WHERE device_id = $1 AND type = $2 ORDER BY at_us DESC, event_id DESC LIMIT 1",
        device, Fact::type);
    if (!row) return std::nullopt;
    const auto fact = wire::decode_data<Fact>(row->template get<core::Bytes>("data"));
    if (!fact) return std::nullopt;
    return Reported<Fact>{row->template get<core::TimeUs>("at_us"), *fact};
}

}  // namespace

std::optional<Reported<model::DeviceBattery>> newest_battery(sql::Tx& tx, const core::DeviceId& device) {
    return newest<model::DeviceBattery>(tx, device);
}

std::optional<core::TimeUs> wiped_at(sql::Tx& tx, const core::DeviceId& device, const model::WipeId& wipe) {
    for (const auto& row : tx.query("SELECT at_us, data FROM act WHERE device_id = $1 AND type = $2 ORDER BY at_us",
                                    device, model::DeviceWiped::type)) {
        const auto fact = wire::decode_data<model::DeviceWiped>(row.get<core::Bytes>("data"));
        if (fact && fact->wipe == wipe) return row.get<core::TimeUs>("at_us");
    }
    return std::nullopt;
}

std::int64_t count_quarantined(sql::Tx& tx, const core::DeviceId& device) {
    return tx.one("SELECT COUNT(*) FROM quarantine WHERE device_id = $1", device)->get<std::int64_t>(0);
}

Holes holes_of(sql::Tx& tx, const core::DeviceId& device) {
    Holes holes;
    for (const auto& row : tx.query(
             "SELECT "
             "(SELECT COALESCE(MAX(t.seq), epoch.track_upto) - epoch.track_upto - COUNT(*) FROM track_record t WHERE "
             "t.device_id = epoch.device_id AND t.epoch = epoch.epoch AND t.seq > epoch.track_upto) AS track_holes, "
             "(SELECT CAST(COALESCE(SUM(n.last_seq - n.first_seq + 1), 0) AS {int}) FROM track_never n WHERE "
             "n.device_id = epoch.device_id AND n.epoch = epoch.epoch AND n.first_seq > epoch.track_upto) AS "
             "track_never, "
             "(SELECT COALESCE(MAX(b.seq), epoch.blob_upto) - epoch.blob_upto - COUNT(*) FROM blob_chunk b WHERE "
             "b.device_id = epoch.device_id AND b.epoch = epoch.epoch AND b.seq > epoch.blob_upto) AS blob_holes "
             "FROM epoch WHERE device_id = $1 AND state = 'open'",
             device)) {
        const auto track = row.get<std::int64_t>("track_holes") - row.get<std::int64_t>("track_never");
        holes.track += std::max<std::int64_t>(0, track);
        holes.blob += std::max<std::int64_t>(0, row.get<std::int64_t>("blob_holes"));
    }
    return holes;
}

}  // namespace plus7::central::store
