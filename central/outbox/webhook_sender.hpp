// Posts events to senders' webhooks, signed. Any thread; owned by the composition root, outlives the relay.
#pragma once
#include <memory>

#include "central/app/effects/order_status.hpp"
#include "central/app/webhooks/webhooks.hpp"
#include "central/outbox/relay.hpp"
#include "shared/http/client.hpp"

namespace plus7::central::outbox {

inline constexpr const char* webhook_destination = app::effects::webhook_destination;

struct WebhookOptions {
    bool allow_private = false;  // addresses that are not of the public internet; and http:// to the own machine
    std::chrono::milliseconds timeout{10'000};
    http::Trust trust{};
};

// "t=<Unix seconds>,v1=<hex HMAC-SHA-256 of "<t>.<body>" with the secret>": the header P7-Signature.
std::string signature_of(const std::string& secret, core::TimeUs at, const std::string& body);

// True for what a request of a stranger's choice may go to: no own machine, private net, link or multicast.
bool is_public_address(std::string_view address);

class WebhookSender {
  public:
    static core::Result<std::unique_ptr<WebhookSender>> make(sql::Database& db, core::Clock& clock,
                                                             const crypto::SecretKey& server_key,
                                                             WebhookOptions options);

    // 2xx: done. 410: the webhook is switched off. A webhook that is gone or off: refused. All else: later.
    Sent send(const store::EffectRow& effect);
    core::Result<app::webhooks::TestAnswer> test(const std::string& webhook);

  private:
    WebhookSender(sql::Database& db, core::Clock& clock, const crypto::SecretKey& server_key, http::Client client)
        : db_(db), clock_(clock), server_key_(server_key), client_(std::move(client)) {}
    core::Result<http::Reply> post(const app::webhooks::Webhook& webhook, const std::string& event,
                                   const core::EventId& id, const std::string& body);
    core::Result<std::optional<app::webhooks::Webhook>> find(const std::string& id);
    Sent gone(const std::string& webhook);

    sql::Database& db_;
    core::Clock& clock_;
    const crypto::SecretKey& server_key_;
    http::Client client_;
};

}  // namespace plus7::central::outbox
