// Rows of API tokens (0010_tokens.sql). SQL only; the rules are in app/accounts/api_tokens. In a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct TokenRow {
    std::string token_id;  // UUID text
    core::Hash hash;
    std::string shown, name, sender, scopes;
    std::optional<core::TimeUs> expires{}, used{}, revoked{};
    std::string staff_id;
    core::TimeUs created{};
};

void insert_token(sql::Tx& tx, const TokenRow& token);
std::optional<TokenRow> find_token(sql::Tx& tx, const core::Hash& hash);
std::optional<TokenRow> lock_token(sql::Tx& tx, const std::string& token_id);
std::vector<TokenRow> tokens(sql::Tx& tx, int limit);  // newest first
void set_token_used(sql::Tx& tx, const std::string& token_id, core::TimeUs day);
void set_token_revoked(sql::Tx& tx, const std::string& token_id, core::TimeUs at);

}  // namespace plus7::central::store
