// The second factor of staff: a secret shared with an authenticator app (TOTP, RFC 6238) and ten recovery codes on
// paper. Secrets are sealed with the server's key, which lies outside of the database. Used within a transaction.
#pragma once
#include <string>
#include <vector>

#include "central/app/accounts/passwords.hpp"
#include "central/app/accounts/sessions.hpp"
#include "shared/crypto/aead.hpp"

namespace plus7::central::app::accounts {

struct NewFactor {
    std::string secret;  // base32, for typing by hand
    std::string uri;     // otpauth://…, for a QR
};
// A new secret, not in force before it is confirmed; an earlier one stays in force until then.
core::Result<NewFactor> start_factor(core::Tx& tx, const crypto::SecretKey& server_key, const std::string& staff_id,
                                     std::string_view issuer);
// The first code proves that the app has it. Returns the recovery codes ("xxxx-xxxx-xxxx"), shown once; earlier ones
// die, as do all sessions but this one. invalid: wrong code; conflict: not started.
core::Result<std::vector<std::string>> confirm_factor(core::Tx& tx, const crypto::SecretKey& server_key,
                                                      const audit::Actor& by, const Session& session,
                                                      std::string_view code, core::TimeUs now);
// conflict: the role demands it, or there is none.
core::Status remove_factor(core::Tx& tx, const audit::Actor& by, const Session& session, const Verified& verified,
                           core::TimeUs now);
// By an admin, for a lost phone: his sessions end. not_found.
core::Status reset_factor(core::Tx& tx, const audit::Actor& by, const std::string& staff_id, core::TimeUs now);

// Whether the code is right; it is then used up. `staff` must be held by this transaction. internal: the secret cannot
// be opened with this key.
core::Result<bool> take_code(core::Tx& tx, const crypto::SecretKey& server_key, store::StaffRow& staff,
                             std::string_view code, core::TimeUs now);

}  // namespace plus7::central::app::accounts
