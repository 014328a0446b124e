// What a signed-in person changes of himself. Used within a transaction.
#pragma once
#include <optional>
#include <string>

#include "central/app/accounts/passwords.hpp"
#include "central/app/accounts/sessions.hpp"

namespace plus7::central::app::accounts {

// invalid: name or language
core::Status edit_self(core::Tx& tx, const audit::Actor& by, const std::string& staff_id,
                       const std::optional<std::string>& name, const std::optional<std::string>& language,
                       core::TimeUs now);

// A try at the own password, in a unit of its own before it is checked. Set: over the limit, for so long.
std::optional<std::chrono::seconds> count_own_password(core::Tx& tx, const std::string& staff_id, core::TimeUs now);

// After candidate_by_id → PasswordHasher::check (the old) and ::hash (the new), outside of transactions. All other
// sessions end. denied: the account has changed meanwhile.
core::Status change_password(core::Tx& tx, const audit::Actor& by, const Session& session, const Verified& old_one,
                             const std::string& new_hash, core::TimeUs now);

}  // namespace plus7::central::app::accounts
