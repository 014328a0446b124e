#include "central/store/webhook_store.hpp"

namespace plus7::central::store {
namespace {

constexpr const char* select_webhook =
    "SELECT webhook_id, sender, url, secret, state, off_reason, version, created_us FROM webhook ";

WebhookRow webhook_of(const sql::Row& row) {
    return {row.get<std::string>("webhook_id"),    row.get<std::string>("sender"),
            row.get<std::string>("url"),           row.get<core::Bytes>("secret"),
            row.get<std::string>("state") == "on", row.get<std::optional<std::string>>("off_reason"),
            row.get<std::int64_t>("version"),      row.get<core::TimeUs>("created_us")};
}

std::optional<WebhookRow> maybe_webhook(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return webhook_of(*row);
}

const char* state_of(const WebhookRow& webhook) { return webhook.is_on ? "on" : "off"; }

}  // namespace

void insert_webhook(sql::Tx& tx, const WebhookRow& w) {
    tx.exec(
        "INSERT INTO webhook (webhook_id, sender, url, secret, state, off_reason, version, created_us) VALUES ($1, $2, "
        "$3, $4, $5, $6, $7, $8)",
        w.id, w.sender, w.url, w.secret, state_of(w), w.off_reason, w.version, w.created);
}

std::optional<WebhookRow> find_webhook(sql::Tx& tx, const std::string& id) {
    return maybe_webhook(tx.one(std::string(select_webhook) + "WHERE webhook_id = $1", id));
}

std::optional<WebhookRow> lock_webhook(sql::Tx& tx, const std::string& id) {
    return maybe_webhook(tx.one(std::string(select_webhook) + "WHERE webhook_id = $1 {for_update}", id));
}

void update_webhook(sql::Tx& tx, const WebhookRow& w) {
    tx.exec(
        "UPDATE webhook SET url = $2, secret = $3, state = $4, off_reason = $5, version = version + 1 WHERE "
        "webhook_id = $1",
        w.id, w.url, w.secret, state_of(w), w.off_reason);
}

void remove_webhook(sql::Tx& tx, const std::string& id) { tx.exec("DELETE FROM webhook WHERE webhook_id = $1", id); }

std::vector<WebhookRow> webhooks_told_of(sql::Tx& tx, const std::string& order) {
    std::vector<WebhookRow> all;
    for (const auto& row : tx.query(
             select_webhook +
                 std::string("WHERE state = 'on' AND sender = (SELECT sender FROM customer_order WHERE order_id = $1) "
                             "ORDER BY created_us, webhook_id"),
             order))
        all.push_back(webhook_of(row));
    return all;
}

std::vector<WebhookRow> webhooks(sql::Tx& tx, const std::optional<std::string>& sender) {
    std::vector<WebhookRow> all;
    const std::string order = "ORDER BY sender, created_us, webhook_id";
    const auto rows =
        sender ? tx.query(select_webhook + ("WHERE sender = $1 " + order), *sender) : tx.query(select_webhook + order);
    for (const auto& row : rows) all.push_back(webhook_of(row));
    return all;
}

}  // namespace plus7::central::store
