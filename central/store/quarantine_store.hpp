// What could not be read or verified, and the tries that did not end (0002_sync.sql). SQL only. Within a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"
#include "shared/wire/lane.hpp"

namespace plus7::central::store {

struct QuarantineRow {
    std::optional<core::DeviceId> device;
    std::string topic;
    std::optional<core::Epoch> epoch;
    std::optional<std::uint64_t> seq;
    std::string reason;
    core::ByteView bytes;
    core::TimeUs received{};
};
void quarantine(sql::Tx& tx, const QuarantineRow& row);

struct AttemptRow {
    core::DeviceId device;
    core::Epoch epoch;
    wire::Lane lane = wire::Lane::fact;
    std::uint64_t first_seq = 0, records = 0;
    int tries = 0;
};
// One more try that did not end.
void count_attempt(sql::Tx& tx, const AttemptRow& row);
void forget_attempt(sql::Tx& tx, const AttemptRow& row);
std::vector<AttemptRow> attempts(sql::Tx& tx);

}  // namespace plus7::central::store
