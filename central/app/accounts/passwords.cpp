#include "central/app/accounts/passwords.hpp"

#include <set>

#include "central/store/staff_store.hpp"
#include "shared/core/random.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::app::accounts {
namespace {

Candidate candidate_of(const std::optional<store::StaffRow>& staff) {
    if (!staff || staff->state != "active" || !staff->password) return {};
    return {staff->staff_id, staff->password};
}

}  // namespace

PasswordFault check_new_password(std::string_view password, std::string_view login) {
    const auto length = text::length(password);
    if (length < shortest_password) return PasswordFault::too_short;
    if (length > longest_password) return PasswordFault::too_long;
    const auto folded = text::fold(password);
    const bool monotonous = std::set<char>(folded.begin(), folded.end()).size() < 4;
    if (monotonous || folded == text::fold(login) || is_common_password(folded)) return PasswordFault::weak;
    return PasswordFault::none;
}

Candidate candidate_by_login(core::Tx& tx, const std::string& login) {
    return candidate_of(store::find_staff_by_login(tx, login));
}

Candidate candidate_by_id(core::Tx& tx, const std::string& staff_id) {
    return candidate_of(store::find_staff(tx, staff_id));
}

PasswordHasher::PasswordHasher(crypto::Argon2Cost cost)
    : cost_(cost), decoy_(hash(core::to_hex(core::random_bytes(32)))) {}

std::string PasswordHasher::hash(std::string_view password) const {
    return crypto::hash_password(password, cost_).value();
}

std::optional<Verified> PasswordHasher::check(const Candidate& candidate, std::string_view password) const {
    const bool known = candidate.staff_id && candidate.password;
    checks_.fetch_add(1);
    const bool right = crypto::verify_password(password, known ? *candidate.password : decoy_);
    if (!known || !right) return std::nullopt;
    Verified verified;
    verified.staff_id_ = *candidate.staff_id;
    verified.password_ = *candidate.password;
    if (crypto::needs_rehash(*candidate.password, cost_)) verified.renewed_ = hash(password);
    return verified;
}

}  // namespace plus7::central::app::accounts
