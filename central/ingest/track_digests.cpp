#include "central/ingest/track_digests.hpp"

#include "central/ingest/cases.hpp"
#include "central/store/track_digest_store.hpp"
#include "central/store/track_store.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/fact_data.hpp"

namespace plus7::central::ingest {
namespace {

using store::DigestEnd;

// Nothing: records are still to come.
std::optional<DigestEnd> compare(core::Tx& tx, const core::DeviceId& device, const store::TrackDigestRow& row) {
    const auto records = store::track_bytes(tx, device, row.epoch, row.first, row.last);
    const auto never = store::never_between(tx, device, row.epoch, row.first, row.last);
    // A number that was declared lost and whose record came after all is counted twice, and may be.
    if (records.size() + never < row.last - row.first + 1) return std::nullopt;
    std::vector<core::Hash> hashes;
    for (const auto& [seq, bytes] : records) hashes.push_back(crypto::sha256(bytes));
    if (wire::track_digest(hashes) == row.hash) return DigestEnd::same;
    // What was lost on the device after it signed is in its digest and never comes: the gap record tells of that.
    return never > 0 ? DigestEnd::gone : DigestEnd::differs;
}

}  // namespace

void compare_digests(core::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch, core::TimeUs now) {
    for (const auto& row : store::waiting_digests(tx, device, epoch)) {
        const auto end = compare(tx, device, row);
        if (!end) continue;
        store::settle_digest(tx, device, row, *end, now);
        if (*end == DigestEnd::differs)
            open_case(tx, CaseKind::track_bad, device, row.event.hex(),
                      {{"epoch", epoch.hex()}, {"from", std::to_string(row.first)}, {"to", std::to_string(row.last)}},
                      now);
    }
}

void expect_tracks(core::Tx& tx, const core::DeviceId& device, const model::TrackDigest& digest,
                   const core::EventId& fact, core::TimeUs now) {
    const store::TrackDigestRow row{digest.epoch, digest.from, digest.to, digest.hash, fact};
    if (store::insert_digest(tx, device, row)) compare_digests(tx, device, digest.epoch, now);
}

}  // namespace plus7::central::ingest
