#include "central/app/accounts/staff.hpp"

#include <algorithm>

#include "shared/text/fold.hpp"

namespace plus7::central::app::accounts {
namespace {

StaffMember member_of(const store::StaffLine& line) {
    const auto& row = line.staff;
    return {row.staff_id,
            row.login,
            row.name,
            row.name_fold,
            Roles::parse(row.roles),
            row.state,
            row.language,
            row.totp_secret.has_value(),
            row.version,
            line.sessions,
            row.seen,
            line.invited_until};
}

// Whether somebody else would still be an active admin. Holds the rows it decides upon.
bool another_admin_is_active(core::Tx& tx, const std::string& staff_id) {
    const auto active = store::lock_active_staff(tx);
    return std::any_of(active.begin(), active.end(), [&](const store::StaffRow& staff) {
        return staff.staff_id != staff_id && Roles::parse(staff.roles).has(Role::admin);
    });
}

std::string state_after(const store::StaffRow& staff, bool blocked) {
    if (blocked) return "blocked";
    return staff.password ? "active" : "invited";
}

// Changes the row and says what changed.
std::vector<audit::Detail> apply(store::StaffRow& staff, const StaffEdit& edit) {
    std::vector<audit::Detail> changes;
    if (edit.name && *edit.name != staff.name) {
        changes.push_back({"name", *edit.name, staff.name});
        staff.name = *edit.name;
        staff.name_fold = text::fold(staff.name);
    }
    if (edit.roles && edit.roles->text() != staff.roles) {
        changes.push_back({"roles", edit.roles->text(), staff.roles});
        staff.roles = edit.roles->text();
    }
    return changes;
}

void set_blocked(core::Tx& tx, const audit::Actor& by, const std::string& staff_id, bool blocked, core::TimeUs now) {
    if (blocked) {
        end_sessions(tx, by, staff_id, {}, now);
        store::use_links_of(tx, staff_id, now);
    }
    audit::record(
        tx, {by, blocked ? "staff.blocked" : "staff.unblocked", audit::Subject{audit::SubjectKind::staff, staff_id}},
        now);
}

}  // namespace

std::vector<StaffMember> staff(core::Tx& tx, const StaffSearch& search, core::TimeUs now) {
    store::StaffQuery query;
    if (const auto part = text::fold(search.part_of_name); !part.empty())
        query.name_pattern = text::like_anywhere(part);
    query.after = search.after;
    query.now = now;
    query.seen_after = now - session_sliding;
    query.limit = search.limit;
    std::vector<StaffMember> members;
    for (const auto& line : store::staff_lines(tx, query)) members.push_back(member_of(line));
    return members;
}

std::optional<StaffMember> find_member(core::Tx& tx, const std::string& staff_id, core::TimeUs now) {
    store::StaffQuery query;
    query.only = staff_id;
    query.now = now;
    query.seen_after = now - session_sliding;
    const auto lines = store::staff_lines(tx, query);
    if (lines.empty()) return std::nullopt;
    return member_of(lines.front());
}

std::optional<StaffMember> hold_member(core::Tx& tx, const std::string& staff_id, core::TimeUs now) {
    if (!store::lock_staff(tx, staff_id)) return std::nullopt;
    return find_member(tx, staff_id, now);
}

bool is_login(std::string_view text) {
    const auto is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '@' || c == '-';
    };
    return text.size() >= 3 && text.size() <= 64 && std::all_of(text.begin(), text.end(), is_allowed);
}

bool is_person_name(std::string_view text) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    return text::length(text) <= 100 && !text::fold(text).empty() && std::none_of(text.begin(), text.end(), is_control);
}

core::Result<StaffMember> edit_member(core::Tx& tx, const audit::Actor& by, const std::string& staff_id,
                                      const StaffEdit& edit, core::TimeUs now) {
    if (edit.name && !is_person_name(*edit.name)) return core::invalid("a name has 1 to 100 characters");
    if (edit.roles && edit.roles->empty()) return core::invalid("at least one role");
    auto staff = store::lock_staff(tx, staff_id);
    if (!staff) return core::not_found("no such account");
    const auto before = staff->state;
    const bool blocks = edit.blocked.value_or(before == "blocked");
    const bool was_admin = before == "active" && Roles::parse(staff->roles).has(Role::admin);
    const bool stays_admin = !blocks && edit.roles.value_or(Roles::parse(staff->roles)).has(Role::admin);
    if (was_admin && !stays_admin && !another_admin_is_active(tx, staff_id))
        return core::conflict("he is the last active admin: make another one first");
    const auto changes = apply(*staff, edit);
    staff->state = state_after(*staff, blocks);
    if (changes.empty() && staff->state == before) return *find_member(tx, staff_id, now);
    store::update_staff(tx, *staff);
    if (!changes.empty())
        audit::record(tx, {by, "staff.edited", audit::Subject{audit::SubjectKind::staff, staff_id}, changes}, now);
    if ((before == "blocked") != blocks) set_blocked(tx, by, staff_id, blocks, now);
    return *find_member(tx, staff_id, now);
}

core::Status end_member_sessions(core::Tx& tx, const audit::Actor& by, const std::string& staff_id, core::TimeUs now) {
    if (!store::lock_staff(tx, staff_id)) return core::not_found("no such account");
    end_sessions(tx, by, staff_id, {}, now);
    return {};
}

}  // namespace plus7::central::app::accounts
