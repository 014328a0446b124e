// What could not be sent, for people: to see why, and to send it again or let it go. Rules; used within a transaction.
#pragma once
#include <string>

#include "central/app/audit/audit.hpp"
#include "central/store/outbox_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::effects {

// Tried anew as if it had just been made. not_found; conflict: it is not dead.
core::Status send_again(core::Tx& tx, const audit::Actor& by, const std::string& id, core::TimeUs now);
// It is never sent. not_found; conflict: it is not dead.
core::Status drop(core::Tx& tx, const audit::Actor& by, const std::string& id, core::TimeUs now);

// Dead ones that nobody has looked at for 90 days. For the scheduler.
void forget_old(core::Tx& tx, core::TimeUs now);

}  // namespace plus7::central::app::effects
