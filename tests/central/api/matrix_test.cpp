// Who may call what: every route of the table × every role × the ways to come in wrongly. The expectation is written
// here by hand, so that a change of the table alone is not enough.
#include <map>
#include <set>

#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;
using central::api::Access;
using central::api::ApiRoute;

namespace {

const std::string everyone = "admin dispatcher operator accountant analyst depot clerk";
const std::string field = "admin dispatcher operator analyst depot";

// Route → the roles that are let in; "public": without a session, "code": a session that waits for its code, "agent":
// handhelds, "local": operators' tools.
const std::map<std::string, std::string> expected{
    {"POST /api/v1/session", "public"},
    {"DELETE /api/v1/session", everyone},
    {"POST /api/v1/session/totp", "code"},
    {"GET /api/v1/setup", "public"},
    {"POST /api/v1/setup", "public"},
    {"POST /api/v1/invitation/look", "public"},
    {"POST /api/v1/invitation/accept", "public"},
    {"GET /api/v1/me", everyone},
    {"PATCH /api/v1/me", everyone},
    {"POST /api/v1/me/password", everyone},
    {"POST /api/v1/me/totp", everyone},
    {"DELETE /api/v1/me/totp", everyone},
    {"POST /api/v1/me/totp/confirm", everyone},
    {"GET /api/v1/me/sessions", everyone},
    {"DELETE /api/v1/me/sessions", everyone},
    {"DELETE /api/v1/me/sessions/{id}", everyone},
    {"GET /api/v1/staff", "admin"},
    {"POST /api/v1/staff", "admin"},
    {"GET /api/v1/staff/{id}", "admin"},
    {"PATCH /api/v1/staff/{id}", "admin"},
    {"POST /api/v1/staff/{id}/invitation", "admin"},
    {"DELETE /api/v1/staff/{id}/sessions", "admin"},
    {"DELETE /api/v1/staff/{id}/totp", "admin"},
    {"GET /api/v1/couriers", field},
    {"POST /api/v1/couriers", "admin dispatcher"},
    {"GET /api/v1/couriers/{id}", field},
    {"PATCH /api/v1/couriers/{id}", "admin dispatcher"},
    {"PUT /api/v1/couriers/{id}/device", "admin dispatcher"},
    {"DELETE /api/v1/couriers/{id}/device", "admin dispatcher"},
    {"POST /api/v1/couriers/{id}/badge", "admin dispatcher"},
    {"DELETE /api/v1/couriers/{id}/badge", "admin dispatcher"},
    {"POST /api/v1/couriers/{id}/pin", "admin dispatcher"},
    {"GET /api/v1/couriers/{id}/events", field},
    {"GET /api/v1/couriers/{id}/track", field},
    {"GET /api/v1/couriers/{id}/chat", "admin dispatcher operator depot"},
    {"POST /api/v1/couriers/{id}/chat", "admin dispatcher operator depot"},
    {"POST /api/v1/couriers/{id}/chat/read", "admin dispatcher operator depot"},
    {"GET /api/v1/chats", "admin dispatcher operator depot"},
    {"GET /api/v1/orders", "admin dispatcher operator depot"},
    {"POST /api/v1/orders", "admin dispatcher operator"},
    {"POST /api/v1/orders/plan", "admin dispatcher"},
    {"POST /api/v1/orders/fix", "admin dispatcher"},
    {"GET /api/v1/board", "admin dispatcher operator depot"},
    {"GET /api/v1/orders/{id}", "admin dispatcher operator depot"},
    {"PATCH /api/v1/orders/{id}", "admin dispatcher operator"},
    {"POST /api/v1/orders/{id}/cancel", "admin dispatcher operator"},
    {"POST /api/v1/orders/{id}/code", "admin dispatcher operator"},
    {"GET /api/v1/orders/{id}/labels", "admin dispatcher operator depot"},
    {"GET /api/v1/tokens", "admin"},
    {"POST /api/v1/tokens", "admin"},
    {"POST /api/v1/tokens/{id}/revoke", "admin"},
    {"GET /api/v1/webhooks", "admin"},
    {"POST /api/v1/webhooks", "admin"},
    {"PATCH /api/v1/webhooks/{id}", "admin"},
    {"DELETE /api/v1/webhooks/{id}", "admin"},
    {"POST /api/v1/webhooks/{id}/test", "admin"},
    {"GET /api/v1/outbox/dead", "admin"},
    {"POST /api/v1/outbox/{id}/again", "admin"},
    {"DELETE /api/v1/outbox/{id}", "admin"},
    {"GET /api/v1/parcels/{id}/custody.p7custody", "admin dispatcher operator depot"},
    {"GET /api/v1/parcels/{id}/custody.pdf", "admin dispatcher operator depot"},
    {"GET /t/page.css", "public"},
    {"GET /t/{token}", "public"},
    {"GET /api/v1/sites", "admin dispatcher operator depot"},
    {"POST /api/v1/sites", "admin"},
    {"PATCH /api/v1/sites/{id}", "admin"},
    {"GET /api/v1/zones", "admin dispatcher operator depot"},
    {"POST /api/v1/zones/import", "admin"},
    {"GET /api/v1/zones/export", "admin dispatcher operator depot"},
    {"PATCH /api/v1/zones/{id}", "admin"},
    {"GET /api/v1/slots", "admin dispatcher operator depot"},
    {"GET /api/v1/slot-rules", "admin dispatcher operator depot"},
    {"POST /api/v1/slot-rules", "admin"},
    {"PATCH /api/v1/slot-rules/{id}", "admin"},
    {"POST /api/v1/holidays", "admin"},
    {"DELETE /api/v1/holidays/{id}", "admin"},
    {"GET /api/v1/tariffs", "admin dispatcher operator depot"},
    {"POST /api/v1/tariffs", "admin"},
    {"PATCH /api/v1/tariffs/{id}", "admin"},
    {"POST /api/v1/price", "admin dispatcher operator depot"},
    {"GET /api/v1/depots/{id}/registries", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/registries/{registry}", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/registries/{registry}/act", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/registries/{registry}/close", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/registries/{registry}/reopen", "admin dispatcher"},
    {"POST /api/v1/depots/{id}/intake/scan", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/intake/damage", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/couriers", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/couriers/{courier}/handout", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/couriers/{courier}/handout/scan", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/couriers/{courier}/handout/list", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/couriers/{courier}/return", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/couriers/{courier}/return/scan", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/couriers/{courier}/return/close", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/counts", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/counts/{count}", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/undo", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/bins", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/cells", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/sort/scan", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/bags", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/bags", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/bags/{bag}", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/bags/{bag}/scan", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/bags/{bag}/out", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/bags/{bag}/close", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/bags/{bag}/reopen", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/bags/{bag}/label", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/bags/{bag}/list", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/trips", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/trips", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/trips/{trip}", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/trips/{trip}/load", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/trips/{trip}/depart", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/trips/{trip}/unload", "admin dispatcher depot"},
    {"POST /api/v1/depots/{id}/trips/{trip}/close", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/trips/{trip}/list", "admin dispatcher depot"},
    {"GET /api/v1/depots/{id}/trips/{trip}/act", "admin dispatcher depot"},
    {"GET /api/v1/registries", "admin dispatcher operator depot"},
    {"POST /api/v1/registries", "admin dispatcher operator depot"},
    {"POST /api/v1/registries/preview", "admin dispatcher operator depot"},
    {"GET /api/v1/registries/template.csv", "admin dispatcher operator depot"},
    {"GET /api/v1/registries/{id}", "admin dispatcher operator depot"},
    {"GET /api/v1/registries/{id}/lines", "admin dispatcher operator depot"},
    {"GET /api/v1/registries/{id}/rejected", "admin dispatcher operator depot"},
    {"GET /api/v1/registries/{id}/rejected.csv", "admin dispatcher operator depot"},
    {"GET /api/v1/devices", "admin dispatcher depot"},
    {"POST /api/v1/devices", "admin"},
    {"GET /api/v1/devices/{id}", "admin dispatcher depot"},
    {"PATCH /api/v1/devices/{id}", "admin"},
    {"POST /api/v1/devices/{id}/enrolment", "admin"},
    {"POST /api/v1/devices/{id}/lock", "admin"},
    {"POST /api/v1/devices/{id}/unlock", "admin"},
    {"POST /api/v1/devices/{id}/wipe", "admin"},
    {"POST /api/v1/devices/{id}/revoke", "admin"},
    {"GET /api/v1/devices/{id}/events", "admin dispatcher depot"},
    {"GET /api/v1/live", field},
    {"GET /api/v1/audit", "admin"},
    {"GET /api/v1/health", everyone},
    {"GET /api/v1/map", everyone},
    {"POST /api/v1/demo/couriers/{id}/cut", "admin dispatcher"},
    {"GET /tiles/metadata.json", everyone},
    {"GET /tiles/{z}/{x}/{y}.mvt", everyone},
    {"GET /basemap/{file}", everyone},
    {"GET /healthz", "public"},
    {"GET /readyz", "public"},
    {"GET /metrics", "local"},
    {"POST /enrol/start", "agent"},
    {"POST /enrol/finish", "agent"},
    {"POST /device/renew", "agent"},
    {"POST /device/map", "agent"},
};

std::string name_of(const ApiRoute& route) { return std::string(http::name_of(route.method)) + " " + route.pattern; }

std::string target_of(const ApiRoute& route) {
    std::string target;
    bool in_parameter = false;
    for (const char c : route.pattern) {
        if (c == '{') target += "0";
        in_parameter = c == '{' || (in_parameter && c != '}');
        if (!in_parameter && c != '}') target += c;
    }
    return target;
}

bool let_in(const http::Response& response) { return response.status != 401 && response.status != 403; }

bool has_word(const std::string& words, std::string_view word) {
    return (" " + words + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

}  // namespace

TEST_CASE("the hand-written matrix names every route of the table") {
    const ApiHouse house;
    for (const auto& route : house.api->table()) CHECK_MESSAGE(expected.contains(name_of(route)), name_of(route));
}

TEST_CASE("every route lets in exactly the roles of the matrix") {
    ApiHouse house;
    for (const auto role : accounts::all_roles) {
        for (const auto& route : house.api->table()) {
            const auto& roles = expected.at(name_of(route));
            if (!has_word(everyone, roles.substr(0, roles.find(' ')))) continue;
            // A session of his own for each call: some calls end it.
            Browser browser(house, house.person(std::string(accounts::name_of(role)) + route.pattern.substr(1) +
                                                    std::string(http::name_of(route.method)),
                                                {role}));
            const auto response = browser.send(route.method, target_of(route));
            CHECK_MESSAGE(let_in(response) == has_word(roles, accounts::name_of(role)),
                          accounts::name_of(role) << " " << name_of(route) << " " << response.status);
        }
    }
}

TEST_CASE("without a session, with an ended one, or with a foreign token nothing opens") {
    ApiHouse house;
    const auto admin = house.person("anna", {Role::admin});
    Browser nobody(house), stranger(house, admin), late(house, admin);
    stranger.cookie = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    for (const auto& route : house.api->table()) {
        const auto& roles = expected.at(name_of(route));
        if (roles == "public" || roles == "agent" || roles == "local") continue;
        CAPTURE(name_of(route));
        CHECK(nobody.send(route.method, target_of(route)).status == 401);
        CHECK(stranger.send(route.method, target_of(route)).status == 401);
    }
    house.clock.at += std::chrono::hours{13};
    for (const auto& route : house.api->table())
        if (has_word(expected.at(name_of(route)), "admin"))
            CHECK_MESSAGE(late.send(route.method, target_of(route)).status == 401, name_of(route));
}

TEST_CASE("a change needs our own Origin and the session's CSRF token, and does nothing without them") {
    ApiHouse house;
    const auto admin = house.person("anna", {Role::admin});
    const auto other = house.person("boris", {Role::admin});
    const auto before = house.state();
    struct Row {
        const char* name;
        std::vector<std::pair<std::string, std::string>> headers;
        bool only_with_session;  // before a session there is no token to check
    };
    const Row rows[]{
        {"foreign Origin", {{"Origin", "https://evil.example"}}, false},
        {"Origin of another port", {{"Origin", "https://plus7.example:8443"}}, false},
        {"Origin over plain HTTP", {{"Origin", "http://plus7.example"}}, false},
        {"null Origin", {{"Origin", "null"}}, false},
        {"no Origin", {{"Origin", ""}}, false},
        {"cross-site", {{"Sec-Fetch-Site", "cross-site"}}, false},
        {"same-site", {{"Sec-Fetch-Site", "same-site"}}, false},
        {"no token", {{"X-Plus7-Csrf", ""}}, true},
        {"wrong token", {{"X-Plus7-Csrf", "AAAAAAAAAAAAAAAAAAAAAA"}}, true},
        {"another session's token", {{"X-Plus7-Csrf", other.csrf}}, true},
    };
    for (const auto& route : house.api->table()) {
        const auto& roles = expected.at(name_of(route));
        if (route.method == http::Method::get || roles == "agent") continue;
        const bool has_session = roles != "public" && roles != "code";
        for (const auto& row : rows) {
            if (row.only_with_session && !has_session) continue;
            Browser browser(house, admin);
            const auto response = browser.send(route.method, target_of(route), R"({"token":"x"})", row.headers);
            CHECK_MESSAGE(response.status == 403, name_of(route) << ": " << row.name << " " << response.status);
        }
    }
    CHECK(house.state() == before);
}

TEST_CASE("a session that waits for its code, or must set up its factor, opens only that") {
    ApiHouse house;
    house.person("anna", {Role::admin});
    Browser waiting(house);
    REQUIRE(waiting.post("/api/v1/session", R"({"login":"anna","password":"correct horse 7"})").status == 200);
    const auto boris = house.person("boris", {Role::admin});
    REQUIRE(house.db
                ->write([&](sql::Tx& tx) -> core::Status {
                    tx.exec("UPDATE staff SET totp_secret = NULL WHERE login = $1", "boris");
                    return {};
                })
                .ok());
    const std::set<std::string> open{"DELETE /api/v1/session", "GET /api/v1/me", "PATCH /api/v1/me",
                                     "POST /api/v1/me/totp", "POST /api/v1/me/totp/confirm"};
    for (const auto& route : house.api->table()) {
        const auto name = name_of(route);
        if (!has_word(expected.at(name), "admin")) continue;
        CHECK_MESSAGE(waiting.send(route.method, target_of(route)).status == 401, name);
        if (open.contains(name)) continue;
        Browser enrolling(house, boris);
        CHECK_MESSAGE(enrolling.send(route.method, target_of(route)).status == 403, name);
    }
    Browser enrolling(house, boris);
    CHECK(enrolling.get("/api/v1/me").status == 200);
    CHECK(enrolling.post("/api/v1/me/totp").status == 200);
}

TEST_CASE("figures are for operators' addresses only") {
    ApiHouse house({.public_url = ApiHouse::origin, .metrics_readers = {"10.1.0.0/16"}});
    Browser browser(house, house.person("anna", {Role::admin}));
    for (const auto& [address, status] :
         {std::pair{"127.0.0.1", 200}, std::pair{"::1", 200}, std::pair{"10.1.2.3", 200}, std::pair{"10.2.0.1", 403},
          std::pair{"192.0.2.1", 403}, std::pair{"", 403}}) {
        browser.address = address;
        CHECK_MESSAGE(browser.get("/metrics").status == status, address);
    }
}
