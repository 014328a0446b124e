// Signed-in browsers. The token is the browser's alone; its hash is kept. A session ends 12 h after its last use, 7
// days after its start, or when somebody ends it. Rules; used within a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/app/accounts/roles.hpp"
#include "central/app/audit/audit.hpp"
#include "central/store/staff_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::accounts {

constexpr std::chrono::hours session_sliding{12};    // after the last use
constexpr std::chrono::hours session_absolute{168};  // after the start

struct Visitor {
    std::string address, agent;  // agent: User-Agent, as sent
};

// What a session opens: everything the roles allow, only giving the code, or only setting up the second factor which a
// role demands.
enum class Stage { done, code, enrol };

struct Session {
    std::string id, staff_id, login, name, language, csrf;
    Roles roles;
    bool totp = false;  // a second factor is in force
    Stage stage = Stage::done;
    core::TimeUs created{}, seen{}, expires{};
    std::string address, agent;
};

struct OpenedSession {
    std::string token;  // for the cookie, never logged
    std::string staff_id;
    Stage stage = Stage::done;
};

// Always a new token. `code_given`: the second factor was shown just now; else it is still to come if there is one.
OpenedSession open_session(core::Tx& tx, const store::StaffRow& staff, const Visitor& visitor, bool code_given,
                           core::TimeUs now);
// Nothing: unknown, ended, over, or its owner is not active any more.
std::optional<Session> find_session(core::Tx& tx, std::string_view token, core::TimeUs now);
// Its last use is old enough to be written down; a write per request would be too many.
bool wants_touch(const Session& session, core::TimeUs now);
void touch_session(core::Tx& tx, const Session& session, core::TimeUs now);

std::vector<Session> open_sessions(core::Tx& tx, const std::string& staff_id, core::TimeUs now);  // newest use first
core::Status end_session(core::Tx& tx, const audit::Actor& by, const std::string& staff_id,
                         const std::string& session_id, core::TimeUs now);  // not_found
void end_sessions(core::Tx& tx, const audit::Actor& by, const std::string& staff_id, const std::string& except,
                  core::TimeUs now);

// Rows that mean nothing any more: sessions, links, counters. For the scheduler.
void forget_expired(core::Tx& tx, core::TimeUs now);

}  // namespace plus7::central::app::accounts
