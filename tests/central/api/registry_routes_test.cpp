// Partners' files through the API: what they make and change, what is refused, and what comes back.
#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/devices/registry.hpp"
#include "central/app/dispatch/plan.hpp"
#include "central/store/view_store.hpp"
#include "shared/wire/task_rows.hpp"
#include "tests/central/api/registry_house.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

constexpr const char* head = "Номер заказа;Получатель;Адрес;Телефон;Штрихкод;Комментарий\n";

std::string two_orders(const std::string& name = "Ольга") {
    return head + std::string("L-1;") + name + ";ул. Садовая, 14;+79990000001;4601;тихо\nL-1;;;;4602;\n" +
           "L-2;Пётр;пр. Мира, 101;;4603;\n";
}

}  // namespace

TEST_CASE("a partner's file makes orders, and a registry of their parcels") {
    RegistryHouse house;
    const auto card = house.import(RegistryHouse::sample());
    CHECK(RegistryHouse::counts(card) == "60 0 0 0");
    CHECK(member(card, "number") == "R-101");
    CHECK(member(card, "outer_number") == "P-7");
    CHECK(member(card, "state") == "open");
    CHECK(member(card, "total") == "60");
    CHECK(member(card, "expected") == "60");
    CHECK(member(card, "arrived") == "0");
    CHECK(member(card, "site.name") == "Останкино");
    CHECK(member(card, "created_by") == "Пётр dispatcher");
    CHECK(house.count("SELECT COUNT(*) FROM customer_order") == 54);
    CHECK(house.count("SELECT COUNT(DISTINCT secret) FROM customer_order") == 54);
    CHECK(house.count("SELECT COUNT(*) FROM audit WHERE action = 'order.created'") == 54);
    CHECK(house.count("SELECT COUNT(*) FROM audit WHERE action = 'registry.imported'") == 1);
    const auto first = house.browser.get("/api/v1/registries/" + member(card, "id") + "/lines?limit=50");
    CHECK(member(first, "items.0.outer_ref") == "KD-5001");
    CHECK(member(first, "items.0.code") == "2000000000015");
    CHECK(member(first, "items.0.status") == "accepted");
    const auto rest = house.browser.get("/api/v1/registries/" + member(card, "id") +
                                        "/lines?limit=50&cursor=" + member(first, "next"));
    CHECK(member(rest, "items.9.line") == "60");
    CHECK(member(rest, "next") == "null");
    CHECK(member(house.browser.get("/api/v1/registries"), "items.0.number") == "R-101");
}

TEST_CASE("a preview says what the file would do, line by line, and changes nothing") {
    RegistryHouse house;
    house.import(two_orders());
    const auto before = house.changes();
    const auto report = house.preview(head + std::string("L-1;Ольга;ул. Садовая, 14;+79990000001;4601;тихо\n"
                                                         "L-1;;;;4602;\nL-2;Павел;пр. Мира, 101;;4603;\n"
                                                         "L-3;Зоя;Мира, 5;8999;;\nL-4;Вера;Мира, 6;;4604;\n"));
    REQUIRE(report.status == 200);
    CHECK(RegistryHouse::counts(report, "") == "1 1 2 1");
    CHECK(member(report, "registry.name") == "R-101");
    CHECK(member(report, "orders") == "4");
    CHECK(member(report, "lines.0.outcome") == "unchanged");
    CHECK(member(report, "lines.2.outcome") == "updated");
    CHECK(member(report, "lines.3.line") == "5");
    CHECK(member(report, "lines.3.faults.0.field") == "phone");
    CHECK(member(report, "lines.3.faults.0.code") == "malformed");
    CHECK(member(report, "lines.3.faults.0.detail") == "Phone: cannot be read");
    CHECK(member(report, "lines.4.outcome") == "created");
    CHECK(house.changes() == before);
}

TEST_CASE("the same file twice changes nothing, and is the same registry, with a partner's number or without") {
    for (const std::string number : {"P-7", ""}) {
        CAPTURE(number);
        RegistryHouse house;
        const auto first = house.import(two_orders(), house.whose(number));
        const auto before = house.changes();
        const auto again = house.import(two_orders(), house.whose(number));
        CHECK(member(again, "id") == member(first, "id"));
        CHECK(RegistryHouse::counts(again) == "0 0 3 0");
        CHECK(house.changes() == before + 1);  // that it was imported stands in the log
        CHECK(house.count("SELECT COUNT(*) FROM registry_line") == 3);
    }
}

TEST_CASE("a corrected file changes the orders by the sender's number; what it has no column for stays") {
    RegistryHouse house;
    house.import(two_orders());
    const auto card = house.import(
        "Номер заказа;Получатель;Адрес;Штрихкод\nL-1;Ольга Мельник;ул. Садовая, 14;4601\n"
        "L-1;;;4605\nL-1;;;4606\nL-2;Пётр;пр. Мира, 101;4603\n");
    CHECK(RegistryHouse::counts(card) == "0 3 1 0");
    CHECK(member(card, "total") == "4");
    const auto found = house.browser.get("/api/v1/orders?q=L-1");
    CHECK(member(found, "items.0.recipient.name") == "Ольга Мельник");
    CHECK(member(found, "items.0.recipient.phone") == "+79990000001");
    CHECK(member(found, "items.0.address.comment") == "тихо");
    CHECK(member(found, "items.0.parcels_count") == "3");
    const auto order = house.browser.get("/api/v1/orders/" + member(found, "items.0.id"));
    CHECK(member(order, "parcels.1.codes.1") == "4605");
    CHECK(member(order, "parcels.2.codes.1") == "4606");
    CHECK(house.count("SELECT COUNT(*) FROM audit WHERE action = 'order.edited'") == 1);
    const auto emptied = house.import(head + std::string("L-2;Пётр;пр. Мира, 101;;;\n"));
    CHECK(RegistryHouse::counts(emptied) == "0 1 0 0");
    CHECK(house.count("SELECT COUNT(*) FROM parcel_code WHERE code = '4603'") == 0);
}

TEST_CASE("lines that cannot be taken come back as a file with reasons, which can be corrected and sent again") {
    RegistryHouse house;
    const auto card = house.import(head + std::string("L-1;=cmd;ул. Садовая, 14;8999;4601;+1\nL-1;;;;4602;\n"
                                                      "L-2;Пётр;\"пр. Мира; 101\";;4603;\n"));
    CHECK(RegistryHouse::counts(card) == "1 0 0 2");
    const auto id = member(card, "id");
    const auto listed = house.browser.get("/api/v1/registries/" + id + "/rejected");
    CHECK(member(listed, "items.0.line") == "2");
    CHECK(member(listed, "items.0.recipient") == "=cmd");
    CHECK(member(listed, "items.1.faults.0.code") == "other_line");
    auto file = house.browser.get("/api/v1/registries/" + id + "/rejected.csv");
    CHECK(file.headers.get_or("Content-Type", "") == "text/csv; charset=utf-8");
    CHECK(file.headers.get_or("Content-Disposition", "").find("R-101-rejected.csv") != std::string::npos);
    CHECK(file.body ==
          "\xEF\xBB\xBFНомер заказа;Получатель;Адрес;Телефон;Штрихкод;Комментарий;Причина\r\n"
          "L-1;'=cmd;\"ул. Садовая, 14\";8999;4601;'+1;Телефон: не читается\r\n"
          "L-1;;;;4602;;строка 2 того же заказа неверна\r\n");
    CHECK(house.browser.get("/api/v1/registries/" + id + "/rejected.csv?lang=en").body.find("Phone: cannot be read") !=
          std::string::npos);
    file.body.replace(file.body.find("8999"), 4, "89990000001");
    const auto corrected = house.import(file.body);
    CHECK(member(corrected, "id") == id);
    CHECK(RegistryHouse::counts(corrected) == "2 0 0 0");
    CHECK(member(corrected, "total") == "3");
    CHECK(house.count("SELECT COUNT(*) FROM customer_order WHERE recipient = '=cmd' AND comment = '+1'") == 1);
    CHECK(house.browser.get("/api/v1/registries/" + id + "/rejected").body == "{\"items\":[]}");
}

TEST_CASE("what may not change any more is a rejected line: an order that is over, fewer parcels, a barcode taken") {
    RegistryHouse house;
    house.import(two_orders());
    const auto over = member(house.browser.get("/api/v1/orders?q=L-2"), "items.0.id");
    REQUIRE(house.browser.post("/api/v1/orders/" + over + "/cancel", R"({"reason": "передумал"})").status == 200);
    const auto code = [&](const std::string& lines, int line = 0) {
        const auto report = house.preview(head + lines);
        REQUIRE(report.status == 200);
        return member(report, "lines." + std::to_string(line) + ".faults.0.field") + ":" +
               member(report, "lines." + std::to_string(line) + ".faults.0.code");
    };
    CHECK(code("L-2;Павел;пр. Мира, 101;;4603;\n") == ":order_over");
    CHECK(code("L-2;Пётр;пр. Мира, 101;;4603;\n") == ":");  // unchanged
    CHECK(code("L-1;Ольга;ул. Садовая, 14;+79990000001;4601;тихо\n") == ":fewer_parcels");
    CHECK(code("L-9;Зоя;Мира, 5;;4602;\n") == "barcode:taken");
    CHECK(code("L-9;Зоя;Мира, 5;;4603;\n") == ":");  // of an order that is over
    house.db
        ->write([&](core::Tx& tx) {
            tx.exec(
                "UPDATE custody SET holder_kind = 'depot', status = 'at_depot' WHERE parcel_id = (SELECT parcel_id "
                "FROM parcel_code WHERE code = '4601')");
            tx.exec(
                "UPDATE custody SET status = 'out_for_delivery' WHERE parcel_id = (SELECT parcel_id FROM "
                "parcel_code WHERE code = '4602')");
        })
        .value();
    CHECK(member(house.browser.get("/api/v1/registries"), "items.0.arrived") == "1");
    const std::string same = "L-1;Ольга;ул. Садовая, 14;+79990000001;";
    CHECK(code(same + "4600;тихо\nL-1;;;;4602;\n") == "barcode:in_hands");
    CHECK(code(same + "4600;тихо\nL-1;;;;4602;\n", 1) == ":other_line");
    CHECK(code(same + "4601;тихо\nL-1;;;;4602;\nL-1;;;;4609;\n") == ":on_the_way");
    CHECK(code(same + "4601;громко\nL-1;;;;4602;\n") == ":");
}

TEST_CASE("a change and a new parcel reach the handheld of the courier for whom the order is planned") {
    RegistryHouse house;
    house.import(two_orders());
    const auto order = member(house.browser.get("/api/v1/orders?q=L-1"), "items.0.id");
    const auto device =
        house.db
            ->write([&](core::Tx& tx) {
                const auto courier =
                    central::app::couriers::create(tx, {"Иван", "C-1", {}}, house.clock.now()).value().id;
                const auto made = central::app::devices::create_device(tx, "handheld", house.clock.now()).value().id;
                central::app::devices::bind(tx, courier, made).value();
                central::app::dispatch::plan(tx, {{}, house.clock.now()}, {{order}, courier, false}).value();
                return made;
            })
            .value();
    house.import(head + std::string("L-1;Ольга Мельник;ул. Садовая, 14;+79990000001;4601;тихо\nL-1;;;;4602;\n"
                                    "L-1;;;;4607;\n"));
    const auto rows = house.db->read([&](core::Tx& tx) { return central::store::live_view_rows(tx, device); }).value();
    int parcels = 0;
    for (const auto& row : rows) {
        parcels += row.key.kind == wire::RowKind::parcel ? 1 : 0;
        if (row.key.kind == wire::RowKind::recipient)
            CHECK(wire::decode_recipient_row(row.body)->name == "Ольга Мельник");
    }
    CHECK(parcels == 3);
}
