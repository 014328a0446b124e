#include "central/store/outer_ref_store.hpp"

namespace plus7::central::store {

bool claim_outer_ref(sql::Tx& tx, const OuterRefRow& row) {
    return tx.exec(
               "INSERT INTO outer_ref (sender, ref, order_id, request_hash) VALUES ($1, $2, $3, $4) "
               "ON CONFLICT (sender, ref) DO NOTHING",
               row.sender, row.ref, row.order, row.request) == 1;
}

void set_outer_ref_order(sql::Tx& tx, const OuterRefRow& row) {
    tx.exec("UPDATE outer_ref SET order_id = $3 WHERE sender = $1 AND ref = $2", row.sender, row.ref, row.order);
}

std::optional<OuterRefRow> find_outer_ref(sql::Tx& tx, const std::string& sender, const std::string& ref) {
    const auto row = tx.one("SELECT order_id, request_hash FROM outer_ref WHERE sender = $1 AND ref = $2", sender, ref);
    if (!row) return std::nullopt;
    return OuterRefRow{sender, ref, row->get<std::string>("order_id"), row->get<core::Hash>("request_hash")};
}

std::optional<std::string> order_of_ref(sql::Tx& tx, const std::string& sender, const std::string& ref) {
    const auto row = tx.one(
        "SELECT order_id FROM customer_order WHERE outer_ref = $2 AND sender = $1 "
        "ORDER BY created_us DESC, order_id DESC LIMIT 1",
        sender, ref);
    if (!row) return std::nullopt;
    return row->get<std::string>(0);
}

}  // namespace plus7::central::store
