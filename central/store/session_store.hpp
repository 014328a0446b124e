// Rows of signed-in browsers (staff_session). SQL only; the rules are in app/accounts/sessions. Used within a
// transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct SessionRow {
    core::Hash token;
    std::string session_id, staff_id;
    bool pending = false;
    std::string csrf;
    core::TimeUs created{}, seen{}, expires{};
    std::string address, agent;
};

void insert_session(sql::Tx& tx, const SessionRow& session);
std::optional<SessionRow> find_session(sql::Tx& tx, const core::Hash& token);
std::vector<SessionRow> sessions_of(sql::Tx& tx, const std::string& staff_id);  // newest use first
void set_session_seen(sql::Tx& tx, const std::string& session_id, core::TimeUs seen);
bool delete_session(sql::Tx& tx, const std::string& staff_id, const std::string& session_id);  // false: not there
// All of one person but `except`; how many.
std::int64_t delete_sessions(sql::Tx& tx, const std::string& staff_id, const std::string& except = {});
void forget_sessions(sql::Tx& tx, core::TimeUs expired_before, core::TimeUs unseen_since);

}  // namespace plus7::central::store
