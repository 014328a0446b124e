// The fact lane's records as they came, and what was kept as evidence only (0002_sync.sql). SQL only. In a transaction.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"
#include "shared/wire/lane.hpp"

namespace plus7::central::store {

struct FactRecordRow {
    std::uint64_t seq = 0;
    core::Hash hash;
    std::optional<core::EventId> event;  // nothing: the record could not be read
    std::string flags;
    core::ByteView bytes;  // must live until the call returns
};

void insert_facts(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                  const std::vector<FactRecordRow>& rows, core::TimeUs received);
// Hashes of the records that are there with first ≤ seq ≤ last.
std::map<std::uint64_t, core::Hash> fact_hashes(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                                                std::uint64_t first, std::uint64_t last);

struct DisputedRow {
    core::DeviceId device;
    core::Epoch epoch;
    wire::Lane lane = wire::Lane::fact;
    std::uint64_t seq = 0;
    core::Hash hash;
    core::ByteView bytes;
    std::string reason;
    core::TimeUs received{};
};
// False: this very record was kept before.
bool keep_disputed(sql::Tx& tx, const DisputedRow& row);

}  // namespace plus7::central::store
