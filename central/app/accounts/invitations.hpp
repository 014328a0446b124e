// How people become staff: the first admin by a link that central prints, everybody else by an invitation, which also
// serves for a forgotten password. Links work once; only their hashes are kept. Hashing the password lies between two
// transactions: look → PasswordHasher::hash → set_up or accept. Used within a transaction.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "central/app/accounts/staff.hpp"

namespace plus7::central::app::accounts {

struct Link {
    std::string token;  // for its owner only, never logged
    core::TimeUs expires{};
};

// --- The first admin ---
bool setup_is_open(core::Tx& tx);  // no active admin
// For printing at the start while set-up is open: good for 24 h, once; earlier ones die.
Link make_setup_link(core::Tx& tx, core::TimeUs now);
// not_found, expired: the token does not work, or not any more; conflict: there is an admin already.
core::Status look_at_setup(core::Tx& tx, std::string_view token, core::TimeUs now);

struct NewAccount {
    std::string login, name, language;
    std::string password;  // hashed; for set-up only
    Roles roles;           // for an invitation only
};
// Makes the admin and signs him in. invalid: login, name or language; conflict: the login is taken.
core::Result<OpenedSession> set_up(core::Tx& tx, std::string_view token, const NewAccount& account,
                                   const Visitor& visitor, core::TimeUs now);

// --- Everybody else ---
struct Invited {
    StaffMember member;
    Link link;  // 72 h
};
core::Result<Invited> invite(core::Tx& tx, const audit::Actor& by, const NewAccount& account, core::TimeUs now);
// A new link; earlier ones die. not_found; conflict: blocked.
core::Result<Link> invite_again(core::Tx& tx, const audit::Actor& by, const std::string& staff_id, core::TimeUs now);

struct Invitation {
    std::string login, name;
    Roles roles;
    core::TimeUs expires{};
};
core::Result<Invitation> look_at_invitation(core::Tx& tx, std::string_view token, core::TimeUs now);
// Sets the password, burns the link, ends earlier sessions, signs in; a second factor that is in force is still asked
// for.
core::Result<OpenedSession> accept_invitation(core::Tx& tx, std::string_view token, const std::string& password_hash,
                                              const std::optional<std::string>& language, const Visitor& visitor,
                                              core::TimeUs now);

bool is_language(std::string_view text);  // "ru", "en"

}  // namespace plus7::central::app::accounts
