#include "central/app/accounts/invitations.hpp"

#include <algorithm>

#include "shared/core/uuid.hpp"
#include "shared/crypto/token.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::app::accounts {
namespace {

using namespace std::chrono_literals;

constexpr auto setup_lasts = 24h;
constexpr auto invitation_lasts = 72h;

Link make_link(core::Tx& tx, const std::optional<std::string>& staff_id, core::TimeUs now, std::chrono::hours lasts) {
    store::use_links_of(tx, staff_id, now);
    const auto token = crypto::random_token();
    store::insert_link(tx, {token.hash, staff_id, now + lasts, std::nullopt});
    return {token.text, now + lasts};
}

core::Result<store::LinkRow> live_link(core::Tx& tx, std::string_view token, bool for_setup, core::TimeUs now) {
    const auto link = store::find_link(tx, crypto::token_hash(token));
    if (!link || link->staff_id.has_value() == for_setup) return core::not_found("this link is not known");
    if (link->used) return core::expired("this link was used already, or replaced by a newer one");
    if (now >= link->expires) return core::expired("this link is too old");
    return *link;
}

core::Status check(const NewAccount& account) {
    if (!is_login(account.login)) return core::invalid("a login has 3 to 64 of a-z 0-9 . _ @ -");
    if (!is_person_name(account.name)) return core::invalid("a name has 1 to 100 characters");
    if (!is_language(account.language)) return core::invalid("the language is ru or en");
    return {};
}

store::StaffRow row_of(const NewAccount& account, core::TimeUs now) {
    store::StaffRow row;
    row.staff_id = core::new_uuid_text(now);
    row.login = account.login;
    row.name = account.name;
    row.name_fold = text::fold(account.name);
    row.roles = account.roles.text();
    row.language = account.language;
    row.created = now;
    return row;
}

}  // namespace

bool is_language(std::string_view text) { return text == "ru" || text == "en"; }

bool setup_is_open(core::Tx& tx) {
    const auto active = store::active_staff(tx);
    return std::none_of(active.begin(), active.end(),
                        [](const store::StaffRow& staff) { return Roles::parse(staff.roles).has(Role::admin); });
}

Link make_setup_link(core::Tx& tx, core::TimeUs now) { return make_link(tx, std::nullopt, now, setup_lasts); }

core::Status look_at_setup(core::Tx& tx, std::string_view token, core::TimeUs now) {
    const auto link = live_link(tx, token, true, now);
    if (!link) return link.error();
    if (!setup_is_open(tx)) return core::conflict("there is an admin already");
    return {};
}

core::Result<OpenedSession> set_up(core::Tx& tx, std::string_view token, const NewAccount& account,
                                   const Visitor& visitor, core::TimeUs now) {
    if (const auto fine = check(account); !fine) return fine.error();
    if (const auto fine = look_at_setup(tx, token, now); !fine) return fine.error();
    if (!store::use_link(tx, crypto::token_hash(token), now)) return core::expired("this link was used already");
    auto row = row_of(account, now);
    row.roles = Roles{Role::admin}.text();
    row.state = "active";
    row.password = account.password;
    if (!store::insert_staff(tx, row)) return core::conflict("this login is taken");
    audit::record(tx,
                  {audit::staff_actor(row.staff_id, visitor.address), "setup.done",
                   audit::Subject{audit::SubjectKind::staff, row.staff_id}},
                  now);
    return open_session(tx, row, visitor, false, now);
}

core::Result<Invited> invite(core::Tx& tx, const audit::Actor& by, const NewAccount& account, core::TimeUs now) {
    if (const auto fine = check(account); !fine) return fine.error();
    if (account.roles.empty()) return core::invalid("at least one role");
    auto row = row_of(account, now);
    row.state = "invited";
    if (!store::insert_staff(tx, row)) return core::conflict("this login is taken");
    auto link = make_link(tx, row.staff_id, now, invitation_lasts);
    audit::record(
        tx, {by, "staff.invited", audit::Subject{audit::SubjectKind::staff, row.staff_id}, {{"roles", row.roles}}},
        now);
    return Invited{*find_member(tx, row.staff_id, now), std::move(link)};
}

core::Result<Link> invite_again(core::Tx& tx, const audit::Actor& by, const std::string& staff_id, core::TimeUs now) {
    const auto staff = store::lock_staff(tx, staff_id);
    if (!staff) return core::not_found("no such account");
    if (staff->state == "blocked") return core::conflict("the account is blocked: unblock it first");
    auto link = make_link(tx, staff_id, now, invitation_lasts);
    audit::record(tx, {by, "staff.invited", audit::Subject{audit::SubjectKind::staff, staff_id}}, now);
    return link;
}

core::Result<Invitation> look_at_invitation(core::Tx& tx, std::string_view token, core::TimeUs now) {
    const auto link = live_link(tx, token, false, now);
    if (!link) return link.error();
    const auto staff = store::find_staff(tx, *link->staff_id);
    if (!staff || staff->state == "blocked") return core::not_found("this link is not known");
    return Invitation{staff->login, staff->name, Roles::parse(staff->roles), link->expires};
}

core::Result<OpenedSession> accept_invitation(core::Tx& tx, std::string_view token, const std::string& password_hash,
                                              const std::optional<std::string>& language, const Visitor& visitor,
                                              core::TimeUs now) {
    const auto link = live_link(tx, token, false, now);
    if (!link) return link.error();
    if (language && !is_language(*language)) return core::invalid("the language is ru or en");
    auto staff = store::lock_staff(tx, *link->staff_id);
    if (!staff || staff->state == "blocked") return core::not_found("this link is not known");
    if (!store::use_link(tx, link->token, now)) return core::expired("this link was used already");
    staff->state = "active";
    staff->language = language.value_or(staff->language);
    store::update_staff(tx, *staff);
    store::set_staff_password(tx, staff->staff_id, password_hash);
    const auto self = audit::staff_actor(staff->staff_id, visitor.address);
    audit::record(tx, {self, "password.changed", audit::Subject{audit::SubjectKind::staff, staff->staff_id}}, now);
    end_sessions(tx, self, staff->staff_id, {}, now);
    return open_session(tx, *staff, visitor, false, now);
}

}  // namespace plus7::central::app::accounts
