#include "central/api/webhook_routes.hpp"

#include "central/api/etag.hpp"
#include "central/api/json_body.hpp"
#include "central/api/json_text.hpp"
#include "central/api/refusal.hpp"
#include "central/app/orders/orders.hpp"
#include "central/store/outbox_store.hpp"
#include "shared/http/uri.hpp"

namespace plus7::central::api {
namespace {

namespace webhooks = app::webhooks;
using webhooks::Webhook;

constexpr TextRule sender_rule{1, 100, app::orders::is_text};
constexpr TextRule url_rule{10, 500};

bool is_own_machine(const std::string& host) {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

std::optional<std::string> checked_url(JsonBody& body, std::optional<std::string> text, bool allow_private) {
    if (!text || text->empty()) return text;
    const auto url = http::parse_url(*text);
    if (!url)
        body.fault("url", "malformed", url.error().message);
    else if (url->scheme != "https" && !(allow_private && is_own_machine(url->host)))
        body.fault("url", "malformed", "it begins with https://");
    return text;
}

std::string webhook_json(core::Tx& tx, const Webhook& webhook) {
    const auto target = store::find_target(tx, webhook.id).value_or(store::TargetRow{});
    const auto load = store::load_of_target(tx, webhook.id);
    const auto paused = target.open_until > core::TimeUs{} ? std::optional(target.open_until) : std::nullopt;
    return JsonObject()
        .text("id", webhook.id)
        .text("sender", webhook.sender)
        .text("url", webhook.url)
        .text("state", webhook.is_on ? "on" : "off")
        .text("off_reason", webhook.off_reason)
        .number("waiting", load.waiting)
        .number("dead", load.dead)
        .time("ok_ms", target.ok)
        .time("failed_ms", target.failed)
        .text("problem", target.failures > 0 ? target.problem : std::nullopt)
        .time("paused_until_ms", paused)
        .time("created_ms", webhook.created)
        .text("etag", etag_of(webhook.version))
        .done();
}

http::Response answer(core::Tx& tx, const Webhook& webhook, const std::optional<std::string>& secret, int status) {
    const auto card = JsonObject().json("webhook", webhook_json(tx, webhook)).text("secret", secret).done();
    return http::json(card, status).with("ETag", etag_of(webhook.version));
}

// Of another sender is as if it were not there.
core::Result<Webhook> own(const Call& call, std::optional<Webhook> webhook) {
    if (!webhook || !call.acts_for(webhook->sender)) return core::not_found("no such webhook");
    return std::move(*webhook);
}

}  // namespace

http::Response WebhookRoutes::list(const Call& call) {
    const auto sender = call.token ? std::optional(call.token->sender) : std::nullopt;
    const auto items = db_.read([&](core::Tx& tx) {
        return json_list(store::webhooks(tx, sender),
                         [&](const Webhook& webhook) { return webhook_json(tx, webhook); });
    });
    if (!items) return refuse(items.error());
    return http::json(JsonObject().json("items", *items).done());
}

http::Response WebhookRoutes::create(const Call& call) {
    JsonBody body(call.request);
    const auto given = call.token ? body.maybe_text("sender", sender_rule).value_or(call.token->sender)
                                  : body.text("sender", sender_rule);
    if (!given.empty() && !call.acts_for(given)) body.fault("sender", "wrong", "not this token's sender");
    const auto url = checked_url(body, body.text("url", url_rule), side_.allow_private).value_or("");
    if (auto refused = body.refusal()) return std::move(*refused);
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        const auto made = webhooks::create(tx, server_key_, call.actor(), given, url, call.now);
        if (!made) return made.error();
        return answer(tx, made->webhook, made->secret, 201);
    };
    return idempotency_.once(call, work);
}

http::Response WebhookRoutes::edit(const Call& call) {
    JsonBody body(call.request);
    webhooks::Change change;
    change.url = checked_url(body, body.maybe_text("url", url_rule), side_.allow_private);
    const auto state = body.maybe_text("state");
    if (state && *state != "on" && *state != "off") body.fault("state", "malformed", "on or off");
    if (state) change.on = *state == "on";
    change.new_secret = body.maybe_flag("new_secret").value_or(false);
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = require_if_match(call.request)) return std::move(*refused);
    const auto& id = call.request.param("id");
    auto edited = db_.write([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto held = own(call, store::lock_webhook(tx, id));
        if (!held) return held.error();
        if (auto stale = check_if_match(call.request, held->version)) return std::move(*stale);
        const auto changed = webhooks::change(tx, server_key_, call.actor(), id, change, call.now);
        if (!changed) return changed.error();
        return answer(tx, changed->webhook, changed->secret, 200);
    });
    return edited ? std::move(*edited) : refuse(edited.error());
}

http::Response WebhookRoutes::remove(const Call& call) {
    const auto& id = call.request.param("id");
    const auto removed = db_.write([&](core::Tx& tx) -> core::Status {
        const auto held = own(call, store::lock_webhook(tx, id));
        if (!held) return held.error();
        return webhooks::remove(tx, call.actor(), id, call.now);
    });
    return removed ? http::no_content() : refuse(removed.error());
}

http::Response WebhookRoutes::test(const Call& call) {
    if (!side_.send_test) return refuse(core::unavailable("this central sends no webhooks"));
    const auto& id = call.request.param("id");
    const auto noted = db_.write([&](core::Tx& tx) -> core::Status {
        const auto held = own(call, store::find_webhook(tx, id));
        if (!held) return held.error();
        const app::audit::Subject subject{app::audit::SubjectKind::webhook, id};
        app::audit::record(tx, {call.actor(), "webhook.tested", subject}, call.now);
        return {};
    });
    if (!noted) return refuse(noted.error());
    const auto answered = side_.send_test(id);
    if (!answered) return refuse(answered.error());
    return http::json(JsonObject()
                          .flag("delivered", answered->delivered)
                          .number("status", answered->status)
                          .text("detail", answered->detail)
                          .number("took_ms", answered->took.count())
                          .done());
}

}  // namespace plus7::central::api
