#include "central/store/epoch_store.hpp"

#include <stdexcept>

namespace plus7::central::store {
namespace {

constexpr const char* columns =
    "SELECT device_id, epoch, state, parent, parent_upto, parent_hash, fact_upto, fact_hash, track_upto, blob_upto, "
    "opened_us, digests_waiting, (SELECT state FROM device WHERE device.device_id = epoch.device_id) AS device_state "
    "FROM epoch ";

const char* name_of(EpochPhase phase) {
    switch (phase) {
        case EpochPhase::open:
            return "open";
        case EpochPhase::sealed:
            return "sealed";
        case EpochPhase::frozen:
            return "frozen";
    }
    throw std::logic_error("an epoch in no phase");
}

EpochPhase phase_of(const std::string& name) {
    if (name == "open") return EpochPhase::open;
    return name == "sealed" ? EpochPhase::sealed : EpochPhase::frozen;
}

EpochRow epoch_of(const sql::Row& row) {
    EpochRow epoch(row.get<core::DeviceId>("device_id"), row.get<core::Epoch>("epoch"));
    epoch.phase = phase_of(row.get<std::string>("state"));
    epoch.parent = row.get<std::optional<core::Epoch>>("parent");
    epoch.parent_upto = row.get<std::optional<std::uint64_t>>("parent_upto").value_or(0);
    epoch.parent_hash = row.get<std::optional<core::Hash>>("parent_hash").value_or(core::Hash{});
    epoch.fact_upto = row.get<std::uint64_t>("fact_upto");
    epoch.fact_hash = row.get<std::optional<core::Hash>>("fact_hash").value_or(core::Hash{});
    epoch.track_upto = row.get<std::uint64_t>("track_upto");
    epoch.blob_upto = row.get<std::uint64_t>("blob_upto");
    epoch.digests_waiting = row.get<std::int64_t>("digests_waiting") > 0;
    epoch.opened = row.get<core::TimeUs>("opened_us");
    epoch.device_state = row.get<std::string>("device_state");
    return epoch;
}

std::optional<EpochRow> one(sql::Tx& tx, const std::string& rest, const core::DeviceId& device,
                            const core::Epoch& epoch) {
    const auto row = tx.one(columns + rest, device, epoch);
    if (!row) return std::nullopt;
    return epoch_of(*row);
}

}  // namespace

std::optional<EpochRow> find_epoch(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch) {
    return one(tx, "WHERE device_id = $1 AND epoch = $2", device, epoch);
}

std::optional<EpochRow> lock_epoch(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch) {
    return one(tx, "WHERE device_id = $1 AND epoch = $2 {for_update}", device, epoch);
}

std::vector<EpochRow> epochs_of(sql::Tx& tx, const core::DeviceId& device) {
    std::vector<EpochRow> all;
    for (const auto& row : tx.query(std::string(columns) + "WHERE device_id = $1 ORDER BY opened_us, epoch", device))
        all.push_back(epoch_of(row));
    return all;
}

void insert_epoch(sql::Tx& tx, const EpochRow& row) {
    tx.exec(
        "INSERT INTO epoch (device_id, epoch, state, parent, parent_upto, parent_hash, opened_us) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        row.device, row.epoch, name_of(row.phase), row.parent, row.parent_upto, row.parent_hash, row.opened);
}

void set_phase(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch, EpochPhase phase) {
    tx.exec("UPDATE epoch SET state = $3 WHERE device_id = $1 AND epoch = $2", device, epoch, name_of(phase));
}

void move_facts(sql::Tx& tx, const EpochRow& row) {
    tx.exec("UPDATE epoch SET fact_upto = $3, fact_hash = $4 WHERE device_id = $1 AND epoch = $2", row.device,
            row.epoch, row.fact_upto, row.fact_hash);
}

void move_tracks(sql::Tx& tx, const EpochRow& row) {
    tx.exec("UPDATE epoch SET track_upto = $3 WHERE device_id = $1 AND epoch = $2", row.device, row.epoch,
            row.track_upto);
}

void move_blobs(sql::Tx& tx, const EpochRow& row) {
    tx.exec("UPDATE epoch SET blob_upto = $3 WHERE device_id = $1 AND epoch = $2", row.device, row.epoch,
            row.blob_upto);
}

}  // namespace plus7::central::store
