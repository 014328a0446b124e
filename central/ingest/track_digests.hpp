// Compares the track records that came with what the handheld signed about them (fact track.digest), whichever comes
// first. In a unit that holds the epoch's lock.
#pragma once
#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"
#include "shared/model/field_facts.hpp"

namespace plus7::central::ingest {

// Keeps the digest, and compares at once when all records are here.
void expect_tracks(core::Tx& tx, const core::DeviceId& device, const model::TrackDigest& digest,
                   const core::EventId& fact, core::TimeUs now);
// After records came: those that were waiting for them.
void compare_digests(core::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch, core::TimeUs now);

}  // namespace plus7::central::ingest
