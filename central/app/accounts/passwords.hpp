// Passwords of staff. Hashing takes 50–100 ms and 19 MiB: never inside of a transaction, never on the loop thread. A
// use case that needs it is cut in three: read (Candidate), hash (here), write (with the Verified that came out).
#pragma once
#include <atomic>
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/tx.hpp"
#include "shared/crypto/password.hpp"

namespace plus7::central::app::accounts {

enum class PasswordFault { none, too_short, too_long, weak };
constexpr std::size_t shortest_password = 10;  // characters (OWASP ASVS 5.0, 6.2.1 asks for 8, advises 15)
constexpr std::size_t longest_password = 128;
// weak: one of the common ones, the login, or of less than four different characters.
PasswordFault check_new_password(std::string_view password, std::string_view login);
bool is_common_password(std::string_view password);

// Whose password is to be checked; nobody's when no such account may sign in.
struct Candidate {
    std::optional<std::string> staff_id, password;  // PHC string
};
Candidate candidate_by_login(core::Tx& tx, const std::string& login);
Candidate candidate_by_id(core::Tx& tx, const std::string& staff_id);

// Proof that the password of this account was given. Made by PasswordHasher only.
class Verified {
  public:
    const std::string& staff_id() const { return staff_id_; }
    const std::string& password() const { return password_; }               // the stored one it was checked against
    const std::optional<std::string>& renewed() const { return renewed_; }  // stored anew: the cost has grown

  private:
    friend class PasswordHasher;
    Verified() = default;
    std::string staff_id_, password_;
    std::optional<std::string> renewed_;
};

// Owned by the composition root; any thread.
class PasswordHasher {
  public:
    explicit PasswordHasher(crypto::Argon2Cost cost = {});

    std::string hash(std::string_view password) const;
    // Nothing: wrong, or nobody's. One hash of the present cost is computed in either case, so that an unknown login
    // takes as long as a wrong password.
    std::optional<Verified> check(const Candidate& candidate, std::string_view password) const;
    std::uint64_t checks() const { return checks_; }  // computed so far

  private:
    crypto::Argon2Cost cost_;
    std::string decoy_;  // of a password that nobody has
    mutable std::atomic<std::uint64_t> checks_{0};
};

}  // namespace plus7::central::app::accounts
