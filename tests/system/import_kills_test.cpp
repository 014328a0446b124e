// kill -9 of central while it reads a partner's file: what was read stays, is shown as cut off, and is completed by the
// same file.
#include <doctest/doctest.h>

#include "tests/support/eventually.hpp"
#include "tests/support/postgres.hpp"
#include "tests/system/central_process.hpp"
#include "tests/system/staff_client.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

struct OnSqlite {
    static std::string database() { return {}; }
};
struct OnPostgres {
    static std::string database() { return PostgresServer::shared().fresh_database(); }
};

constexpr int orders = 500;

std::string file() {
    std::string text = "Номер заказа;Получатель;Адрес;Штрихкод\n";
    for (int i = 1; i <= orders; ++i) {
        const auto number = std::to_string(i);
        text += "L-" + number + ";Ольга Мельник;ул. Садовая, 14;46" + number + "\n";
        text += "L-" + number + ";;;47" + number + "\n";
    }
    return text;
}

struct Depot {
    explicit Depot(std::string database) : central(std::move(database)), staff(central.url(), central.setup_token()) {
        const auto made =
            staff.post("/api/v1/sites", {{"kind", "depot"}, {"name", "Северный"}, {"address", "ул. Складская, 1"}});
        REQUIRE(made.status == 201);
        site = made.body.at("id").get<std::string>();
    }
    Answer import() {
        return staff.send_file("/api/v1/registries?sender=Shop&outer_number=7&site=" + site, file(), "text/csv");
    }
    nlohmann::json registry() { return staff.get("/api/v1/registries").body.at("items").at(0); }
    std::string state() { return registry().at("import").at("state").get<std::string>(); }
    int lines(const char* count) { return registry().at("import").at(count).get<int>(); }
    int listed() { return registry().at("total").get<int>(); }

    CentralProcess central;
    StaffClient staff;
    std::string site;
};

}  // namespace

TEST_CASE_TEMPLATE("an import that is killed is shown as cut off, and the same file completes it", Engine, OnSqlite,
                   OnPostgres) {
    Depot depot(Engine::database());
    REQUIRE(depot.import().status == 202);
    REQUIRE(eventually([&] { return depot.lines("done") > 0; }));
    depot.central.kill();
    depot.central.start();
    CHECK(depot.registry().at("state") == "reading");
    CHECK(depot.import().status == 409);  // perhaps somebody else reads it
    REQUIRE(eventually([&] { return depot.state() == "interrupted"; }, std::chrono::seconds{60}));
    const auto before = depot.listed();
    CHECK(before > 0);
    CHECK(before < 2 * orders);
    CHECK(before == depot.lines("done"));
    REQUIRE(depot.import().status == 202);
    REQUIRE(eventually([&] { return depot.state() == "done"; }, std::chrono::seconds{300}));
    CHECK(depot.registry().at("state") == "open");
    CHECK(depot.listed() == 2 * orders);
    CHECK(depot.lines("unchanged") == before);
    CHECK(depot.lines("created") == 2 * orders - before);
    CHECK(depot.lines("rejected") == 0);
}
