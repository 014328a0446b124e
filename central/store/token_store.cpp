#include "central/store/token_store.hpp"

namespace plus7::central::store {
namespace {

constexpr const char* select_token =
    "SELECT token_id, token_hash, shown, name, sender, scopes, expires_us, used_us, revoked_us, staff_id, created_us "
    "FROM api_token ";

using Time = std::optional<core::TimeUs>;

TokenRow token_of(const sql::Row& row) {
    TokenRow token;
    token.token_id = row.get<std::string>("token_id");
    token.hash = row.get<core::Hash>("token_hash");
    token.shown = row.get<std::string>("shown");
    token.name = row.get<std::string>("name");
    token.sender = row.get<std::string>("sender");
    token.scopes = row.get<std::string>("scopes");
    token.expires = row.get<Time>("expires_us");
    token.used = row.get<Time>("used_us");
    token.revoked = row.get<Time>("revoked_us");
    token.staff_id = row.get<std::string>("staff_id");
    token.created = row.get<core::TimeUs>("created_us");
    return token;
}

std::optional<TokenRow> maybe_token(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return token_of(*row);
}

}  // namespace

void insert_token(sql::Tx& tx, const TokenRow& t) {
    tx.exec(
        "INSERT INTO api_token (token_id, token_hash, shown, name, sender, scopes, expires_us, used_us, revoked_us, "
        "staff_id, created_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        t.token_id, t.hash, t.shown, t.name, t.sender, t.scopes, t.expires, t.used, t.revoked, t.staff_id, t.created);
}

std::optional<TokenRow> find_token(sql::Tx& tx, const core::Hash& hash) {
    return maybe_token(tx.one(std::string(select_token) + "WHERE token_hash = $1", hash));
}

std::optional<TokenRow> lock_token(sql::Tx& tx, const std::string& token_id) {
    return maybe_token(tx.one(std::string(select_token) + "WHERE token_id = $1 {for_update}", token_id));
}

std::vector<TokenRow> tokens(sql::Tx& tx, int limit) {
    std::vector<TokenRow> all;
    for (const auto& row :
         tx.query(std::string(select_token) + "ORDER BY created_us DESC, token_id DESC LIMIT $1", limit))
        all.push_back(token_of(row));
    return all;
}

void set_token_used(sql::Tx& tx, const std::string& token_id, core::TimeUs day) {
    tx.exec("UPDATE api_token SET used_us = $2 WHERE token_id = $1", token_id, day);
}

void set_token_revoked(sql::Tx& tx, const std::string& token_id, core::TimeUs at) {
    tx.exec("UPDATE api_token SET revoked_us = $2 WHERE token_id = $1", token_id, at);
}

}  // namespace plus7::central::store
