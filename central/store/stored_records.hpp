// Reading all records of an epoch again, as they came (0002_sync.sql): for verifying. SQL only. In a transaction.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

std::vector<core::DeviceId> devices_with_epochs(sql::Tx& tx);

struct StoredFact {
    std::uint64_t seq = 0;
    core::Hash hash;
    std::optional<core::EventId> event;
    std::string flags;
    core::Bytes bytes;
};
// In the order of seq. `fn` must not use the transaction.
void each_fact(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
               const std::function<void(const StoredFact&)>& fn);

struct StoredTrack {
    std::uint64_t seq = 0;
    int kind = 0;
    std::size_t fixes = 0;
    core::Bytes bytes;
};
void each_track(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                const std::function<void(const StoredTrack&)>& fn);

struct FactPlace {
    core::DeviceId device;
    core::Epoch epoch;
    std::uint64_t seq = 0;
};
// The first fact whose epoch has no row.
std::optional<FactPlace> fact_without_epoch(sql::Tx& tx);
// The first fact of which the event log has other bytes than its record.
std::optional<FactPlace> altered_log_copy(sql::Tx& tx);

}  // namespace plus7::central::store
