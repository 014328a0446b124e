#include "central/app/webhooks/webhooks.hpp"

#include "central/store/outbox_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/crypto/token.hpp"

namespace plus7::central::app::webhooks {
namespace {

constexpr std::size_t most_of_sender = 5;

core::Bytes bound_to(const std::string& id) { return core::copy_of(core::view_of("webhook:" + id)); }

std::string give_secret(const crypto::SecretKey& server_key, Webhook& webhook) {
    auto secret = "whsec_" + crypto::random_token().text;
    webhook.secret = crypto::seal(server_key, core::view_of(secret), bound_to(webhook.id));
    return secret;
}

void record(core::Tx& tx, const audit::Actor& by, const char* action, const Webhook& webhook,
            std::vector<audit::Detail> detail, core::TimeUs now) {
    audit::record(tx, {by, action, audit::Subject{audit::SubjectKind::webhook, webhook.id}, std::move(detail)}, now);
}

}  // namespace

core::Result<MadeWebhook> create(core::Tx& tx, const crypto::SecretKey& server_key, const audit::Actor& by,
                                 const std::string& sender, const std::string& url, core::TimeUs now) {
    if (store::webhooks(tx, sender).size() >= most_of_sender)
        return core::limit("a sender has at most 5 webhooks: remove one first");
    Webhook webhook;
    webhook.id = core::new_uuid_text(now);
    webhook.sender = sender;
    webhook.url = url;
    webhook.created = now;
    auto secret = give_secret(server_key, webhook);
    store::insert_webhook(tx, webhook);
    record(tx, by, "webhook.created", webhook, {{"sender", sender}}, now);
    return MadeWebhook{std::move(webhook), std::move(secret)};
}

core::Result<Changed> change(core::Tx& tx, const crypto::SecretKey& server_key, const audit::Actor& by,
                             const std::string& id, const Change& change, core::TimeUs now) {
    auto webhook = store::lock_webhook(tx, id);
    if (!webhook) return core::not_found("no such webhook");
    Changed changed;
    std::vector<audit::Detail> detail;
    if (change.url && *change.url != webhook->url) {
        detail.push_back({"url", *change.url, webhook->url});
        webhook->url = *change.url;
    }
    if (change.on && *change.on != webhook->is_on) {
        detail.push_back({"state", *change.on ? "on" : "off", webhook->is_on ? "on" : "off"});
        webhook->is_on = *change.on;
        webhook->off_reason.reset();
        store::remove_target(tx, id);  // a fresh start: the circuit is closed
    }
    if (change.new_secret) {
        detail.push_back({"secret", "new"});
        changed.secret = give_secret(server_key, *webhook);
    }
    store::update_webhook(tx, *webhook);
    ++webhook->version;
    if (!detail.empty()) record(tx, by, "webhook.edited", *webhook, std::move(detail), now);
    changed.webhook = std::move(*webhook);
    return changed;
}

core::Status remove(core::Tx& tx, const audit::Actor& by, const std::string& id, core::TimeUs now) {
    const auto webhook = store::lock_webhook(tx, id);
    if (!webhook) return core::not_found("no such webhook");
    store::remove_effects_of(tx, id);
    store::remove_target(tx, id);
    store::remove_webhook(tx, id);
    record(tx, by, "webhook.removed", *webhook, {{"url", webhook->url}}, now);
    return {};
}

void stop(core::Tx& tx, const std::string& id, const std::string& reason, core::TimeUs now) {
    auto webhook = store::lock_webhook(tx, id);
    if (!webhook || !webhook->is_on) return;
    webhook->is_on = false;
    webhook->off_reason = reason;
    store::update_webhook(tx, *webhook);
    record(tx, {}, "webhook.stopped", *webhook, {{"reason", reason}}, now);
}

void stop_all(core::Tx& tx, const std::string& sender, const std::string& reason, core::TimeUs now) {
    for (const auto& webhook : store::webhooks(tx, sender)) stop(tx, webhook.id, reason, now);
}

core::Result<std::string> secret_of(const crypto::SecretKey& server_key, const Webhook& webhook) {
    const auto plain = crypto::open(server_key, webhook.secret, bound_to(webhook.id));
    if (!plain) return core::internal("a webhook's secret does not open with this server key");
    return std::string(core::text_of(*plain));
}

}  // namespace plus7::central::app::webhooks
