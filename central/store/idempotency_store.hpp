// Answers kept for repeated requests (idempotency). Used within a transaction, the same one as the work they answer.
#pragma once
#include <optional>
#include <string>

#include "shared/core/bytes.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct AnswerRow {
    core::Hash request;
    int status = 0;  // 0: claimed, not answered yet
    core::Bytes body;
    core::TimeUs made{};
};

// True: the key is ours now, and another transaction with the same one waits for this one's end. False: it is taken.
bool claim_answer(sql::Tx& tx, const std::string& staff_id, const std::string& key, const core::Hash& request,
                  core::TimeUs now);
std::optional<AnswerRow> find_answer(sql::Tx& tx, const std::string& staff_id, const std::string& key);
void keep_answer(sql::Tx& tx, const std::string& staff_id, const std::string& key, int status, const core::Bytes& body);
void forget_answers(sql::Tx& tx, core::TimeUs made_before);

}  // namespace plus7::central::store
