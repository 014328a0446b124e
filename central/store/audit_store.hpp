// The record of who did and saw what (audit, position_look). Rows are only added. Used within a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

// One member of an entry's detail: a value, or what it was and is. No secrets.
struct AuditDetail {
    std::string member;
    std::string value;                    // the new one of a change
    std::optional<std::string> was = {};  // set: a change
};

struct AuditRow {
    core::EventId audit_id;
    core::TimeUs at{};
    std::string who_kind;
    std::optional<std::string> who_id, who_name;  // the name is read, never written
    std::string action;
    std::optional<std::string> subject_kind, subject_id, subject_name;
    bool ok = true;
    std::string detail;  // a JSON object
    std::optional<std::string> address;
};

struct AuditQuery {
    std::optional<core::TimeUs> from{}, to{};
    std::string who{}, action{}, subject{};  // all when empty; an action ending in '.' is a prefix
    std::optional<core::EventId> before{};   // the last one of the page before
    int limit = 50;
};

std::string to_json(const std::vector<AuditDetail>& detail);
// A member whose value is an ISO 8601 time; nothing when there is none.
std::optional<core::TimeMs> detail_time(const std::string& json, const std::string& member);
void insert_audit(sql::Tx& tx, const AuditRow& entry);
std::vector<AuditRow> audit_entries(sql::Tx& tx, const AuditQuery& query);  // newest first
// False: this look stands there already.
bool insert_position_look(sql::Tx& tx, const std::string& courier_id, const std::string& staff_id,
                          const std::string& what, core::TimeUs window);
void forget_position_looks(sql::Tx& tx, core::TimeUs windows_before);

}  // namespace plus7::central::store
