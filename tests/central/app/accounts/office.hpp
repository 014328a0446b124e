// A database with staff in it, and the steps of the use cases with the hashing between them, as the API takes them.
#pragma once
#include "central/app/accounts/invitations.hpp"
#include "central/app/accounts/own_account.hpp"
#include "central/app/accounts/second_factor.hpp"
#include "central/app/accounts/sign_in.hpp"
#include "central/app/accounts/staff.hpp"
#include "central/app/accounts/tries.hpp"
#include "central/store/migrations.hpp"
#include "shared/crypto/base32.hpp"
#include "shared/crypto/totp.hpp"
#include "tests/shared/sql/engines.hpp"

namespace plus7::test {

namespace accounts = central::app::accounts;
namespace audit = central::app::audit;
using namespace std::chrono_literals;

inline const core::TimeUs noon = *core::from_iso8601("2026-11-22T12:00:00Z");
inline const std::string good_password = "correct horse 7";
inline const crypto::Argon2Cost cheap{8, 1};

template <typename Engine>
struct Office {
    Engine engine;
    std::unique_ptr<sql::Database> db = engine.open();
    accounts::PasswordHasher hasher{cheap};
    crypto::SecretKey key = crypto::SecretKey::random();
    core::TimeUs now = noon;
    accounts::Visitor visitor{"192.0.2.7", "Firefox"};
    audit::Actor system{};

    Office() { sql::migrate(*db, central::store::migrations()).value(); }

    template <typename Fn>
    auto write(Fn fn) {
        return db->write([&](sql::Tx& tx) { return fn(tx); });
    }
    template <typename Fn>
    auto read(Fn fn) {
        return *db->read([&](sql::Tx& tx) { return fn(tx); });
    }

    accounts::Link setup_link() {
        return *write([&](sql::Tx& tx) { return accounts::make_setup_link(tx, now); });
    }
    core::Result<accounts::OpenedSession> set_up(const std::string& token, const std::string& login = "anna") {
        const accounts::NewAccount account{login, "Анна Орлова", "ru", hasher.hash(good_password), {}};
        return write([&](sql::Tx& tx) { return accounts::set_up(tx, token, account, visitor, now); });
    }
    accounts::OpenedSession admin(const std::string& login = "anna") {
        return std::move(set_up(setup_link().token, login)).value();
    }
    core::Result<accounts::Invited> invite(const std::string& login, accounts::Roles roles) {
        const accounts::NewAccount account{login, "Пётр " + login, "ru", "", roles};
        return write([&](sql::Tx& tx) { return accounts::invite(tx, system, account, now); });
    }
    core::Result<accounts::OpenedSession> accept(const std::string& token) {
        const auto hash = hasher.hash(good_password);
        return write(
            [&](sql::Tx& tx) { return accounts::accept_invitation(tx, token, hash, std::nullopt, visitor, now); });
    }
    // A colleague who has accepted; his id.
    std::string colleague(const std::string& login, accounts::Roles roles) {
        const auto invited = invite(login, roles).value();
        REQUIRE(accept(invited.link.token).ok());
        return invited.member.id;
    }
    core::Result<accounts::OpenedSession> sign_in(const std::string& login, const std::string& password) {
        const auto candidate = read([&](sql::Tx& tx) { return accounts::candidate_by_login(tx, login); });
        const auto verified = hasher.check(candidate, password);
        if (!verified) return core::denied("wrong");
        return write([&](sql::Tx& tx) { return accounts::sign_in(tx, *verified, visitor, now); });
    }
    std::optional<accounts::Session> session(const std::string& token) {
        return read([&](sql::Tx& tx) { return accounts::find_session(tx, token, now); });
    }
    core::Result<accounts::StaffMember> edit(const std::string& id, const accounts::StaffEdit& change) {
        return write([&](sql::Tx& tx) { return accounts::edit_member(tx, system, id, change, now); });
    }
    std::optional<accounts::StaffMember> member(const std::string& id) {
        return read([&](sql::Tx& tx) { return accounts::find_member(tx, id, now); });
    }
    // Sets a second factor up; its secret.
    core::Bytes enrol(const std::string& token, std::vector<std::string>* recovery = nullptr) {
        const auto own = session(token).value();
        const auto factor =
            write([&](sql::Tx& tx) { return accounts::start_factor(tx, key, own.staff_id, "plus7"); }).value();
        const auto secret = crypto::from_base32(factor.secret).value();
        const auto codes = write([&](sql::Tx& tx) {
                               return accounts::confirm_factor(tx, key, system, own, code(secret), now);
                           }).value();
        if (recovery) *recovery = codes;
        return secret;
    }
    std::string code(const core::Bytes& secret) const { return crypto::hotp(secret, crypto::totp_step(now)); }
    core::Result<accounts::OpenedSession> give_code(const std::string& token, const std::string& given) {
        const auto waiting = session(token).value();
        return write([&](sql::Tx& tx) { return accounts::give_code(tx, key, waiting, given, visitor, now); });
    }
    std::size_t audited(const std::string& action) {
        audit::Query query;
        query.action = action;
        return read([&](sql::Tx& tx) { return audit::entries(tx, query); }).size();
    }
};

}  // namespace plus7::test
