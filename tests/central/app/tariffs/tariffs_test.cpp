// Zones, slots and prices of orders together, on both engines.
#include "shared/text/local_day.hpp"
#include "tests/central/app/tariffs/tariff_office.hpp"

using namespace plus7;
using namespace plus7::test;
using core::ErrorKind;

TEST_CASE_TEMPLATE("the zone of a place is the open one of the highest priority", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    CHECK(office.zone_name(inside) == "Город");
    CHECK_FALSE(office.zone_name(outside).has_value());
    office.run([&](core::Tx& tx) {
        return import_zones(tx, {draft("Центр", box(55.4, 37.4, 55.6, 37.6), 5)}, true, office.now);
    });
    CHECK(office.zone_name(inside) == "Центр");
    CHECK(office.zone_name({55.1, 37.1}) == "Город");
    office.run([&](core::Tx& tx) {
        ZoneChange change;
        change.open = false;
        return change_zone(tx, locate(tx, inside).zone->id, change).value();
    });
    CHECK(office.zone_name(inside) == "Город");
    office.run([&](core::Tx& tx) {
        CHECK(require_inside(tx, inside).ok());
        CHECK(require_inside(tx, outside).error().kind == ErrorKind::invalid);
        CHECK(require_inside(tx, std::nullopt).error().kind == ErrorKind::invalid);
        return 0;
    });
}

TEST_CASE_TEMPLATE("a file of zones is looked at before it counts, and twice it changes nothing", Engine, Sqlite,
                   Postgres) {
    Office<Engine> office;
    using Change = ImportLine::Change;
    const std::vector<ZoneDraft> file{draft("ГОРОД", box(55, 37, 56, 39)), draft("Пригород", box(56, 37, 57, 38))};
    const auto import = [&](const std::vector<ZoneDraft>& drafts, bool apply) {
        return office.run([&](core::Tx& tx) { return import_zones(tx, drafts, apply, office.now); });
    };
    const auto seen = import(file, false);
    CHECK(seen[0].change == Change::changed);
    CHECK(seen[0].members == std::vector<std::string>{"shape", "name"});
    CHECK(seen[1].change == Change::added);
    CHECK_FALSE(office.zone_name({56.5, 37.5}).has_value());
    import(file, true);
    CHECK(office.zone_name({56.5, 37.5}) == "Пригород");
    for (const auto& line : import(file, true)) CHECK(line.change == Change::same);

    auto broken = draft("Дальний", {{{{55, 37}, {56, 38}, {56, 37}, {55, 38}, {55, 37}}}});
    const auto refused =
        import({draft("Новый", box(57, 37, 58, 38)), broken, draft("новый", box(58, 37, 59, 38))}, true);
    CHECK(refused[1].fault.find("crosses itself") != std::string::npos);
    CHECK(refused[2].fault.find("same name") != std::string::npos);
    CHECK_FALSE(office.zone_name({57.5, 37.5}).has_value());
    auto lost = draft("Новый", box(57, 37, 58, 38));
    lost.data.depot = std::optional<std::string>("нет такого");
    CHECK(import({lost}, true)[0].fault == "no such depot");
}

TEST_CASE_TEMPLATE("slots are offered by the clock of the depot that serves the zone", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    office.slot(10 * 60, 14 * 60, 2, 60);
    const auto moscow = office.offered(1);
    REQUIRE(moscow.size() == 1);
    CHECK(core::count(moscow[0].from) == core::count(office.now) + 3'600'000'000);
    CHECK_FALSE(moscow[0].too_late);
    office.now += std::chrono::seconds{1};
    CHECK(office.offered(1).at(0).too_late);
    CHECK(office.offered(7).size() == 5);  // not on Saturday and Sunday

    office.run([&](core::Tx& tx) {
        orders::SiteChange site;
        site.name = "Омский";
        site.address = "ул. Складская, 1";
        site.time_zone = "Asia/Omsk";
        const auto depot = orders::create_site(tx, true, site, office.now).value();
        ZoneChange change;
        change.depot = std::optional(depot.id);
        return change_zone(tx, locate(tx, inside).zone->id, change).value();
    });
    CHECK(core::count(office.offered(1).at(0).from) == core::count(moscow[0].from) - 3 * 3'600'000'000LL);
}

TEST_CASE_TEMPLATE("a holiday has no slots, or those of another weekday; a zone's own day comes first", Engine, Sqlite,
                   Postgres) {
    Office<Engine> office;
    office.slot(10 * 60, 14 * 60, 2);
    const auto holiday = [&](const std::string& day, std::optional<std::int64_t> as, bool of_zone = false) {
        office.run([&](core::Tx& tx) {
            store::HolidayRow row;
            row.day = day;
            row.name = "День";
            row.as_weekday = as;
            if (of_zone) row.zone = locate(tx, inside).zone->id;
            return create_holiday(tx, row, office.now).value().id;
        });
    };
    holiday("2026-11-24", std::nullopt);
    CHECK(office.offered(7).size() == 4);
    holiday("2026-11-28", 0);  // a Saturday that works as Monday
    CHECK(office.offered(7).size() == 5);
    holiday("2026-11-24", 1, true);
    CHECK(office.offered(7).size() == 6);
    office.run([&](core::Tx& tx) {
        store::HolidayRow row;
        row.day = "2026-02-30";
        row.name = "День";
        CHECK(create_holiday(tx, row, office.now).error().kind == ErrorKind::invalid);
        return 0;
    });
}

TEST_CASE_TEMPLATE("a slot takes as many orders as it has places; who has one keeps it", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    office.slot(10 * 60, 14 * 60, 1);
    const auto slot = window(office.offered(1).at(0));
    const auto first = office.order(inside, slot);
    CHECK(office.offered(1).at(0).taken == 1);
    CHECK(office.settled(first).ok());
    auto asked = office.asked(inside, slot);
    const auto full = office.enter(asked);
    REQUIRE_FALSE(full.ok());
    CHECK(full.error().kind == ErrorKind::conflict);
    CHECK(full.error().message.starts_with("slot:"));
    CHECK(number(*office.database, "SELECT COUNT(*) FROM customer_order") == 1);
    asked.terms.over_capacity = true;
    const auto second = office.enter(asked).value();
    CHECK(office.offered(1).at(0).taken == 2);
    for (const auto& order : {first, second})
        office.run([&](core::Tx& tx) {
            REQUIRE(orders::cancel(tx, {"staff", office.now}, order.id, "передумал").ok());
            return 0;
        });
    CHECK(office.offered(1).at(0).taken == 0);
}

TEST_CASE_TEMPLATE("a window that was typed freely takes no place", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    office.slot(10 * 60, 14 * 60, 1);
    auto slot = window(office.offered(1).at(0));
    slot.to += std::chrono::minutes{1};
    const auto order = office.order(inside, slot);
    REQUIRE(office.settled(order).ok());
    CHECK_FALSE(office.price(order).slot.has_value());
    CHECK(office.offered(1).at(0).taken == 0);
}

TEST_CASE_TEMPLATE("an order keeps the price of its version of the tariff", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    const auto first = office.tariff(30'000, office.now - std::chrono::hours{1});
    const auto order = office.order(inside);
    REQUIRE(office.settled(order).ok());
    CHECK(office.price(order).total == 30'000);
    CHECK(office.price(order).lines.at(0).what == "Город");

    office.now += std::chrono::hours{2};
    const auto second = office.tariff(50'000, office.now);
    REQUIRE(office.settled(order).ok());
    CHECK(office.price(order).tariff == first);
    CHECK(office.price(order).total == 30'000);
    const auto later = office.order(inside);
    REQUIRE(office.settled(later).ok());
    CHECK(office.price(later).tariff == second);
    CHECK(office.run([&](core::Tx& tx) { return default_proof(tx, "RUB", office.now); }) ==
          std::vector<std::string>{"code", "photo"});
    CHECK_FALSE(office.run([&](core::Tx& tx) { return default_proof(tx, "KZT", office.now); }).has_value());
}

TEST_CASE_TEMPLATE("as long as no zone is open nothing is outside, and every order costs the base", Engine, Sqlite,
                   Postgres) {
    Office<Engine> office;
    office.tariff(30'000, office.now);
    office.run([&](core::Tx& tx) {
        ZoneChange closed;
        closed.open = false;
        return change_zone(tx, locate(tx, inside).zone->id, closed).value();
    });
    for (const auto& where : {std::optional(outside), std::optional<core::LatLon>{}}) {
        const auto order = office.enter(office.asked(where)).value();
        CHECK_FALSE(office.price(order).outside);
        CHECK(office.price(order).total == 30'000);
        CHECK(office.price(order).lines.at(0).what.empty());
    }
}

TEST_CASE_TEMPLATE("an order outside of all zones is kept with a mark and without a price", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    office.tariff(30'000, office.now);
    const auto order = office.order(outside);
    REQUIRE(office.settled(order).ok());
    CHECK(office.price(order).outside);
    CHECK_FALSE(office.price(order).total.has_value());
    CHECK(office.price(order).lines.empty());
}
