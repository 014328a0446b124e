// Staff and audit over the API: rows of request and answer.
#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;
using accounts::Role;
using http::Method;

namespace {

struct Office : ApiHouse {
    Person anna = person("anna", {Role::admin});
    Person petr = person("petr", {Role::dispatcher});
    Browser admin{*this, anna};
};

using Extra = std::vector<std::pair<std::string, std::string>>;

}  // namespace

TEST_CASE("requests about staff and their answers") {
    Office office;
    struct Row {
        std::string name;
        Method method;
        std::string target, body;
        Extra headers;
        int status;
        std::string has, lacks;
        bool changes;
    };
    const auto petr = "/api/v1/staff/" + office.petr.id;
    const Extra key{{"Idempotency-Key", "k-1"}}, version{{"If-Match", "\"1\""}};
    const std::string olga = R"({"login":"olga","name":"Ольга","roles":["clerk"]})";
    const Row rows[]{
        {"list", Method::get, "/api/v1/staff", "", {}, 200, R"("login":"petr")", "argon2", false},
        {"search", Method::get, "/api/v1/staff?q=ПЕТР%20anna", "", {}, 200, R"("login":"anna")", "\"petr\"", false},
        {"limit 0", Method::get, "/api/v1/staff?limit=0", "", {}, 400, "limit", "", false},
        {"foreign cursor", Method::get, "/api/v1/staff?cursor=AAAA", "", {}, 400, "cursor", "", false},
        {"one", Method::get, petr, "", {}, 200, R"("etag":"\"1\"")", "argon2", false},
        {"nobody", Method::get, "/api/v1/staff/nobody", "", {}, 404, "not_found", "", false},
        {"invite without key", Method::post, "/api/v1/staff", olga, {}, 428, "unconditional", "invite#", false},
        {"invite, bad key", Method::post, "/api/v1/staff", olga, {{"Idempotency-Key", "k 1"}}, 400, "Key", "", false},
        {"invite without roles", Method::post, "/api/v1/staff", R"({"login":"olga","name":"O","roles":[]})", key, 400,
         R"("field":"roles")", "", false},
        {"invite, no such role", Method::post, "/api/v1/staff", R"({"login":"olga","name":"O","roles":["root"]})", key,
         400, R"("code":"unknown")", "", false},
        {"invite, bad login", Method::post, "/api/v1/staff", R"({"login":"Ольга","name":"O","roles":["clerk"]})", key,
         400, R"("code":"malformed")", "", false},
        {"invite, mass assignment", Method::post, "/api/v1/staff",
         R"({"login":"olga","name":"O","roles":["clerk"],"state":"active"})", key, 400, R"("field":"state")", "",
         false},
        {"invite, taken", Method::post, "/api/v1/staff", R"({"login":"petr","name":"O","roles":["clerk"]})", key, 409,
         R"("code":"taken")", "UNIQUE", false},
        {"invite", Method::post, "/api/v1/staff", olga, key, 201, "https://plus7.example/invite#", "argon2", true},
        {"edit without version", Method::patch, petr, R"({"blocked":true})", {}, 428, "If-Match", "", false},
        {"edit, stale", Method::patch, petr, R"({"blocked":true})", {{"If-Match", "\"7\""}}, 412, "stale", "", false},
        {"edit, wrong type", Method::patch, petr, R"({"blocked":"yes"})", version, 400, R"("field":"blocked")", "",
         false},
        {"edit the last admin", Method::patch, "/api/v1/staff/" + office.anna.id, R"({"roles":["clerk"]})", version,
         409, "last active admin", "", false},
        {"edit", Method::patch, petr, R"({"name":"Пётр Второй"})", version, 200, "Пётр Второй", "", true},
        {"link of nobody", Method::post, "/api/v1/staff/nobody/invitation", "", {}, 404, "not_found", "", false},
        {"audit",
         Method::get,
         "/api/v1/audit?action=staff.",
         "",
         {},
         200,
         R"("name":["Пётр petr","Пётр Второй"])",
         "invite#",
         false},
        {"audit, bad time", Method::get, "/api/v1/audit?from_ms=x", "", {}, 400, "from_ms", "", false},
    };
    for (const auto& row : rows) {
        CAPTURE(row.name);
        const auto before = office.state();
        const auto response = office.admin.send(row.method, row.target, row.body, row.headers);
        CHECK_MESSAGE(response.status == row.status, response.body);
        CHECK_MESSAGE(response.body.find(row.has) != std::string::npos, response.body);
        if (!row.lacks.empty()) CHECK_MESSAGE(response.body.find(row.lacks) == std::string::npos, response.body);
        CHECK((office.state() != before) == row.changes);
    }
}

TEST_CASE("an invited colleague sets his password by the link and works with his roles") {
    Office office;
    const auto made = office.admin.send(Method::post, "/api/v1/staff",
                                        R"({"login":"olga","name":"Ольга","roles":["dispatcher"],"lang":"en"})",
                                        {{"Idempotency-Key", "k-1"}});
    const auto url = member(made, "invitation.url");
    const auto token = url.substr(url.find('#') + 1);
    Browser olga(office);
    const auto look = olga.post("/api/v1/invitation/look", R"({"token":")" + token + R"("})");
    CHECK(member(look, "login") == "olga");
    const auto weak = olga.post("/api/v1/invitation/accept", R"({"token":")" + token + R"(","password":"1234567890"})");
    CHECK(member(weak, "fields.0.code") == "weak");
    const auto accept = R"({"token":")" + token + R"(","password":"correct horse 7"})";
    CHECK(member(olga.post("/api/v1/invitation/accept", accept), "next") == "done");
    olga.learn_csrf();
    CHECK(olga.get("/api/v1/staff").status == 403);
    CHECK(member(olga.get("/api/v1/me"), "lang") == "en");
    CHECK(olga.post("/api/v1/invitation/accept", accept).status == 410);
    CHECK(office.count("SELECT COUNT(*) FROM audit WHERE action = 'access.refused'") == 1);
}

TEST_CASE("a repeated create gives the first answer again, and its link lies nowhere in the clear") {
    Office office;
    const std::string olga = R"({"login":"olga","name":"Ольга","roles":["clerk"]})";
    const Extra key{{"Idempotency-Key", "k-1"}};
    const auto first = office.admin.send(Method::post, "/api/v1/staff", olga, key);
    const auto second = office.admin.send(Method::post, "/api/v1/staff", olga, key);
    CHECK(first.status == 201);
    CHECK(second.status == 201);
    CHECK(second.body == first.body);
    CHECK(office.count("SELECT COUNT(*) FROM staff") == 3);
    const auto other =
        office.admin.send(Method::post, "/api/v1/staff", R"({"login":"ivan","name":"И","roles":["clerk"]})", key);
    CHECK(other.status == 409);
    Browser second_admin(office, office.person("boris", {Role::admin}));
    CHECK(second_admin.send(Method::post, "/api/v1/staff", olga, key).status ==
          409);  // his own key: the login is taken
    const auto url = member(first, "invitation.url");
    const auto token = url.substr(url.find('#') + 1);
    const auto kept = office.db->read([](sql::Tx& tx) { return tx.query("SELECT body FROM idempotency"); }).value();
    for (const auto& row : kept) CHECK(core::text_of(row.get<core::Bytes>(0)).find(token) == std::string_view::npos);
    office.clock.at += 25h;
    Browser later(office, office.person("vera", {Role::admin}));
    later.send(Method::post, "/api/v1/staff", R"({"login":"ivan","name":"И","roles":["clerk"]})", key);
    CHECK(office.count("SELECT COUNT(*) FROM idempotency") == 1);  // the old ones are forgotten
}

TEST_CASE("an admin ends a colleague's sessions, resets his factor and blocks him") {
    Office office;
    Browser petr(office, office.petr);
    const auto path = "/api/v1/staff/" + office.petr.id;
    CHECK(petr.get("/api/v1/me").status == 200);
    CHECK(office.admin.send(Method::del, path + "/sessions").status == 204);
    CHECK(petr.get("/api/v1/me").status == 401);
    CHECK(office.admin.send(Method::del, path + "/totp").status == 204);
    const auto blocked = office.admin.send(Method::patch, path, R"({"blocked":true})", {{"If-Match", "\"1\""}});
    CHECK(member(blocked, "state") == "blocked");
    CHECK(office.admin.send(Method::post, path + "/invitation").status == 409);
}

TEST_CASE("the audit list pages and names people") {
    Office office;
    for (int i = 0; i < 3; ++i) {
        office.clock.at += 1s;
        office.admin.send(Method::patch, "/api/v1/me", R"({"lang":")" + std::string(i % 2 ? "ru" : "en") + R"("})");
    }
    std::size_t pages = 0;
    std::string cursor;
    do {
        const auto page = office.admin.get("/api/v1/audit?action=staff.edited&limit=2" + cursor);
        REQUIRE(page.status == 200);
        CHECK(member(page, "items.0.who.name") == "Пётр anna");
        cursor = "&cursor=" + member(page, "next");
        ++pages;
    } while (cursor != "&cursor=null");
    CHECK(pages == 2);
}
