// Where a sender is told of his orders: an address, a secret that signs what is sent (shown once, sealed in the
// database), on or off. Rules; used within a transaction.
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "central/app/audit/audit.hpp"
#include "central/store/webhook_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"
#include "shared/crypto/aead.hpp"

namespace plus7::central::app::webhooks {

using Webhook = store::WebhookRow;

struct MadeWebhook {
    Webhook webhook;
    std::string secret;  // for its owner, once; never logged
};
struct Change {
    std::optional<std::string> url;
    std::optional<bool> on;
    bool new_secret = false;
};
struct Changed {
    Webhook webhook;
    std::optional<std::string> secret;  // the new one, once
};

// The URL's form is the edge's to check. limit: the sender has as many as one may have.
core::Result<MadeWebhook> create(core::Tx& tx, const crypto::SecretKey& server_key, const audit::Actor& by,
                                 const std::string& sender, const std::string& url, core::TimeUs now);
// not_found. The caller holds the row's lock when it has compared versions.
core::Result<Changed> change(core::Tx& tx, const crypto::SecretKey& server_key, const audit::Actor& by,
                             const std::string& id, const Change& change, core::TimeUs now);
// What still waits for it is not sent any more. not_found.
core::Status remove(core::Tx& tx, const audit::Actor& by, const std::string& id, core::TimeUs now);
// The receiver does not want it: off, by central itself.
void stop(core::Tx& tx, const std::string& id, const std::string& reason, core::TimeUs now);

// All of a sender who is on no more terms with us; the office may switch them on again.
void stop_all(core::Tx& tx, const std::string& sender, const std::string& reason, core::TimeUs now);

// internal: sealed with another key.
core::Result<std::string> secret_of(const crypto::SecretKey& server_key, const Webhook& webhook);

// What the receiver answered to an event that says it is a test.
struct TestAnswer {
    bool delivered = false;  // a status of 200 to 299
    std::optional<int> status;
    std::string detail;  // why there is no status; else the beginning of the answer
    std::chrono::milliseconds took{};
};
// A port: the API asks, central/outbox sends. not_found.
using SendTest = std::function<core::Result<TestAnswer>(const std::string& webhook)>;

}  // namespace plus7::central::app::webhooks
