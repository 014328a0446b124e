#include "central/api/session_routes.hpp"

#include <nlohmann/json.hpp>

#include "central/api/account_codec.hpp"
#include "central/app/accounts/invitations.hpp"
#include "central/app/accounts/sign_in.hpp"
#include "central/app/accounts/tries.hpp"

namespace plus7::central::api {

namespace accounts = app::accounts;
using Json = nlohmann::ordered_json;

namespace {

constexpr TextRule login_rule{3, 64, accounts::is_login};
constexpr TextRule name_rule{1, 100, accounts::is_person_name};
constexpr TextRule token_rule{16, 64, nullptr};
constexpr TextRule language_rule{2, 2, accounts::is_language};

std::string_view name_of(accounts::Stage stage) {
    return stage == accounts::Stage::done ? "done" : stage == accounts::Stage::code ? "totp" : "enrol";
}

http::Response wrong_credentials() { return refuse(Refused::unauthenticated, "wrong login or password"); }

}  // namespace

SessionRoutes::SessionRoutes(sql::Database& db, const accounts::PasswordHasher& hasher,
                             const crypto::SecretKey& server_key, SessionCookie cookie)
    : db_(db), hasher_(hasher), server_key_(server_key), cookie_(cookie) {}

http::Response SessionRoutes::opened(const core::Result<accounts::OpenedSession>& session) const {
    if (!session) return refuse(session.error());
    auto response = http::json(Json{{"next", name_of(session->stage)}}.dump());
    cookie_.give(response, session->token);
    return response;
}

http::Response SessionRoutes::sign_in(const Call& call) {
    JsonBody body(call.request);
    const auto login = accounts::login_of(body.text("login", {1, 64, nullptr}));
    const auto password = body.text("password", {1, 200, nullptr});
    if (auto refused = body.refusal()) return std::move(*refused);

    const auto wait = db_.write(
        [&](core::Tx& tx) { return accounts::count_sign_in(tx, login, call.request.peer.address, call.now); });
    if (!wait) return refuse(wait.error());
    if (*wait) return refuse_too_many(**wait);
    const auto candidate = db_.read([&](core::Tx& tx) { return accounts::candidate_by_login(tx, login); });
    if (!candidate) return refuse(candidate.error());
    const auto verified = hasher_.check(*candidate, password);
    if (!verified) {
        const auto noted = db_.write([&](core::Tx& tx) -> core::Status {
            accounts::refuse_sign_in(tx, *candidate, call.visitor(), call.now);
            return {};
        });
        return noted ? wrong_credentials() : refuse(noted.error());
    }
    const auto session =
        db_.write([&](core::Tx& tx) { return accounts::sign_in(tx, *verified, call.visitor(), call.now); });
    if (!session && session.error().kind == core::ErrorKind::denied) return wrong_credentials();
    return opened(session);
}

http::Response SessionRoutes::give_code(const Call& call) {
    JsonBody body(call.request);
    const auto code = body.text("code", {1, 32, nullptr});
    if (auto refused = body.refusal()) return std::move(*refused);

    const auto& waiting = call.who();
    const auto wait = db_.write([&](core::Tx& tx) { return accounts::count_code(tx, waiting.staff_id, call.now); });
    if (!wait) return refuse(wait.error());
    if (*wait) return refuse_too_many(**wait);
    const auto session = db_.write(
        [&](core::Tx& tx) { return accounts::give_code(tx, server_key_, waiting, code, call.visitor(), call.now); });
    if (session || session.error().kind != core::ErrorKind::denied) return opened(session);
    const auto noted = db_.write([&](core::Tx& tx) -> core::Status {
        accounts::refuse_code(tx, waiting, call.visitor(), call.now);
        return {};
    });
    return noted ? refuse(Refused::unauthenticated, "this code is not right") : refuse(noted.error());
}

http::Response SessionRoutes::sign_out(const Call& call) {
    const auto ended = db_.write([&](core::Tx& tx) {
        return accounts::end_session(tx, call.actor(), call.who().staff_id, call.who().id, call.now);
    });
    if (!ended && ended.error().kind != core::ErrorKind::not_found) return refuse(ended.error());
    auto response = http::no_content();
    cookie_.take_away(response);
    return response;
}

http::Response SessionRoutes::setup_state(const Call&) {
    const auto open = db_.read([](core::Tx& tx) { return accounts::setup_is_open(tx); });
    if (!open) return refuse(open.error());
    return http::json(Json{{"open", *open}}.dump());
}

std::optional<http::Response> SessionRoutes::count_link_try(const Call& call) {
    const auto limit = accounts::links_by_address(call.request.peer.address);
    const auto wait = db_.write([&](core::Tx& tx) { return accounts::count_try(tx, limit, call.now); });
    if (!wait) return refuse(wait.error());
    if (*wait) return refuse_too_many(**wait);
    return std::nullopt;
}

http::Response SessionRoutes::set_up(const Call& call) {
    JsonBody body(call.request);
    const auto token = body.text("token", token_rule);
    accounts::NewAccount account;
    account.login = body.text("login", login_rule);
    account.name = body.text("name", name_rule);
    const auto password = body.text("password");
    account.language = body.maybe_text("lang", language_rule).value_or("ru");
    check_password(body, "password", password, account.login);
    if (auto refused = body.refusal()) return std::move(*refused);

    if (auto refused = count_link_try(call)) return std::move(*refused);
    const auto looked = db_.read([&](core::Tx& tx) { return accounts::look_at_setup(tx, token, call.now); });
    if (!looked) return refuse(looked.error());
    account.password = hasher_.hash(password);
    return opened(
        db_.write([&](core::Tx& tx) { return accounts::set_up(tx, token, account, call.visitor(), call.now); }));
}

http::Response SessionRoutes::look_at_invitation(const Call& call) {
    JsonBody body(call.request);
    const auto token = body.text("token", token_rule);
    if (auto refused = body.refusal()) return std::move(*refused);

    if (auto refused = count_link_try(call)) return std::move(*refused);
    const auto found = db_.read([&](core::Tx& tx) { return accounts::look_at_invitation(tx, token, call.now); });
    if (!found) return refuse(found.error());
    Json answer{{"login", found->login}, {"name", found->name}, {"roles", Json::array()}};
    for (const auto role : found->roles.list()) answer["roles"].push_back(name_of(role));
    answer["expires_ms"] = ms_of(found->expires);
    return http::json(answer.dump());
}

http::Response SessionRoutes::accept_invitation(const Call& call) {
    JsonBody body(call.request);
    const auto token = body.text("token", token_rule);
    const auto password = body.text("password");
    const auto language = body.maybe_text("lang", language_rule);
    if (auto refused = body.refusal()) return std::move(*refused);

    if (auto refused = count_link_try(call)) return std::move(*refused);
    const auto found = db_.read([&](core::Tx& tx) { return accounts::look_at_invitation(tx, token, call.now); });
    if (!found) return refuse(found.error());
    check_password(body, "password", password, found->login);
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto hash = hasher_.hash(password);
    return opened(db_.write([&](core::Tx& tx) {
        return accounts::accept_invitation(tx, token, hash, language, call.visitor(), call.now);
    }));
}

}  // namespace plus7::central::api
