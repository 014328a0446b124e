#include "central/store/idempotency_store.hpp"

namespace plus7::central::store {

bool claim_answer(sql::Tx& tx, const std::string& staff_id, const std::string& key, const core::Hash& request,
                  core::TimeUs now) {
    return tx.exec(
               "INSERT INTO idempotency (staff_id, key, request_hash, status, body, made_us) "
               "VALUES ($1, $2, $3, 0, $4, $5) ON CONFLICT (staff_id, key) DO NOTHING",
               staff_id, key, request, core::Bytes{}, now) == 1;
}

std::optional<AnswerRow> find_answer(sql::Tx& tx, const std::string& staff_id, const std::string& key) {
    const auto row = tx.one(
        "SELECT request_hash, status, body, made_us FROM idempotency WHERE staff_id = $1 AND key = $2", staff_id, key);
    if (!row) return std::nullopt;
    return AnswerRow{row->get<core::Hash>(0), row->get<int>(1), row->get<core::Bytes>(2), row->get<core::TimeUs>(3)};
}

void keep_answer(sql::Tx& tx, const std::string& staff_id, const std::string& key, int status,
                 const core::Bytes& body) {
    tx.exec("UPDATE idempotency SET status = $3, body = $4 WHERE staff_id = $1 AND key = $2", staff_id, key, status,
            body);
}

void forget_answers(sql::Tx& tx, core::TimeUs made_before) {
    tx.exec("DELETE FROM idempotency WHERE made_us < $1", made_before);
}

}  // namespace plus7::central::store
