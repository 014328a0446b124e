#include "central/app/accounts/second_factor.hpp"

#include <algorithm>

#include "central/app/accounts/permissions.hpp"
#include "shared/core/random.hpp"
#include "shared/crypto/base32.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/crypto/totp.hpp"

namespace plus7::central::app::accounts {
namespace {

constexpr std::size_t recovery_codes = 10;
constexpr std::size_t recovery_length = 12;                                         // characters of 5 bits
constexpr std::string_view recovery_alphabet = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford's, lower case

core::Bytes bound_to(const std::string& staff_id) { return core::copy_of(core::view_of("totp:" + staff_id)); }

core::Result<crypto::SecretBytes> open_secret(const crypto::SecretKey& key, const core::Bytes& sealed,
                                              const std::string& staff_id) {
    const auto plain = crypto::open(key, sealed, bound_to(staff_id));
    if (!plain) return core::internal("a second-factor secret does not open with this server key");
    return crypto::SecretBytes::copy_of(*plain);
}

std::string recovery_code() {
    std::string code;
    for (std::size_t i = 0; i < recovery_length; ++i) {
        if (i > 0 && i % 4 == 0) code += '-';
        code += recovery_alphabet[core::random_below(recovery_alphabet.size())];
    }
    return code;
}

// 60 random bits: a plain hash is enough, bound to its owner.
core::Hash recovery_hash(const std::string& staff_id, std::string_view code) {
    std::string plain = staff_id + ":";
    for (const char c : code) {
        if (c == '-' || c == ' ') continue;
        plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
    }
    return crypto::sha256(core::view_of(plain));
}

void forget_factor(core::Tx& tx, store::StaffRow& staff) {
    staff.totp_secret.reset();
    staff.totp_new.reset();
    store::set_staff_totp(tx, staff);
    store::replace_recovery_codes(tx, staff.staff_id, {});
}

}  // namespace

core::Result<NewFactor> start_factor(core::Tx& tx, const crypto::SecretKey& server_key, const std::string& staff_id,
                                     std::string_view issuer) {
    auto staff = store::lock_staff(tx, staff_id);
    if (!staff) return core::not_found("no such account");
    const auto secret = crypto::totp_secret();
    staff->totp_new = crypto::seal(server_key, secret.bytes(), bound_to(staff_id));
    store::set_staff_totp(tx, *staff);
    return NewFactor{crypto::to_base32(secret.bytes()), crypto::totp_uri(issuer, staff->login, secret.bytes())};
}

core::Result<std::vector<std::string>> confirm_factor(core::Tx& tx, const crypto::SecretKey& server_key,
                                                      const audit::Actor& by, const Session& session,
                                                      std::string_view code, core::TimeUs now) {
    auto staff = store::lock_staff(tx, session.staff_id);
    if (!staff || !staff->totp_new) return core::conflict("begin with a new secret");
    const auto secret = open_secret(server_key, *staff->totp_new, staff->staff_id);
    if (!secret) return secret.error();
    const auto step = crypto::totp_verify(secret->bytes(), code, now);
    if (!step) return core::invalid("this code is not right");
    staff->totp_secret = std::move(staff->totp_new);
    staff->totp_new.reset();
    staff->totp_step = *step;
    store::set_staff_totp(tx, *staff);
    std::vector<std::string> codes;
    std::vector<core::Hash> hashes;
    for (std::size_t i = 0; i < recovery_codes; ++i) {
        codes.push_back(recovery_code());
        hashes.push_back(recovery_hash(staff->staff_id, codes.back()));
    }
    store::replace_recovery_codes(tx, staff->staff_id, hashes);
    audit::record(tx, {by, "totp.on", audit::Subject{audit::SubjectKind::staff, staff->staff_id}}, now);
    end_sessions(tx, by, staff->staff_id, session.id, now);
    return codes;
}

core::Status remove_factor(core::Tx& tx, const audit::Actor& by, const Session& session, const Verified& verified,
                           core::TimeUs now) {
    auto staff = store::lock_staff(tx, session.staff_id);
    if (!staff || staff->password != verified.password() || verified.staff_id() != session.staff_id)
        return core::denied("the account has just changed; try again");
    if (demands_second_factor(Roles::parse(staff->roles))) return core::conflict("your role demands a second factor");
    if (!staff->totp_secret) return core::conflict("no second factor is in force");
    forget_factor(tx, *staff);
    audit::record(tx, {by, "totp.off", audit::Subject{audit::SubjectKind::staff, staff->staff_id}}, now);
    return {};
}

core::Status reset_factor(core::Tx& tx, const audit::Actor& by, const std::string& staff_id, core::TimeUs now) {
    auto staff = store::lock_staff(tx, staff_id);
    if (!staff) return core::not_found("no such account");
    forget_factor(tx, *staff);
    audit::record(tx, {by, "totp.off", audit::Subject{audit::SubjectKind::staff, staff_id}}, now);
    end_sessions(tx, by, staff_id, {}, now);
    return {};
}

core::Result<bool> take_code(core::Tx& tx, const crypto::SecretKey& server_key, store::StaffRow& staff,
                             std::string_view code, core::TimeUs now) {
    if (!staff.totp_secret) return false;
    const auto secret = open_secret(server_key, *staff.totp_secret, staff.staff_id);
    if (!secret) return secret.error();
    if (const auto step = crypto::totp_verify(secret->bytes(), code, now, staff.totp_step)) {
        staff.totp_step = *step;
        store::set_staff_totp(tx, staff);
        return true;
    }
    return store::take_recovery_code(tx, staff.staff_id, recovery_hash(staff.staff_id, code));
}

}  // namespace plus7::central::app::accounts
