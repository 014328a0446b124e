// A partner's file from its bytes to orders, on either engine.
#include "central/app/orders/sites.hpp"
#include "central/app/registries/registries.hpp"
#include "central/store/migrations.hpp"
#include "tests/shared/sql/engines.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::central;
namespace registries = app::registries;

namespace {

constexpr const char* head = "Номер заказа;Получатель;Адрес;Штрихкод\n";

template <typename Engine>
struct Depot {
    Engine engine;
    std::unique_ptr<sql::Database> db = engine.open();
    core::TimeUs now = core::time_us(1'800'000'000'000'000);
    registries::Whose whose{"Двор", {}, "P-7"};

    Depot() {
        sql::migrate(*db, store::migrations()).value();
        whose.site = db->write([&](core::Tx& tx) {
                           app::orders::SiteChange site;
                           site.name = "Останкино";
                           site.address = "ул. Складская, 1";
                           return app::orders::create_site(tx, true, site, now).value().id;
                       }).value();
    }
    static std::shared_ptr<const registries::RegistryFile> file(const std::string& lines) {
        auto read = registries::read_file(head + lines, "Europe/Moscow");
        REQUIRE(read.file);
        return std::make_shared<const registries::RegistryFile>(std::move(*read.file));
    }
    registries::Import begin(const std::shared_ptr<const registries::RegistryFile>& file) {
        return db->write([&](core::Tx& tx) { return registries::begin(tx, {{}, now}, {}, whose, file); }).value();
    }
    core::Status step(const registries::Import& import, std::size_t from, std::size_t to) {
        registries::Step step{from, to, {}};
        const auto wanted = db->read([&](core::Tx& tx) {
                                  return registries::count_new(tx, import.sender, *import.file, from, to);
                              }).value();
        const auto count = static_cast<std::int64_t>(wanted);
        const auto first = db->write([&](core::Tx& tx) { return app::orders::take_numbers(tx, count); }).value();
        for (std::int64_t i = 0; i < count; ++i) step.prepared.push_back(app::orders::prepare(first + i));
        const auto taken = db->write([&](core::Tx& tx) { return registries::take_step(tx, import, step, now); });
        return taken ? core::Status{} : core::Status{taken.error()};
    }
    store::ImportRow take(const std::string& lines) {
        const auto import = begin(file(lines));
        step(import, 0, import.file->orders.size()).value();
        db->write([&](core::Tx& tx) { return registries::finish(tx, import, now); }).value();
        return db->read([&](core::Tx& tx) { return *store::find_import(tx, import.registry); }).value();
    }
};

std::string counts(const store::ImportRow& row) {
    return std::to_string(row.created) + " " + std::to_string(row.updated) + " " + std::to_string(row.unchanged) + " " +
           std::to_string(row.rejected);
}

}  // namespace

TEST_CASE_TEMPLATE("orders are made, found again, changed, and joined by a parcel", Engine, Sqlite, Postgres) {
    Depot<Engine> depot;
    const std::string first = "L-1;Ольга;Садовая, 14;4601\nL-1;;;4602\nL-2;Пётр;Мира, 101;\n";
    CHECK(counts(depot.take(first)) == "3 0 0 0");
    CHECK(counts(depot.take(first)) == "0 0 3 0");
    CHECK(counts(depot.take("L-1;Ольга Мельник;Садовая, 14;4601\nL-1;;;4602\nL-1;;;4603\nL-2;Пётр;Мира, 101;\n")) ==
          "0 3 1 0");
    CHECK(counts(depot.take("L-2;Пётр;Мира, 101;4609\nL-3;Зоя;Мира, 5;4601\n")) == "0 1 0 1");
    CHECK(number(*depot.db, "SELECT COUNT(*) FROM customer_order") == 2);
    CHECK(number(*depot.db, "SELECT COUNT(*) FROM registry_line") == 4);
    CHECK(number(*depot.db, "SELECT total FROM registry") == 4);
    CHECK(number(*depot.db, "SELECT COUNT(*) FROM parcel_code WHERE code = '4609'") == 1);
}

TEST_CASE_TEMPLATE("an order of which one parcel cannot be taken leaves nothing behind", Engine, Sqlite, Postgres) {
    Depot<Engine> depot;
    depot.take("L-1;Ольга;Садовая, 14;4601\n");
    const auto row = depot.take("L-2;Пётр;Мира, 101;4602\nL-2;;;4601\nL-1;Ольга М;Садовая, 14;4601\nL-1;;;штрих\n");
    CHECK(counts(row) == "0 0 0 4");
    CHECK(number(*depot.db, "SELECT COUNT(*) FROM customer_order") == 1);
    CHECK(number(*depot.db, "SELECT COUNT(*) FROM customer_order WHERE recipient = 'Ольга'") == 1);
    CHECK(number(*depot.db, "SELECT COUNT(*) FROM parcel") == 1);
}

TEST_CASE_TEMPLATE("a step that ends with an error is as if it had not been", Engine, Sqlite, Postgres) {
    Depot<Engine> depot;
    const auto import = depot.begin(depot.file("L-1;Ольга;Садовая, 14;\nL-2;Пётр;Мира, 101;\n"));
    const registries::Step unprepared{0, 2, {app::orders::prepare(20'000)}};
    CHECK_FALSE(
        depot.db->write([&](core::Tx& tx) { return registries::take_step(tx, import, unprepared, depot.now); }).ok());
    CHECK(number(*depot.db, "SELECT COUNT(*) FROM customer_order") == 0);
    CHECK(number(*depot.db, "SELECT done FROM registry_import") == 0);
    CHECK(depot.step(import, 0, 2).ok());
    CHECK(number(*depot.db, "SELECT done FROM registry_import") == 2);
}

TEST_CASE_TEMPLATE("what the office sent to a pickup point stays there when the partner's file comes again", Engine,
                   Sqlite, Postgres) {
    Depot<Engine> depot;
    depot.take("L-1;Ольга;Садовая, 14;4601\n");
    const auto point = depot.db
                           ->write([&](core::Tx& tx) {
                               app::orders::SiteChange site;
                               site.name = "Пункт на Лесной";
                               site.address = "ул. Лесная, 3";
                               const auto made = app::orders::create_site(tx, false, site, depot.now).value();
                               app::orders::OrderChange change;
                               change.point = made.id;
                               const auto order = store::find_order_by_ref(tx, "Двор", "L-1");
                               app::orders::change(tx, order->id, change, depot.now).value();
                               return made.id;
                           })
                           .value();
    CHECK(counts(depot.take("L-1;Ольга;Садовая, 14;4601\nL-2;Пётр;Мира, 101;\n")) == "1 0 1 0");
    CHECK(counts(depot.take("L-1;Ольга Мельник;Садовая, 16;4601\n")) == "0 1 0 0");
    CHECK(number(*depot.db, "SELECT COUNT(*) FROM customer_order WHERE recipient = 'Ольга Мельник' AND address = "
                            "'ул. Лесная, 3' AND point_id = '" +
                                point + "'") == 1);
}
