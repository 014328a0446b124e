// The tables that are derived from the event log (0003_field.sql), as a whole. SQL only. Within a transaction.
#pragma once
#include "shared/core/bytes.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

void clear_projections(sql::Tx& tx);
// SHA-256 over all their rows and columns, the same on both engines.
core::Hash projection_digest(sql::Tx& tx);

}  // namespace plus7::central::store
