// How a partner's file is refused, interrupted and gone on with.
#include "central/app/registries/registries.hpp"
#include "shared/http/request.hpp"
#include "tests/central/api/registry_house.hpp"

using namespace plus7;
using namespace plus7::test;

namespace registries = central::app::registries;

namespace {

constexpr const char* head = "Номер заказа;Получатель;Адрес\n";

std::string many(int orders) {
    std::string text = head;
    for (int i = 1; i <= orders; ++i) text += "L-" + std::to_string(i) + ";Ольга;\"ул. Садовая, 14\"\n";
    return text;
}

}  // namespace

TEST_CASE("what is wrong with a file or with the query is named, and nothing is kept") {
    RegistryHouse house;
    const auto before = house.changes();
    struct Row {
        std::string file, query, field, code;
    };
    const Row rows[]{
        {"", "", "file", "required"},
        {"PK\x03\x04", "", "file", "malformed"},
        {"Номер заказа;Адрес\n1;2\n", "", "file.recipient", "required"},
        {std::string(registries::most_bytes + 1, 'x'), "", "file", "out_of_range"},
        {many(1), "?site=" + house.depot, "sender", "required"},
        {many(1), "?sender=A", "site", "required"},
        {many(1), "?site=" + house.depot + "&sender=" + std::string(101, 'A'), "sender", "too_long"},
        {many(1), house.whose(std::string(65, '1')), "outer_number", "too_long"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.field);
        for (const bool is_preview : {true, false}) {
            const auto refused = is_preview ? house.preview(row.file, row.query) : house.begin(row.file, row.query);
            CHECK(refused.status == 400);
            CHECK(member(refused, "fields.0.field") == row.field);
            CHECK(member(refused, "fields.0.code") == row.code);
        }
    }
    CHECK(house.preview(many(1), "?sender=A&site=nowhere").status == 404);
    CHECK(house.begin(many(1), "?sender=A&site=nowhere").status == 404);
    const auto form = house.browser.send(http::Method::post, "/api/v1/registries/preview" + house.whose(), many(1),
                                         {{"Content-Type", "application/json"}});
    CHECK(form.status == 400);
    CHECK(house.changes() == before);
}

TEST_CASE("a closed registry takes no file, and a closed depot neither") {
    RegistryHouse house;
    house.import(many(1));
    house.db->write([](core::Tx& tx) { tx.exec("UPDATE registry SET state = 'closed'"); }).value();
    CHECK(house.preview(many(2)).status == 409);
    CHECK(house.begin(many(2)).status == 409);
    CHECK(member(house.import(many(2), house.whose("P-8")), "number") == "R-102");
    house.db->write([](core::Tx& tx) { tx.exec("UPDATE site SET state = 'closed'"); }).value();
    CHECK(house.begin(many(2), house.whose("P-9")).status == 409);
}

TEST_CASE("while a file is read its progress is told, and no other file of the registry is taken") {
    RegistryHouse house;
    house.workers.stop();  // nothing is read
    const auto begun = house.begin(many(80));
    REQUIRE(begun.status == 202);
    CHECK(member(begun, "state") == "reading");
    CHECK(member(begun, "import.state") == "reading");
    CHECK(member(begun, "import.lines") == "80");
    CHECK(member(begun, "import.done") == "0");
    CHECK(house.begin(many(81)).status == 409);
    house.clock.advance(std::chrono::seconds{21});
    CHECK(member(house.card(member(begun, "id")), "import.state") == "interrupted");
}

TEST_CASE("an import that was cut off is completed by the same file, and who comes back late does nothing") {
    RegistryHouse house;
    const auto text = many(80);
    auto file = std::make_shared<const registries::RegistryFile>(*registries::read_file(text, "Europe/Moscow").file);
    const registries::Whose whose{"Двор", house.depot, "P-7"};
    const auto begin = [&] {
        return house.db
            ->write([&](core::Tx& tx) {
                return registries::begin(tx, {{}, house.clock.now()}, {}, whose, file);
            })
            .value();
    };
    const auto step = [&](const registries::Import& import, std::size_t from) {
        registries::Step some{from, registries::step_end(*file, from), {}};
        for (auto i = some.from; i < some.to; ++i)
            some.prepared.push_back(central::app::orders::prepare(20'000 + static_cast<std::int64_t>(i)));
        return house.db->write(
            [&](core::Tx& tx) { return registries::take_step(tx, import, some, house.clock.now()); });
    };
    const auto killed = begin();
    REQUIRE(step(killed, 0).ok());
    CHECK(member(house.card(killed.registry), "import.done") == "25");
    CHECK(member(house.card(killed.registry), "state") == "reading");
    house.clock.advance(std::chrono::seconds{21});
    const auto card = house.import(text);
    CHECK(member(card, "id") == killed.registry);
    CHECK(RegistryHouse::counts(card) == "55 0 25 0");
    CHECK(member(card, "state") == "open");
    CHECK(member(card, "total") == "80");
    const auto before = house.changes();
    const auto late = step(killed, 25);
    REQUIRE_FALSE(late.ok());
    CHECK(late.error().kind == core::ErrorKind::expired);
    CHECK_FALSE(house.db->write([&](core::Tx& tx) { return registries::finish(tx, killed, house.clock.now()); }).ok());
    CHECK(house.changes() == before);
}

TEST_CASE("the same request again gives the same answer and reads nothing twice") {
    RegistryHouse house;
    const auto send = [&] {
        return house.browser.send(http::Method::post, "/api/v1/registries" + house.whose(), many(3),
                                  {{"Content-Type", "text/csv"}, {"Idempotency-Key", "one"}});
    };
    const auto first = send();
    REQUIRE(first.status == 202);
    REQUIRE(eventually([&] { return member(house.card(member(first, "id")), "import.state") == "done"; }));
    CHECK(send().body == first.body);
    CHECK(house.count("SELECT COUNT(*) FROM audit WHERE action = 'registry.imported'") == 1);
}

TEST_CASE("templates are files that the import takes") {
    RegistryHouse house;
    for (const std::string lang : {"ru", "en"}) {
        const auto form = house.browser.get("/api/v1/registries/template.csv?lang=" + lang);
        REQUIRE(form.status == 200);
        CHECK(RegistryHouse::counts(house.preview(form.body), "") == "3 0 0 0");
    }
}

TEST_CASE("an order entered by hand is the one that the partner's file means, and its number is not given twice") {
    RegistryHouse house;
    const auto create = [&](const char* key) {
        return house.browser.send(http::Method::post, "/api/v1/orders",
                                  R"({"sender": "Двор", "outer_ref": "L-1", "recipient": {"name": "Ольга"},
                                      "address": {"text": "ул. Садовая, 14"}, "parcels": [{}]})",
                                  {{"Idempotency-Key", key}});
    };
    REQUIRE(create("a").status == 201);
    CHECK(create("b").status == 409);
    CHECK(RegistryHouse::counts(house.import(many(2))) == "1 0 1 0");
}
