// Epochs: the cursors of a device's lanes, and the lock that ingest takes (0002_sync.sql). SQL only. Within a
// transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

enum class EpochPhase { open, sealed, frozen };

struct EpochRow {
    EpochRow(core::DeviceId whose, const core::Epoch& which) : device(std::move(whose)), epoch(which) {}
    core::DeviceId device;
    core::Epoch epoch;
    EpochPhase phase = EpochPhase::open;
    std::optional<core::Epoch> parent;
    std::uint64_t parent_upto = 0;
    core::Hash parent_hash;
    std::uint64_t fact_upto = 0;
    core::Hash fact_hash;  // zeros when fact_upto is 0
    std::uint64_t track_upto = 0;
    std::uint64_t blob_upto = 0;
    bool digests_waiting = false;  // track digests that wait for their records (track_digest_store)
    core::TimeUs opened{};
    std::string device_state;  // read with it, not written
};

std::optional<EpochRow> find_epoch(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch);
// With the row's lock: whoever changes a lane of the epoch holds it.
std::optional<EpochRow> lock_epoch(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch);
std::vector<EpochRow> epochs_of(sql::Tx& tx, const core::DeviceId& device);  // the oldest first

void insert_epoch(sql::Tx& tx, const EpochRow& row);
void set_phase(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch, EpochPhase phase);
void move_facts(sql::Tx& tx, const EpochRow& row);  // fact_upto and fact_hash
void move_tracks(sql::Tx& tx, const EpochRow& row);
void move_blobs(sql::Tx& tx, const EpochRow& row);

}  // namespace plus7::central::store
