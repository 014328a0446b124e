// What all three lanes do around their own work: lock the epoch, judge its state, keep evidence, freeze. In a unit.
#pragma once
#include <optional>

#include "central/ingest/batch.hpp"
#include "central/store/epoch_store.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::ingest {

wire::EpochState state_of(store::EpochPhase phase);

// Locks the epoch of the batch. Nothing (and `taken` says why): the epoch is not known, or the device may not sync.
std::optional<store::EpochRow> enter(core::Tx& tx, const Batch& batch, Taken& taken);

// A record that has no effect: kept as it came. `reason`: fork, event, sealed, frozen.
bool keep_evidence(core::Tx& tx, const Batch& batch, std::uint64_t seq, const core::Hash& hash, core::ByteView bytes,
                   std::string_view reason);

// Two records under number `seq`: the second is kept, the epoch frozen, a case opened.
void fork(core::Tx& tx, const Batch& batch, store::EpochRow& row, std::uint64_t seq, const core::Hash& hash,
          core::ByteView bytes);

// Sets a record aside, with a case.
void set_aside(core::Tx& tx, const Batch& batch, std::uint64_t seq, core::ByteView bytes, const std::string& reason);

}  // namespace plus7::central::ingest
