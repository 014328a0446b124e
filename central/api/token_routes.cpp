#include "central/api/token_routes.hpp"

#include "central/api/json_body.hpp"
#include "central/api/json_text.hpp"
#include "central/api/refusal.hpp"
#include "central/app/accounts/api_tokens.hpp"
#include "central/app/orders/orders.hpp"
#include "central/app/webhooks/webhooks.hpp"

namespace plus7::central::api {
namespace {

namespace accounts = app::accounts;

constexpr std::int64_t latest_ms = 253'402'300'799'999;  // the end of the year 9999
constexpr TextRule name_rule{1, 100, app::orders::is_text};

const char* state_of(const accounts::ApiToken& token, core::TimeUs now) {
    if (token.revoked) return "revoked";
    return token.is_live(now) ? "live" : "expired";
}

std::string json_of(const accounts::ApiToken& token, core::TimeUs now) {
    const auto scopes =
        json_list(token.scopes.list(), [](accounts::Scope scope) { return api::json_of(name_of(scope)); });
    return JsonObject()
        .text("id", token.id)
        .text("name", token.name)
        .text("sender", token.sender)
        .text("shown", token.shown)
        .json("scopes", scopes)
        .text("state", state_of(token, now))
        .time("created_ms", token.created)
        .time("expires_ms", token.expires)
        .time("used_ms", token.used)
        .time("revoked_ms", token.revoked)
        .done();
}

accounts::Scopes read_scopes(JsonBody& body) {
    accounts::Scopes scopes;
    for (const auto& name :
         body.maybe_texts("scopes", accounts::all_scopes.size()).value_or(std::vector<std::string>{}))
        if (const auto scope = accounts::scope_of(name))
            scopes.add(*scope);
        else
            body.fault("scopes", "unknown", "orders:read, orders:write, orders:track or webhooks");
    if (scopes.empty()) body.fault("scopes", "required");
    return scopes;
}

}  // namespace

http::Response TokenRoutes::list(const Call& call) {
    const auto tokens = db_.read([](core::Tx& tx) { return accounts::tokens(tx); });
    if (!tokens) return refuse(tokens.error());
    const auto items = json_list(*tokens, [&](const accounts::ApiToken& token) { return json_of(token, call.now); });
    return http::json(JsonObject().json("items", items).done());
}

http::Response TokenRoutes::create(const Call& call) {
    JsonBody body(call.request);
    accounts::NewToken token;
    token.name = body.text("name", name_rule);
    token.sender = body.text("sender", name_rule);
    token.scopes = read_scopes(body);
    if (!body.gives_null("expires_ms"))
        if (const auto expires = body.maybe_number("expires_ms", 0, latest_ms)) {
            token.expires = core::time_us(*expires * 1000);
            if (*token.expires <= call.now) body.fault("expires_ms", "out_of_range", "in the future");
        }
    if (auto refused = body.refusal()) return std::move(*refused);
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        const auto made = accounts::make_token(tx, call.actor(), token, call.now);
        if (!made) return made.error();
        const auto card = JsonObject().json("token", json_of(made->token, call.now)).text("secret", made->text).done();
        return http::json(card, 201);
    };
    return idempotency_.once(call, work);
}

http::Response TokenRoutes::revoke(const Call& call) {
    const auto token = db_.write([&](core::Tx& tx) {
        auto revoked = accounts::revoke_token(tx, call.actor(), call.request.param("id"), call.now);
        // A webhook is the sender's, not the token's: it goes on as long as one of his tokens is live.
        if (revoked && !accounts::has_live_token(tx, revoked->sender, call.now))
            app::webhooks::stop_all(tx, revoked->sender, "the last token of the sender was revoked", call.now);
        return revoked;
    });
    if (!token) return refuse(token.error());
    return http::json(json_of(*token, call.now));
}

}  // namespace plus7::central::api
