#include "central/app/accounts/own_account.hpp"

#include "central/app/accounts/invitations.hpp"
#include "central/app/accounts/tries.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::app::accounts {

core::Status edit_self(core::Tx& tx, const audit::Actor& by, const std::string& staff_id,
                       const std::optional<std::string>& name, const std::optional<std::string>& language,
                       core::TimeUs now) {
    if (name && !is_person_name(*name)) return core::invalid("a name has 1 to 100 characters");
    if (language && !is_language(*language)) return core::invalid("the language is ru or en");
    auto staff = store::lock_staff(tx, staff_id);
    if (!staff) return core::not_found("no such account");
    std::vector<audit::Detail> changes;
    if (name && *name != staff->name) {
        changes.push_back({"name", *name, staff->name});
        staff->name = *name;
        staff->name_fold = text::fold(*name);
    }
    if (language && *language != staff->language) {
        changes.push_back({"lang", *language, staff->language});
        staff->language = *language;
    }
    if (changes.empty()) return {};
    store::update_staff(tx, *staff);
    audit::record(tx, {by, "staff.edited", audit::Subject{audit::SubjectKind::staff, staff_id}, changes}, now);
    return {};
}

std::optional<std::chrono::seconds> count_own_password(core::Tx& tx, const std::string& staff_id, core::TimeUs now) {
    return count_try(tx, passwords_by_staff(staff_id), now);
}

core::Status change_password(core::Tx& tx, const audit::Actor& by, const Session& session, const Verified& old_one,
                             const std::string& new_hash, core::TimeUs now) {
    const auto staff = store::lock_staff(tx, session.staff_id);
    if (!staff || staff->state != "active" || old_one.staff_id() != session.staff_id ||
        staff->password != old_one.password())
        return core::denied("the account has just changed; try again");
    store::set_staff_password(tx, staff->staff_id, new_hash);
    give_back(tx, passwords_by_staff(staff->staff_id), now);
    audit::record(tx, {by, "password.changed", audit::Subject{audit::SubjectKind::staff, staff->staff_id}}, now);
    end_sessions(tx, by, staff->staff_id, session.id, now);
    return {};
}

}  // namespace plus7::central::app::accounts
