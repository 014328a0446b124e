#include "central/api/me_routes.hpp"

#include <nlohmann/json.hpp>

#include "central/api/account_codec.hpp"
#include "central/app/accounts/invitations.hpp"
#include "central/app/accounts/own_account.hpp"
#include "central/app/accounts/second_factor.hpp"
#include "central/app/accounts/sign_in.hpp"
#include "shared/print/qr.hpp"
#include "shared/runtime/version.hpp"

namespace plus7::central::api {

namespace accounts = app::accounts;
using Json = nlohmann::ordered_json;

namespace {

Json json_of(const accounts::Session& session, const ServerFacts& facts, core::TimeUs now) {
    Json roles = Json::array();
    for (const auto role : session.roles.list()) roles.push_back(name_of(role));
    return {{"id", session.staff_id},
            {"login", session.login},
            {"name", session.name},
            {"roles", std::move(roles)},
            {"lang", session.language},
            {"totp", session.totp},
            {"next", session.stage == accounts::Stage::enrol ? "enrol" : "done"},
            {"csrf", session.csrf},
            {"server",
             {{"version", runtime::version},
              {"time_ms", ms_of(now)},
              {"time_zone", facts.time_zone},
              {"brand", facts.brand},
              {"demo", facts.demo}}}};
}

Json json_of(const accounts::Session& session, bool is_current) {
    return {{"id", session.id},
            {"current", is_current},
            {"created_ms", ms_of(session.created)},
            {"seen_ms", ms_of(session.seen)},
            {"expires_ms", ms_of(session.expires)},
            {"address", session.address},
            {"agent", session.agent}};
}

// What a browser sent may be no UTF-8.
std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

http::Response done(const core::Status& status) { return status ? http::no_content() : refuse(status.error()); }

}  // namespace

MeRoutes::MeRoutes(sql::Database& db, const accounts::PasswordHasher& hasher, const crypto::SecretKey& server_key,
                   ServerFacts facts)
    : db_(db), hasher_(hasher), server_key_(server_key), facts_(std::move(facts)) {}

http::Response MeRoutes::show(const Call& call) { return http::json(text_of(json_of(call.who(), facts_, call.now))); }

http::Response MeRoutes::edit(const Call& call) {
    JsonBody body(call.request);
    const auto name = body.maybe_text("name", {1, 100, accounts::is_person_name});
    const auto language = body.maybe_text("lang", {2, 2, accounts::is_language});
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto edited = db_.write([&](core::Tx& tx) {
        return accounts::edit_self(tx, call.actor(), call.who().staff_id, name, language, call.now);
    });
    if (!edited) return refuse(edited.error());
    auto session = call.who();
    session.name = name.value_or(session.name);
    session.language = language.value_or(session.language);
    return http::json(text_of(json_of(session, facts_, call.now)));
}

std::variant<http::Response, accounts::Verified> MeRoutes::verify_own(const Call& call, std::string_view member,
                                                                      const std::string& password) {
    const auto& staff_id = call.who().staff_id;
    const auto wait = db_.write([&](core::Tx& tx) { return accounts::count_own_password(tx, staff_id, call.now); });
    if (!wait) return refuse(wait.error());
    if (*wait) return refuse_too_many(**wait);
    const auto candidate = db_.read([&](core::Tx& tx) { return accounts::candidate_by_id(tx, staff_id); });
    if (!candidate) return refuse(candidate.error());
    auto verified = hasher_.check(*candidate, password);
    if (verified) return std::move(*verified);
    return refuse(Refused::invalid, "the password is not right", {{std::string(member), "wrong", ""}});
}

http::Response MeRoutes::change_password(const Call& call) {
    JsonBody body(call.request);
    const auto old_one = body.text("old");
    const auto new_one = body.text("new");
    check_password(body, "new", new_one, call.who().login);
    if (auto refused = body.refusal()) return std::move(*refused);
    auto verified = verify_own(call, "old", old_one);
    if (auto* refused = std::get_if<http::Response>(&verified)) return std::move(*refused);
    const auto hash = hasher_.hash(new_one);
    return done(db_.write([&](core::Tx& tx) {
        return accounts::change_password(tx, call.actor(), call.who(), std::get<accounts::Verified>(verified), hash,
                                         call.now);
    }));
}

http::Response MeRoutes::start_factor(const Call& call) {
    const auto factor = db_.write(
        [&](core::Tx& tx) { return accounts::start_factor(tx, server_key_, call.who().staff_id, facts_.brand); });
    if (!factor) return refuse(factor.error());
    const auto qr = print::qr_svg(factor->uri);
    if (!qr) return refuse(qr.error());
    return http::json(Json{{"secret", factor->secret}, {"uri", factor->uri}, {"qr_svg", *qr}}.dump());
}

http::Response MeRoutes::confirm_factor(const Call& call) {
    JsonBody body(call.request);
    const auto code = body.text("code", {1, 32, nullptr});
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto wait = db_.write([&](core::Tx& tx) { return accounts::count_code(tx, call.who().staff_id, call.now); });
    if (!wait) return refuse(wait.error());
    if (*wait) return refuse_too_many(**wait);
    const auto codes = db_.write([&](core::Tx& tx) {
        return accounts::confirm_factor(tx, server_key_, call.actor(), call.who(), code, call.now);
    });
    if (!codes && codes.error().kind == core::ErrorKind::invalid)
        return refuse(Refused::invalid, codes.error().message, {{"code", "wrong", ""}});
    if (!codes) return refuse(codes.error());
    return http::json(Json{{"recovery_codes", *codes}}.dump());
}

http::Response MeRoutes::remove_factor(const Call& call) {
    JsonBody body(call.request);
    const auto password = body.text("password");
    if (auto refused = body.refusal()) return std::move(*refused);
    auto verified = verify_own(call, "password", password);
    if (auto* refused = std::get_if<http::Response>(&verified)) return std::move(*refused);
    return done(db_.write([&](core::Tx& tx) {
        return accounts::remove_factor(tx, call.actor(), call.who(), std::get<accounts::Verified>(verified), call.now);
    }));
}

http::Response MeRoutes::sessions(const Call& call) {
    const auto open =
        db_.read([&](core::Tx& tx) { return accounts::open_sessions(tx, call.who().staff_id, call.now); });
    if (!open) return refuse(open.error());
    Json items = Json::array();
    for (const auto& session : *open) items.push_back(json_of(session, session.id == call.who().id));
    return http::json(text_of(Json{{"items", std::move(items)}}));
}

http::Response MeRoutes::end_other_sessions(const Call& call) {
    return done(db_.write([&](core::Tx& tx) -> core::Status {
        accounts::end_sessions(tx, call.actor(), call.who().staff_id, call.who().id, call.now);
        return {};
    }));
}

http::Response MeRoutes::end_session(const Call& call) {
    return done(db_.write([&](core::Tx& tx) {
        return accounts::end_session(tx, call.actor(), call.who().staff_id, call.request.param("id"), call.now);
    }));
}

}  // namespace plus7::central::api
