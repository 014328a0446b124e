#include "central/store/track_digest_store.hpp"

#include <algorithm>

namespace plus7::central::store {
namespace {

const char* name_of(DigestEnd end) {
    switch (end) {
        case DigestEnd::same:
            return "same";
        case DigestEnd::differs:
            return "differs";
        case DigestEnd::gone:
            break;
    }
    return "gone";
}

}  // namespace

bool insert_digest(sql::Tx& tx, const core::DeviceId& device, const TrackDigestRow& row) {
    const auto known =
        tx.exec("UPDATE epoch SET digests_waiting = digests_waiting + 1 WHERE device_id = $1 AND epoch = $2", device,
                row.epoch);
    if (known == 0) return false;
    tx.exec(
        "INSERT INTO track_digest (device_id, epoch, first_seq, last_seq, hash, event_id, state) "
        "VALUES ($1, $2, $3, $4, $5, $6, 'waiting')",
        device, row.epoch, row.first, row.last, row.hash, row.event);
    return true;
}

std::vector<TrackDigestRow> waiting_digests(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch) {
    std::vector<TrackDigestRow> found;
    for (const auto& row : tx.query("SELECT first_seq, last_seq, hash, event_id FROM track_digest "
                                    "WHERE device_id = $1 AND epoch = $2 AND state = 'waiting' ORDER BY first_seq",
                                    device, epoch))
        found.push_back({epoch, row.get<std::uint64_t>(0), row.get<std::uint64_t>(1), row.get<core::Hash>(2),
                         row.get<core::EventId>(3)});
    return found;
}

void settle_digest(sql::Tx& tx, const core::DeviceId& device, const TrackDigestRow& row, DigestEnd end,
                   core::TimeUs now) {
    tx.exec("UPDATE track_digest SET state = $4, settled_us = $5 WHERE device_id = $1 AND epoch = $2 AND event_id = $3",
            device, row.epoch, row.event, name_of(end), now);
    tx.exec("UPDATE epoch SET digests_waiting = digests_waiting - 1 WHERE device_id = $1 AND epoch = $2", device,
            row.epoch);
}

std::uint64_t never_between(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch, std::uint64_t first,
                            std::uint64_t last) {
    std::uint64_t count = 0, counted_to = first - 1;  // ranges may overlap
    for (const auto& row : tx.query("SELECT first_seq, last_seq FROM track_never WHERE device_id = $1 AND epoch = $2 "
                                    "AND last_seq >= $3 AND first_seq <= $4 ORDER BY first_seq, last_seq",
                                    device, epoch, first, last)) {
        const auto from = std::max(row.get<std::uint64_t>(0), counted_to + 1);
        const auto to = std::min(row.get<std::uint64_t>(1), last);
        if (to < from) continue;
        count += to - from + 1;
        counted_to = to;
    }
    return count;
}

}  // namespace plus7::central::store
