// The one row about this database itself (0001_devices.sql). Used within a transaction.
#pragma once
#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

// The server_gen of this database; made at the first call.
core::ServerGen server_gen(sql::Tx& tx, core::TimeUs now);
// After a restore: handhelds then know that central may have forgotten what it had acknowledged.
core::ServerGen renew_server_gen(sql::Tx& tx, core::TimeUs now);

}  // namespace plus7::central::store
