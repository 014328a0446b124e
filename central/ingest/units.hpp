// The unit of each lane: everything a batch changes, in one transaction; may run more than once. The steps stand in
// order in each .cpp's run(). Throws DbError as Tx does.
#pragma once
#include <span>

#include "central/ingest/batch.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::ingest {

// How a unit takes its records: together, or each in a savepoint of its own, so that one that cannot be applied is set
// aside. The second way is for batches that failed in the first.
enum class Care { together, one_by_one };

Taken take_facts(core::Tx& tx, const Batch& batch, Care care);
// One or more batches of one epoch; what each of them came to.
std::vector<Taken> take_tracks(core::Tx& tx, std::span<const Batch* const> batches);
Taken take_chunks(core::Tx& tx, const Batch& batch);

// Nothing of the batch is taken: the cursor as it is, and why.
Taken refuse(core::Tx& tx, const Batch& batch, wire::RefusedReason reason);

}  // namespace plus7::central::ingest
