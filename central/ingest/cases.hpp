// The kinds of cases that ingest opens for a human, with their JSON. Within a transaction.
#pragma once
#include <map>
#include <optional>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::ingest {

enum class CaseKind {
    fork,       // two records under one number
    clone,      // two handhelds with one identity
    old_image,  // a handheld that forgot what it had sent
    new_epoch,  // one that begins anew without naming what was before
    chain_gap,  // a record that does not follow from the one before
    fact_gap,   // records that the handheld does not have any more
    poison,     // records that could not be read or verified
    disputed,   // one event told in two ways
    blob_lost,  // a photo or signature that never comes
    track_bad,  // track records that are not those the handheld had signed for
    custody,    // what a fact says of a parcel needs a human: the detail has the reason
    unclear,    // as the facts stand it is not clear who holds a parcel; closed when it is
    blob_bad,   // chunks that do not give the blob they are said to be
};

// `about` tells cases of one kind apart (hex, numbers); a repeat opens nothing new. `detail` has no personal data.
// Without a device: it is not about one.
void open_case(core::Tx& tx, CaseKind kind, const std::optional<core::DeviceId>& device, const std::string& about,
               const std::map<std::string, std::string>& detail, core::TimeUs now);

// A doubt without a device that is over by itself.
void settle_case(core::Tx& tx, CaseKind kind, const std::string& about);

}  // namespace plus7::central::ingest
