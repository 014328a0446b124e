// Digests of the track lane that handhelds signed, and what comparing came to (0005_track_digests.sql). SQL only. In a
// transaction that holds the epoch's lock.
#pragma once
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct TrackDigestRow {
    core::Epoch epoch;
    std::uint64_t first = 0, last = 0;
    core::Hash hash;
    core::EventId event;
};

// False: the epoch is not one of the device's.
bool insert_digest(sql::Tx& tx, const core::DeviceId& device, const TrackDigestRow& row);
std::vector<TrackDigestRow> waiting_digests(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch);

enum class DigestEnd { same, differs, gone };
void settle_digest(sql::Tx& tx, const core::DeviceId& device, const TrackDigestRow& row, DigestEnd end,
                   core::TimeUs now);

// Of the numbers first … last: how many will never have a record.
std::uint64_t never_between(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch, std::uint64_t first,
                            std::uint64_t last);

}  // namespace plus7::central::store
