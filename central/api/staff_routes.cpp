#include "central/api/staff_routes.hpp"

#include <nlohmann/json.hpp>

#include "central/api/account_codec.hpp"
#include "central/api/etag.hpp"
#include "central/api/paging.hpp"
#include "central/app/accounts/invitations.hpp"
#include "central/app/accounts/second_factor.hpp"

namespace plus7::central::api {

namespace accounts = app::accounts;
using Json = nlohmann::ordered_json;

namespace {

constexpr TextRule login_rule{3, 64, accounts::is_login};
constexpr TextRule name_rule{1, 100, accounts::is_person_name};

Json json_of(const std::optional<core::TimeUs>& time) { return time ? Json(ms_of(*time)) : Json(nullptr); }

Json json_of(const accounts::StaffMember& member) {
    Json roles = Json::array();
    for (const auto role : member.roles.list()) roles.push_back(name_of(role));
    return {{"id", member.id},
            {"login", member.login},
            {"name", member.name},
            {"roles", std::move(roles)},
            {"state", member.state},
            {"totp", member.totp},
            {"sessions", member.sessions},
            {"seen_ms", json_of(member.seen)},
            {"invited_until_ms", json_of(member.invited_until)},
            {"etag", etag_of(member.version)}};
}

Json json_of(const accounts::Link& link, const std::string& public_url) {
    return {{"url", public_url + "/invite#" + link.token}, {"expires_ms", ms_of(link.expires)}};
}

http::Response answer(const accounts::StaffMember& member) {
    return http::json(json_of(member).dump()).with("ETag", etag_of(member.version));
}

http::Response done(const core::Status& status) { return status ? http::no_content() : refuse(status.error()); }

}  // namespace

StaffRoutes::StaffRoutes(sql::Database& db, const Idempotency& idempotency, std::string public_url)
    : db_(db), idempotency_(idempotency), public_url_(std::move(public_url)) {}

http::Response StaffRoutes::list(const Call& call) {
    const auto page = page_asked(call.request, 2);
    if (!page) return refuse(page.error());
    const auto part = text_asked(call.request, "q", 100);
    if (!part) return refuse(part.error());
    accounts::StaffSearch search;
    search.part_of_name = *part;
    search.limit = page->limit + 1;  // one more tells whether there is a next page
    if (!page->cursor.empty()) search.after = {page->cursor[0], page->cursor[1]};
    auto members = db_.read([&](core::Tx& tx) { return accounts::staff(tx, search, call.now); });
    if (!members) return refuse(members.error());
    Json next = nullptr;
    if (members->size() > static_cast<std::size_t>(page->limit)) {
        members->pop_back();
        next = to_cursor({members->back().name_fold, members->back().id});
    }
    Json items = Json::array();
    for (const auto& member : *members) items.push_back(json_of(member));
    return http::json(Json{{"items", std::move(items)}, {"next", std::move(next)}}.dump());
}

http::Response StaffRoutes::invite(const Call& call) {
    JsonBody body(call.request);
    accounts::NewAccount account;
    account.login = body.text("login", login_rule);
    account.name = body.text("name", name_rule);
    account.language = body.maybe_text("lang", {2, 2, accounts::is_language}).value_or("ru");
    const auto roles = maybe_roles(body, "roles");
    if (!roles) body.fault("roles", "required");
    if (auto refused = body.refusal()) return std::move(*refused);
    account.roles = *roles;

    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        const auto invited = accounts::invite(tx, call.actor(), account, call.now);
        if (!invited) return invited.error();
        const Json made{{"staff", json_of(invited->member)}, {"invitation", json_of(invited->link, public_url_)}};
        return http::json(made.dump(), 201);
    };
    const Idempotency::Explain explain = [](const core::Error& error) {
        if (error.kind != core::ErrorKind::conflict) return refuse(error);
        return refuse(Refused::conflict, error.message, {{"login", "taken", ""}});
    };
    return idempotency_.once(call, work, explain);
}

http::Response StaffRoutes::show(const Call& call) {
    const auto member =
        db_.read([&](core::Tx& tx) { return accounts::find_member(tx, call.request.param("id"), call.now); });
    if (!member) return refuse(member.error());
    if (!*member) return refuse(core::not_found("no such account"));
    return answer(**member);
}

http::Response StaffRoutes::edit(const Call& call) {
    JsonBody body(call.request);
    accounts::StaffEdit edit;
    edit.name = body.maybe_text("name", name_rule);
    edit.roles = maybe_roles(body, "roles");
    edit.blocked = body.maybe_flag("blocked");
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = require_if_match(call.request)) return std::move(*refused);

    const auto& id = call.request.param("id");
    auto edited = db_.write([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto held = accounts::hold_member(tx, id, call.now);
        if (!held) return core::not_found("no such account");
        if (auto stale = check_if_match(call.request, held->version)) return std::move(*stale);
        const auto member = accounts::edit_member(tx, call.actor(), id, edit, call.now);
        if (!member) return member.error();
        return answer(*member);
    });
    return edited ? std::move(*edited) : refuse(edited.error());
}

http::Response StaffRoutes::invite_again(const Call& call) {
    const auto link = db_.write(
        [&](core::Tx& tx) { return accounts::invite_again(tx, call.actor(), call.request.param("id"), call.now); });
    if (!link) return refuse(link.error());
    return http::json(json_of(*link, public_url_).dump());
}

http::Response StaffRoutes::end_sessions(const Call& call) {
    return done(db_.write([&](core::Tx& tx) {
        return accounts::end_member_sessions(tx, call.actor(), call.request.param("id"), call.now);
    }));
}

http::Response StaffRoutes::reset_factor(const Call& call) {
    return done(db_.write(
        [&](core::Tx& tx) { return accounts::reset_factor(tx, call.actor(), call.request.param("id"), call.now); }));
}

}  // namespace plus7::central::api
