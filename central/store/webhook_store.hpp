// Rows of where senders are told of their orders (0011_outbox.sql). SQL only; the rules are in app/webhooks. In a
// transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct WebhookRow {
    std::string id;  // UUID text
    std::string sender, url;
    core::Bytes secret;  // sealed
    bool is_on = true;
    std::optional<std::string> off_reason{};
    std::int64_t version = 1;
    core::TimeUs created{};
};

void insert_webhook(sql::Tx& tx, const WebhookRow& webhook);
std::optional<WebhookRow> find_webhook(sql::Tx& tx, const std::string& id);
std::optional<WebhookRow> lock_webhook(sql::Tx& tx, const std::string& id);
void update_webhook(sql::Tx& tx, const WebhookRow& webhook);  // gives the next version
void remove_webhook(sql::Tx& tx, const std::string& id);
std::vector<WebhookRow> webhooks_told_of(sql::Tx& tx, const std::string& order);  // of its sender, those that are on
// Of one sender, or of all: by sender, the oldest first.
std::vector<WebhookRow> webhooks(sql::Tx& tx, const std::optional<std::string>& sender);

}  // namespace plus7::central::store
