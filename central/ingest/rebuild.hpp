// Projections made anew from the event log, and a digest to compare them with (I9): `plus7-central verify` takes the
// digest, rebuilds, takes it again, and rolls back. Within a transaction.
#pragma once
#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::ingest {

// Empties acts, shifts and clock anchors and replays the log into them; how many facts. internal: a logged fact that
// cannot be read.
core::Result<std::size_t> rebuild(core::Tx& tx);

// Over every row and column of these tables.
core::Hash projection_digest(core::Tx& tx);

}  // namespace plus7::central::ingest
