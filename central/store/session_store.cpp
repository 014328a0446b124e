#include "central/store/session_store.hpp"

namespace plus7::central::store {
namespace {

constexpr const char* columns =
    "token_hash, session_id, staff_id, pending, csrf, created_us, seen_us, expires_us, address, agent";

SessionRow session_of(const sql::Row& row) {
    SessionRow session;
    session.token = row.get<core::Hash>("token_hash");
    session.session_id = row.get<std::string>("session_id");
    session.staff_id = row.get<std::string>("staff_id");
    session.pending = row.get<bool>("pending");
    session.csrf = row.get<std::string>("csrf");
    session.created = row.get<core::TimeUs>("created_us");
    session.seen = row.get<core::TimeUs>("seen_us");
    session.expires = row.get<core::TimeUs>("expires_us");
    session.address = row.get<std::string>("address");
    session.agent = row.get<std::string>("agent");
    return session;
}

}  // namespace

void insert_session(sql::Tx& tx, const SessionRow& session) {
    tx.exec(
        "INSERT INTO staff_session (token_hash, session_id, staff_id, pending, csrf, created_us, seen_us, expires_us, "
        "address, agent) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
        session.token, session.session_id, session.staff_id, session.pending, session.csrf, session.created,
        session.seen, session.expires, session.address, session.agent);
}

std::optional<SessionRow> find_session(sql::Tx& tx, const core::Hash& token) {
    const auto row = tx.one(std::string("SELECT ") + columns + " FROM staff_session WHERE token_hash = $1", token);
    if (!row) return std::nullopt;
    return session_of(*row);
}

std::vector<SessionRow> sessions_of(sql::Tx& tx, const std::string& staff_id) {
    std::vector<SessionRow> all;
    for (const auto& row : tx.query(std::string("SELECT ") + columns +
                                        " FROM staff_session WHERE staff_id = $1 ORDER BY seen_us DESC, session_id",
                                    staff_id))
        all.push_back(session_of(row));
    return all;
}

void set_session_seen(sql::Tx& tx, const std::string& session_id, core::TimeUs seen) {
    tx.exec("UPDATE staff_session SET seen_us = $2 WHERE session_id = $1", session_id, seen);
}

bool delete_session(sql::Tx& tx, const std::string& staff_id, const std::string& session_id) {
    return tx.exec("DELETE FROM staff_session WHERE staff_id = $1 AND session_id = $2", staff_id, session_id) == 1;
}

std::int64_t delete_sessions(sql::Tx& tx, const std::string& staff_id, const std::string& except) {
    return tx.exec("DELETE FROM staff_session WHERE staff_id = $1 AND session_id <> $2", staff_id, except);
}

void forget_sessions(sql::Tx& tx, core::TimeUs expired_before, core::TimeUs unseen_since) {
    tx.exec("DELETE FROM staff_session WHERE expires_us < $1 OR seen_us < $2", expired_before, unseen_since);
}

}  // namespace plus7::central::store
