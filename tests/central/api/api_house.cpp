#include "tests/central/api/api_house.hpp"

#include <nlohmann/json.hpp>

#include "central/app/accounts/invitations.hpp"
#include "central/app/accounts/permissions.hpp"
#include "central/app/accounts/second_factor.hpp"
#include "central/store/migrations.hpp"
#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"
#include "shared/crypto/base32.hpp"
#include "shared/crypto/totp.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::test {

ApiHouse::ApiHouse(central::api::ApiSettings settings) : db(engine.open()) {
    runtime::configure_log({.level = runtime::LogLevel::warning});
    sql::migrate(*db, central::store::migrations()).value();
    authority = central::broker::AuthorityFolder::open(engine.folder.path() / "ca", {{"localhost"}, {}}, clock).value();
    make_api(std::move(settings));
}

void ApiHouse::make_api(central::api::ApiSettings settings) {
    const central::api::AgentPlaces places{settings.public_url, authority->sign_certificate().pem, "broker.example",
                                           8883};
    const central::api::FieldDeps field{
        *authority, gate, views, changes, loop, workers, places, map, system, webhooks, &authority->sign_key()};
    const central::api::ApiDeps deps{*db, clock, metrics, live, hasher, key, [this] { return not_ready; }, &field};
    api = central::api::Api::make(deps, std::move(settings)).value();
    router.emplace(api->router());
}

ApiHouse::Person ApiHouse::person(const std::string& login, accounts::Roles roles) {
    Person person;
    person.totp = core::Bytes(20, static_cast<std::uint8_t>(login.size()));
    const auto made = db->write([&](sql::Tx& tx) -> core::Result<Person> {
        central::store::StaffRow row;
        row.staff_id = core::to_uuid_text(core::random_id<core::EventId>());
        row.login = login;
        row.name = "Пётр " + login;
        row.name_fold = "петр " + login;
        row.roles = roles.text();
        row.state = "active";
        row.password = hasher.hash(password);
        row.language = "ru";
        row.created = clock.now();
        central::store::insert_staff(tx, row);
        if (accounts::demands_second_factor(roles)) {
            row.totp_secret = crypto::seal(key, person.totp, core::view_of("totp:" + row.staff_id));
            central::store::set_staff_totp(tx, row);
        }
        const auto opened = accounts::open_session(tx, row, {"192.0.2.10", "Firefox"}, true, clock.now());
        const auto session = accounts::find_session(tx, opened.token, clock.now());
        return Person{row.staff_id, opened.token, session->csrf, person.totp};
    });
    return made.value();
}

std::string ApiHouse::setup_token() {
    return db->write([&](sql::Tx& tx) { return accounts::make_setup_link(tx, clock.now()); }).value().token;
}

std::string ApiHouse::code(const core::Bytes& secret) const {
    return crypto::hotp(secret, crypto::totp_step(clock.at));
}

std::string ApiHouse::state() {
    return db
        ->read([](sql::Tx& tx) {
            std::string text;
            for (const auto& row : tx.query("SELECT staff_id, name, roles, state, version FROM staff ORDER BY 1"))
                for (std::size_t i = 0; i < 4; ++i) text += row.get<std::string>(i) + ";";
            for (const auto* table : {"staff", "staff_session", "staff_link", "idempotency"})
                text +=
                    std::to_string(tx.one("SELECT COUNT(*) FROM " + std::string(table))->get<std::int64_t>(0)) + ";";
            return text;
        })
        .value();
}

http::Response Browser::send(http::Method method, const std::string& target, const std::string& body,
                             const std::vector<std::pair<std::string, std::string>>& headers) {
    http::Headers all;
    if (!cookie.empty()) all.set("Cookie", cookie_name + "=" + cookie);
    if (method != http::Method::get) {
        all.set("Origin", ApiHouse::origin);
        if (!csrf.empty()) all.set("X-Plus7-Csrf", csrf);
        if (!body.empty()) all.set("Content-Type", "application/json");
    }
    for (const auto& [name, value] : headers) {
        all.remove(name);
        if (!value.empty()) all.set(name, value);
    }
    auto request = http::make_request(method, target, all, body).value();
    request.peer.address = address;
    request.id = "r-1";
    auto response = house_.handle(std::move(request));
    if (const auto given = given_cookie(response)) cookie = *given;
    return response;
}

void Browser::learn_csrf() { csrf = member(get("/api/v1/me"), "csrf"); }

std::string member(const http::Response& response, const std::string& path) {
    auto at = nlohmann::json::parse(response.body, nullptr, false);
    std::size_t from = 0;
    while (from <= path.size()) {
        const auto end = std::min(path.find('.', from), path.size());
        const auto name = path.substr(from, end - from);
        from = end + 1;
        if (at.is_array() && std::stoul(name) < at.size()) {
            auto next = at[std::stoul(name)];
            at = std::move(next);
        } else if (at.is_object() && at.contains(name)) {
            auto next = at[name];
            at = std::move(next);
        } else {
            return "";
        }
    }
    return at.is_string() ? at.get<std::string>() : at.dump();
}

std::optional<std::string> given_cookie(const http::Response& response) {
    const auto header = response.headers.get("Set-Cookie");
    if (!header) return std::nullopt;
    const auto equals = header->find('=');
    return std::string(header->substr(equals + 1, header->find(';') - equals - 1));
}

}  // namespace plus7::test
