// Signing in, step by step, each in a transaction of its own, because hashing lies between them:
//   count_sign_in (commits whatever follows) → candidate_by_login → PasswordHasher::check → sign_in or refuse_sign_in;
//   with a second factor then: count_code → give_code.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "central/app/accounts/passwords.hpp"
#include "central/app/accounts/sessions.hpp"
#include "shared/crypto/aead.hpp"

namespace plus7::central::app::accounts {

// As people type it: blanks around it and capitals do not matter.
std::string login_of(std::string_view typed);

// Set: over the limit of the login or of the address, for so long.
std::optional<std::chrono::seconds> count_sign_in(core::Tx& tx, const std::string& login, const std::string& address,
                                                  core::TimeUs now);
// denied: the password was changed, or the account blocked, while it was checked.
core::Result<OpenedSession> sign_in(core::Tx& tx, const Verified& verified, const Visitor& visitor, core::TimeUs now);
void refuse_sign_in(core::Tx& tx, const Candidate& candidate, const Visitor& visitor, core::TimeUs now);

std::optional<std::chrono::seconds> count_code(core::Tx& tx, const std::string& staff_id, core::TimeUs now);
// Ends the waiting session and opens a new one with a new token. `code`: of the app, or a recovery code; each works
// once. denied: wrong. `server_key`: what second-factor secrets are sealed with.
core::Result<OpenedSession> give_code(core::Tx& tx, const crypto::SecretKey& server_key, const Session& waiting,
                                      std::string_view code, const Visitor& visitor, core::TimeUs now);
void refuse_code(core::Tx& tx, const Session& waiting, const Visitor& visitor, core::TimeUs now);

}  // namespace plus7::central::app::accounts
