#include "central/app/accounts/api_tokens.hpp"

#include <algorithm>

#include "central/store/token_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/crypto/token.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::app::accounts {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view prefix = "p7_";
constexpr std::size_t shown_length = 6;
constexpr int most_listed = 500;

ApiToken token_of(const store::TokenRow& row) {
    ApiToken token;
    token.id = row.token_id;
    token.name = row.name;
    token.sender = row.sender;
    token.shown = row.shown;
    token.scopes = Scopes::parse(row.scopes);
    token.expires = row.expires;
    token.used = row.used;
    token.revoked = row.revoked;
    token.created = row.created;
    return token;
}

core::TimeUs day_of(core::TimeUs now) { return std::chrono::floor<std::chrono::days>(now); }

core::Status check(const NewToken& token, core::TimeUs now) {
    if (text::fold(token.name).empty()) return core::invalid("a token has a name");
    if (text::fold(token.sender).empty()) return core::invalid("a token acts for a sender");
    if (token.scopes.empty()) return core::invalid("a token opens something: choose at least one scope");
    if (token.expires && *token.expires <= now) return core::invalid("the token would be over before it begins");
    return {};
}

void record(core::Tx& tx, const audit::Actor& by, const char* action, const ApiToken& token, core::TimeUs now) {
    audit::record(tx,
                  {by,
                   action,
                   audit::Subject{audit::SubjectKind::token, token.id},
                   {{"sender", token.sender}, {"scopes", token.scopes.text()}}},
                  now);
}

}  // namespace

core::Result<MadeToken> make_token(core::Tx& tx, const audit::Actor& by, const NewToken& token, core::TimeUs now) {
    if (auto good = check(token, now); !good) return good.error();
    const auto text = std::string(prefix) + crypto::random_token().text;
    store::TokenRow row;
    row.token_id = core::new_uuid_text(now);
    row.hash = crypto::token_hash(text);
    row.shown = text.substr(0, shown_length);
    row.name = token.name;
    row.sender = token.sender;
    row.scopes = token.scopes.text();
    row.expires = token.expires;
    row.staff_id = by.id.value_or("");
    row.created = now;
    store::insert_token(tx, row);
    const auto made = token_of(row);
    record(tx, by, "token.created", made, now);
    return MadeToken{made, text};
}

std::vector<ApiToken> tokens(core::Tx& tx) {
    std::vector<ApiToken> all;
    for (const auto& row : store::tokens(tx, most_listed)) all.push_back(token_of(row));
    return all;
}

core::Result<ApiToken> revoke_token(core::Tx& tx, const audit::Actor& by, const std::string& id, core::TimeUs now) {
    const auto row = store::lock_token(tx, id);
    if (!row) return core::not_found("no such token");
    auto token = token_of(*row);
    if (token.revoked) return token;
    store::set_token_revoked(tx, id, now);
    token.revoked = now;
    record(tx, by, "token.revoked", token, now);
    return token;
}

bool has_live_token(core::Tx& tx, const std::string& sender, core::TimeUs now) {
    const auto all = tokens(tx);
    return std::any_of(all.begin(), all.end(),
                       [&](const ApiToken& token) { return token.sender == sender && token.is_live(now); });
}

core::Result<ApiToken> find_token(core::Tx& tx, std::string_view text, core::TimeUs now) {
    const auto row = store::find_token(tx, crypto::token_hash(text));
    if (!row) return core::denied("there is no such token: it is misspelt, or of another server");
    auto token = token_of(*row);
    if (token.revoked) return core::expired("this token was revoked: ask for a new one");
    if (!token.is_live(now)) return core::expired("this token has expired: ask for a new one");
    return token;
}

bool wants_use_noted(const ApiToken& token, core::TimeUs now) { return token.used != day_of(now); }

void note_use(core::Tx& tx, const ApiToken& token, core::TimeUs now) {
    store::set_token_used(tx, token.id, day_of(now));
}

TryLimit requests_by_token(std::string_view token_id) { return {"token:" + std::string(token_id), 600, 60s}; }
TryLimit wrong_tokens_by_address(std::string_view address) { return {"token-from:" + std::string(address), 30, 60s}; }

}  // namespace plus7::central::app::accounts
