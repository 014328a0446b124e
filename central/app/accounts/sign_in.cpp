#include "central/app/accounts/sign_in.hpp"

#include "central/app/accounts/second_factor.hpp"
#include "central/app/accounts/tries.hpp"
#include "central/store/session_store.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::app::accounts {
namespace {

void record_refusal(core::Tx& tx, const std::optional<std::string>& staff_id, const Visitor& visitor,
                    const std::string& step, core::TimeUs now) {
    std::optional<audit::Subject> subject;
    if (staff_id) subject = audit::Subject{audit::SubjectKind::staff, *staff_id};
    audit::record(tx, {audit::anonymous_actor(visitor.address), "session.refused", subject, {{"step", step}}, false},
                  now);
}

}  // namespace

std::string login_of(std::string_view typed) { return text::fold(typed); }

std::optional<std::chrono::seconds> count_sign_in(core::Tx& tx, const std::string& login, const std::string& address,
                                                  core::TimeUs now) {
    const auto by_address = count_try(tx, sign_in_by_address(address), now);
    const auto by_login = count_try(tx, sign_in_by_login(login), now);
    return by_login ? by_login : by_address;
}

core::Result<OpenedSession> sign_in(core::Tx& tx, const Verified& verified, const Visitor& visitor, core::TimeUs now) {
    const auto staff = store::lock_staff(tx, verified.staff_id());
    if (!staff || staff->state != "active" || staff->password != verified.password())
        return core::denied("the account has just changed; sign in again");
    if (verified.renewed()) store::set_staff_password(tx, staff->staff_id, *verified.renewed());
    give_back(tx, sign_in_by_login(staff->login), now);
    give_back(tx, sign_in_by_address(visitor.address), now);
    return open_session(tx, *staff, visitor, false, now);
}

void refuse_sign_in(core::Tx& tx, const Candidate& candidate, const Visitor& visitor, core::TimeUs now) {
    record_refusal(tx, candidate.staff_id, visitor, "password", now);
}

std::optional<std::chrono::seconds> count_code(core::Tx& tx, const std::string& staff_id, core::TimeUs now) {
    const auto minute = count_try(tx, codes_by_minute(staff_id), now);
    const auto hour = count_try(tx, codes_by_hour(staff_id), now);
    return hour ? hour : minute;
}

core::Result<OpenedSession> give_code(core::Tx& tx, const crypto::SecretKey& server_key, const Session& waiting,
                                      std::string_view code, const Visitor& visitor, core::TimeUs now) {
    auto staff = store::lock_staff(tx, waiting.staff_id);
    if (!staff || staff->state != "active") return core::denied("wrong code");
    const auto right = take_code(tx, server_key, *staff, code, now);
    if (!right) return right.error();
    if (!*right) return core::denied("wrong code");
    if (!store::delete_session(tx, waiting.staff_id, waiting.id)) return core::denied("sign in again");
    give_back(tx, codes_by_minute(staff->staff_id), now);
    give_back(tx, codes_by_hour(staff->staff_id), now);
    return open_session(tx, *staff, visitor, true, now);
}

void refuse_code(core::Tx& tx, const Session& waiting, const Visitor& visitor, core::TimeUs now) {
    record_refusal(tx, waiting.staff_id, visitor, "code", now);
}

}  // namespace plus7::central::app::accounts
