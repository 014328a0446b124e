// Staff accounts as an admin sees and changes them. Rules; used within a transaction.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "central/app/accounts/sessions.hpp"

namespace plus7::central::app::accounts {

struct StaffMember {
    std::string id, login, name, name_fold;
    Roles roles;
    std::string state, language;  // state: invited, active, blocked
    bool totp = false;
    std::int64_t version = 0;
    std::int64_t sessions = 0;  // open now
    std::optional<core::TimeUs> seen, invited_until;
};

struct StaffSearch {
    std::string part_of_name;                                  // as typed
    std::optional<std::pair<std::string, std::string>> after;  // name_fold and id of the page before
    int limit = 50;
};
std::vector<StaffMember> staff(core::Tx& tx, const StaffSearch& search, core::TimeUs now);  // by name
std::optional<StaffMember> find_member(core::Tx& tx, const std::string& staff_id, core::TimeUs now);
// The same; nobody else changes the account until the end of the transaction.
std::optional<StaffMember> hold_member(core::Tx& tx, const std::string& staff_id, core::TimeUs now);

// 3–64 of a–z 0–9 . _ @ -
bool is_login(std::string_view text);
// 1–100 characters, not blank, without control characters
bool is_person_name(std::string_view text);

struct StaffEdit {
    std::optional<std::string> name{};
    std::optional<Roles> roles{};
    std::optional<bool> blocked{};
};
// Blocking ends his sessions and kills his links. invalid: name or roles; not_found; conflict: he is the last active
// admin, who can neither be blocked nor lose the role.
core::Result<StaffMember> edit_member(core::Tx& tx, const audit::Actor& by, const std::string& staff_id,
                                      const StaffEdit& edit, core::TimeUs now);
// not_found
core::Status end_member_sessions(core::Tx& tx, const audit::Actor& by, const std::string& staff_id, core::TimeUs now);

}  // namespace plus7::central::app::accounts
