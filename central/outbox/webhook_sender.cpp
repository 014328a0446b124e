#include "central/outbox/webhook_sender.hpp"

#include "central/store/order_news.hpp"
#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/http/trusted_proxies.hpp"

namespace plus7::central::outbox {
namespace {

namespace webhooks = app::webhooks;

constexpr std::size_t answer_shown = 500;  // bytes of a test's answer

// IANA's special-purpose registries: own machine, private, shared, link-local, documentation, benchmarks, multicast,
// reserved; IPv6 with an IPv4 address inside (NAT64, 6to4, Teredo), which may stand for any of them.
const http::TrustedProxies& special_networks() {
    static const auto networks =
        http::TrustedProxies::parse(
            {"0.0.0.0/8",      "10.0.0.0/8",    "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16", "172.16.0.0/12",
             "192.0.0.0/24",   "192.0.2.0/24",  "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",  "198.51.100.0/24",
             "203.0.113.0/24", "224.0.0.0/3",   "::/96",          "64:ff9b::/96",   "64:ff9b:1::/48", "100::/64",
             "2001::/23",      "2001:db8::/32", "2002::/16",      "fc00::/7",       "fe80::/9",       "ff00::/8"})
            .value();
    return networks;
}

// Only what the receiver's own answer says; a body may hold anything.
std::string reason_of(int status) { return "the receiver answered " + std::to_string(status); }

}  // namespace

std::string signature_of(const std::string& secret, core::TimeUs at, const std::string& body) {
    const auto seconds = std::to_string(core::count(at) / 1'000'000);
    const auto text = seconds + "." + body;
    return "t=" + seconds + ",v1=" + crypto::hmac_sha256(core::view_of(secret), core::view_of(text)).hex();
}

bool is_public_address(std::string_view address) {
    const bool is_address = http::TrustedProxies::parse({std::string(address)}).ok();
    return is_address && !special_networks().trusts(address);
}

core::Result<std::unique_ptr<WebhookSender>> WebhookSender::make(sql::Database& db, core::Clock& clock,
                                                                 const crypto::SecretKey& server_key,
                                                                 WebhookOptions options) {
    http::ClientSettings settings;
    settings.connect_timeout = std::min(settings.connect_timeout, options.timeout);
    settings.total_timeout = options.timeout;
    settings.max_body = 64 * 1024;
    settings.trust = std::move(options.trust);
    settings.user_agent = "plus7-webhook/" PLUS7_VERSION;
    if (!options.allow_private) settings.allow_address = is_public_address;
    auto client = http::Client::make(std::move(settings));
    if (!client) return client.error();
    return std::unique_ptr<WebhookSender>(new WebhookSender(db, clock, server_key, std::move(*client)));
}

core::Result<std::optional<webhooks::Webhook>> WebhookSender::find(const std::string& id) {
    return db_.read([&](sql::Tx& tx) { return store::find_webhook(tx, id); });
}

core::Result<http::Reply> WebhookSender::post(const webhooks::Webhook& webhook, const std::string& event,
                                              const core::EventId& id, const std::string& body) {
    const auto secret = webhooks::secret_of(server_key_, webhook);
    if (!secret) return secret.error();
    http::Call call;
    call.method = http::Method::post;
    call.url = webhook.url;
    call.headers.set("Content-Type", "application/json");
    call.headers.set("P7-Event", event);
    call.headers.set("P7-Delivery", core::to_uuid_text(id));
    call.headers.set("P7-Signature", signature_of(*secret, clock_.now(), body));
    call.body = body;
    return client_.call(call);
}

Sent WebhookSender::send(const store::EffectRow& effect) {
    const auto webhook = find(effect.target);
    if (!webhook) return {Sent::How::later, webhook.error().message};
    if (!*webhook) return {Sent::How::refused, "the webhook was removed"};
    if (!(*webhook)->is_on) return {Sent::How::refused, "the webhook is switched off"};
    const auto reply = post(**webhook, effect.kind, effect.id, effect.body);
    if (!reply) return {Sent::How::later, reply.error().message};
    if (reply->status / 100 == 2) return {Sent::How::done, ""};
    if (reply->status == 410) return gone(effect.target);
    return {Sent::How::later, reason_of(reply->status)};
}

Sent WebhookSender::gone(const std::string& webhook) {
    const auto reason = reason_of(410);
    const auto stopped = db_.write([&](sql::Tx& tx) { webhooks::stop(tx, webhook, reason, clock_.now()); });
    if (!stopped) return {Sent::How::later, stopped.error().message};
    return {Sent::How::refused, reason};
}

core::Result<webhooks::TestAnswer> WebhookSender::test(const std::string& id) {
    const auto webhook = find(id);
    if (!webhook) return webhook.error();
    if (!*webhook) return core::not_found("no such webhook");
    const auto event = core::random_id<core::EventId>();
    const auto body = store::test_news_json(event, (*webhook)->sender, clock_.now());
    const auto began = clock_.mono();
    const auto reply = post(**webhook, "test", event, body);
    webhooks::TestAnswer answer;
    answer.took = clock_.mono() - began;
    if (!reply) {
        answer.detail = reply.error().message;
        return answer;
    }
    answer.status = reply->status;
    answer.delivered = reply->status / 100 == 2;
    answer.detail = reply->body.substr(0, answer_shown);
    return answer;
}

}  // namespace plus7::central::outbox
