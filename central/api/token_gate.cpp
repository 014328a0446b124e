#include "central/api/token_gate.hpp"

#include "central/api/refusal.hpp"
#include "shared/http/headers.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::central::api {
namespace {

namespace accounts = app::accounts;

constexpr std::string_view scheme = "Bearer ";

http::Response refuse_token(std::string_view detail) {
    return refuse(Refused::unauthenticated, detail).with("WWW-Authenticate", "Bearer");
}

}  // namespace

std::optional<std::string_view> bearer_of(const http::Request& request) {
    const auto header = request.header("Authorization");
    if (!header || header->size() < scheme.size()) return std::nullopt;
    if (!http::same_name(header->substr(0, scheme.size()), scheme)) return std::nullopt;
    auto token = header->substr(scheme.size());
    while (token.starts_with(' ')) token.remove_prefix(1);
    return token;
}

std::variant<http::Response, Call> TokenGate::enter(const Access& access, const http::Request& request,
                                                    std::string_view token, core::TimeUs now) const {
    auto found = db_.read([&](core::Tx& tx) { return accounts::find_token(tx, token, now); });
    const bool is_wrong = !found && found.error().kind == core::ErrorKind::denied;
    if (is_wrong) {
        const auto wait = count(accounts::wrong_tokens_by_address(request.peer.address), now);
        if (!wait) return refuse(wait.error());
        if (*wait) return refuse_too_many(**wait);
    }
    if (is_wrong || (!found && found.error().kind == core::ErrorKind::expired))
        return refuse_token(found.error().message);
    if (!found) return refuse(found.error());
    const auto wait = count(accounts::requests_by_token(found->id), now);
    if (!wait) return refuse(wait.error());
    if (*wait) return refuse_too_many(**wait);
    Call call{request, std::nullopt, std::move(*found), now};
    if (auto refused = check(access, call)) return std::move(*refused);
    return call;
}

core::Result<std::optional<std::chrono::seconds>> TokenGate::count(const accounts::TryLimit& limit,
                                                                   core::TimeUs now) const {
    return db_.write([&](core::Tx& tx) { return accounts::count_try(tx, limit, now); });
}

std::optional<http::Response> TokenGate::check(const Access& access, const Call& call) const {
    if (!access.scope) return refuse(Refused::denied, "API tokens do not open this: it is for people who sign in");
    const auto& token = *call.token;
    const bool may = token.scopes.has(*access.scope);
    const bool wants_note = accounts::wants_use_noted(token, call.now);
    if (may && !wants_note) return std::nullopt;
    const auto written = db_.write([&](core::Tx& tx) {
        if (wants_note) accounts::note_use(tx, token, call.now);
        if (may) return;
        const app::audit::Detail detail{"scope", std::string(name_of(*access.scope))};
        app::audit::record(tx, {call.actor(), "access.refused", std::nullopt, {detail}, false}, call.now);
    });
    if (!written) return refuse(written.error());
    if (may) return std::nullopt;
    return refuse(Refused::denied, "the token lacks the scope " + std::string(name_of(*access.scope)));
}

}  // namespace plus7::central::api
