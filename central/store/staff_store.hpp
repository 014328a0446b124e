// Rows of staff accounts and of their second factor (0004_staff.sql). SQL only; the rules are in app/accounts. Used
// within a transaction.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct StaffRow {
    std::string staff_id;  // UUID text
    std::string login, name, name_fold, roles, state;
    std::optional<std::string> password;               // PHC string
    std::optional<core::Bytes> totp_secret, totp_new;  // sealed
    std::uint64_t totp_step = 0;
    std::string language;
    std::int64_t version = 1;
    core::TimeUs created{};
    std::optional<core::TimeUs> seen;
};

// A line of the list of staff.
struct StaffLine {
    StaffRow staff;
    std::int64_t sessions = 0;                  // open now
    std::optional<core::TimeUs> invited_until;  // of a link that still works
};

struct StaffQuery {
    std::string name_pattern;  // for LIKE … ESCAPE '\' on the folded name; all when empty
    std::optional<std::pair<std::string, std::string>> after;  // name_fold and id of the page before
    std::optional<std::string> only;                           // one id
    core::TimeUs now{}, seen_after{};                          // what counts as an open session
    int limit = 50;
};

// False: the login is taken.
bool insert_staff(sql::Tx& tx, const StaffRow& staff);
std::optional<StaffRow> find_staff(sql::Tx& tx, const std::string& staff_id);
std::optional<StaffRow> find_staff_by_login(sql::Tx& tx, const std::string& login);
// The row is held until the end of the transaction (PostgreSQL; SQLite has one writer).
std::optional<StaffRow> lock_staff(sql::Tx& tx, const std::string& staff_id);
// All active accounts, in the order of their ids; `lock_…`: held until the end of the transaction.
std::vector<StaffRow> active_staff(sql::Tx& tx);
std::vector<StaffRow> lock_active_staff(sql::Tx& tx);
std::vector<StaffLine> staff_lines(sql::Tx& tx, const StaffQuery& query);
// By name, roles, state, language: the members that people edit; the version grows by one.
void update_staff(sql::Tx& tx, const StaffRow& staff);
void set_staff_password(sql::Tx& tx, const std::string& staff_id, const std::string& password);
void set_staff_totp(sql::Tx& tx, const StaffRow& staff);  // totp_secret, totp_new, totp_step
void set_staff_seen(sql::Tx& tx, const std::string& staff_id, core::TimeUs seen);

void replace_recovery_codes(sql::Tx& tx, const std::string& staff_id, const std::vector<core::Hash>& codes);
bool take_recovery_code(sql::Tx& tx, const std::string& staff_id, const core::Hash& code);  // false: not there

struct LinkRow {
    core::Hash token;
    std::optional<std::string> staff_id;  // nothing: the first admin's set-up
    core::TimeUs expires{};
    std::optional<core::TimeUs> used;
};
void insert_link(sql::Tx& tx, const LinkRow& link);
std::optional<LinkRow> find_link(sql::Tx& tx, const core::Hash& token);
// False: it was used before, perhaps just now by somebody else.
bool use_link(sql::Tx& tx, const core::Hash& token, core::TimeUs now);
void use_links_of(sql::Tx& tx, const std::optional<std::string>& staff_id, core::TimeUs now);  // all that still work
void forget_links(sql::Tx& tx, core::TimeUs expired_before);

}  // namespace plus7::central::store
