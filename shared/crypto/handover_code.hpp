// The recipient's one-time code (X3): central makes it of the order's secret, a handheld without network checks it
// against a slow salted hash, and what it states can be checked by central later without the code ever being sent. Any
// thread; make_verifier and verifies take about a tenth of a second on a handheld.
#pragma once
#include <string>
#include <string_view>

#include "shared/core/bytes.hpp"
#include "shared/core/ids.hpp"
#include "shared/crypto/password.hpp"

namespace plus7::crypto {

using OrderSecret = core::Fixed<16, struct OrderSecretTag>;
using CommitKey = core::Fixed<16, struct CommitKeyTag>;
using CodeSalt = core::Fixed<16, struct CodeSaltTag>;

// 4 MiB and 3 passes: what a small ARM core does in a tenth of a second; a million codes then cost a stolen handheld's
// finder a day of such a core (docs/security.md).
constexpr Argon2Cost code_cost{4 * 1024, 3};

// Six digits: HMAC-SHA-256(secret, "handover|number|counter"), truncated as RFC 4226 does.
std::string handover_code(const OrderSecret& secret, std::string_view order_number, std::uint64_t counter);

struct CodeVerifier {
    CodeSalt salt;
    core::Hash hash;  // Argon2id of the code
    Argon2Cost cost = code_cost;
    bool operator==(const CodeVerifier&) const = default;
};
CodeVerifier make_verifier(std::string_view code, const CodeSalt& salt);
bool verifies(const CodeVerifier& verifier, std::string_view code);  // false also for a cost out of bounds

// What a fact says of a code that was given: HMAC-SHA-256(key, "p7-code" ‖ event ‖ code). Who has the key can try all
// codes, which are of no more use then.
CommitKey commit_key(const OrderSecret& secret, std::string_view order_number);
core::Hash commit_code(const CommitKey& key, const core::EventId& event, std::string_view code);

}  // namespace plus7::crypto
