// Whoever makes or changes an order: its zone, slot, price and proof follow.
#include "tests/central/app/tariffs/tariff_office.hpp"

using namespace plus7;
using namespace plus7::test;
using core::ErrorKind;

TEST_CASE_TEMPLATE("what changes where, when or how heavy prices the order anew; what does not leaves it", Engine,
                   Sqlite, Postgres) {
    Office<Engine> office;
    office.tariff(30'000, office.now);
    const auto order = office.order(inside);
    CHECK(office.price(order).total == 30'000);
    orders::OrderChange moved;
    moved.where = std::optional(outside);
    REQUIRE(office.change(order, moved).ok());
    CHECK(office.price(order).outside);
    CHECK_FALSE(office.price(order).total.has_value());
    orders::OrderChange back;
    back.where = std::optional(inside);
    REQUIRE(office.change(order, back).ok());
    CHECK(office.price(order).total == 30'000);

    office.run([&](core::Tx& tx) { return orders::add_parcel(tx, {{}, office.now}, order, 2, {{}, {}, 1500}); });
    CHECK(office.price(order).total == 37'000);
    office.run([&](core::Tx& tx) {
        auto parcel = store::parcels_of(tx, order.id).at(1);
        parcel.weight_g = 100;
        REQUIRE(orders::change_parcel(tx, order, parcel, office.now).ok());
        return 0;
    });
    CHECK(office.price(order).total == 30'000);

    office.run([&](core::Tx& tx) {
        return import_zones(tx, {draft("Центр", box(55.4, 37.4, 55.6, 37.6), 5)}, true, office.now);
    });
    orders::OrderChange renamed;
    renamed.recipient = {"Ольга Котова", {}};
    REQUIRE(office.change(order, renamed).ok());
    CHECK(office.price(order).lines.at(0).what == "Город");
}

TEST_CASE_TEMPLATE("an order keeps its place in a full slot when it gets heavier, and takes none of another", Engine,
                   Sqlite, Postgres) {
    Office<Engine> office;
    const auto early = office.slot(10 * 60, 14 * 60, 1);
    office.slot(14 * 60, 18 * 60, 1);
    const auto slots = office.offered(1);
    const auto first = office.order(inside, window(slots.at(0)));
    office.order(inside, window(slots.at(1)));
    office.run([&](core::Tx& tx) { return orders::add_parcel(tx, {{}, office.now}, first, 2, {{}, {}, 1500}); });
    CHECK(office.price(first).slot == early);
    orders::OrderChange later;
    later.slot = std::optional(window(slots.at(1)));
    const auto refused = office.change(first, later);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message.starts_with("slot:"));
    CHECK(office.price(first).slot == early);
    later.over_capacity = true;
    CHECK(office.change(first, later).ok());
    CHECK(office.offered(1).at(0).taken == 0);
}

TEST_CASE_TEMPLATE("what nobody chose as proof the tariff demands, without one it is the code", Engine, Sqlite,
                   Postgres) {
    Office<Engine> office;
    CHECK(office.order(inside).proof == "code");
    office.tariff(30'000, office.now);
    CHECK(office.order(inside).proof == "code,photo");
    auto asked = office.asked(inside);
    asked.terms.proof = {"signature"};
    CHECK(office.enter(asked).value().proof == "signature");
    asked.terms.proof = std::vector<std::string>{};
    CHECK(office.enter(asked).value().proof.empty());
}

TEST_CASE_TEMPLATE("a shop's order goes where we deliver, or to a point, which is ours", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    office.tariff(30'000, office.now);
    CHECK(office.place(office.asked(inside)).ok());
    for (const auto& where : {std::optional(outside), std::optional<core::LatLon>{}}) {
        auto asked = office.asked(where);
        asked.terms.outer_ref = std::optional<std::string>("L-1");
        const auto refused = office.place(asked);
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().kind == ErrorKind::invalid);
        CHECK(refused.error().message.starts_with("place:"));
    }
    auto to_point = office.asked(std::nullopt);
    to_point.terms.address.reset();
    to_point.terms.where.reset();
    to_point.terms.point = office.point("На Новой", inside).id;
    const auto placed = office.place(to_point);
    REQUIRE(placed.ok());
    const auto price = office.run([&](core::Tx& tx) { return *store::find_order_price(tx, placed->order); });
    CHECK(price.total == 30'000);
    CHECK(price.lines.at(0).what == "Город");

    office.run([&](core::Tx& tx) {
        ZoneChange closed;
        closed.open = false;
        return change_zone(tx, locate(tx, inside).zone->id, closed).value();
    });
    CHECK(office.place(office.asked(outside)).ok());
    CHECK(office.place(office.asked(std::nullopt)).ok());
}

TEST_CASE_TEMPLATE("orders follow their point when it moves: address and zone, while the price stays as agreed", Engine,
                   Sqlite, Postgres) {
    Office<Engine> office;
    office.tariff(30'000, office.now);
    const auto point = office.point("На Новой", inside);
    auto asked = office.asked(std::nullopt);
    asked.terms.address.reset();
    asked.terms.where.reset();
    asked.terms.point = point.id;
    const auto order = office.enter(asked).value();
    CHECK(office.price(order).zone.has_value());

    orders::SiteChange moved;
    moved.address = "ул. Дальняя, 9";
    moved.where = std::optional(outside);
    const auto follow = [&](const orders::SiteChange& change) {
        return office.run([&](core::Tx& tx) {
            const auto before = *store::find_site(tx, point.id);
            return orders::follow_point(tx, before, orders::change_site(tx, point.id, change).value());
        });
    };
    CHECK(follow(moved) == std::vector<std::string>{order.id});
    const auto now = office.run([&](core::Tx& tx) { return *store::find_order(tx, order.id); });
    CHECK(now.address == "ул. Дальняя, 9");
    CHECK(office.price(order).outside);
    CHECK_FALSE(office.price(order).zone.has_value());
    CHECK(office.price(order).total == 30'000);

    orders::SiteChange renamed;
    renamed.name = "На Дальней";
    CHECK(follow(renamed).empty());
}

TEST_CASE_TEMPLATE("the same order of a shop again is found, also when its zone is closed by now", Engine, Sqlite,
                   Postgres) {
    Office<Engine> office;
    auto asked = office.asked(inside);
    asked.terms.outer_ref = std::optional<std::string>("L-1");
    const auto first = office.place(asked).value();
    office.run([&](core::Tx& tx) {
        import_zones(tx, {draft("Другой", box(57, 37, 58, 38))}, true, office.now);
        ZoneChange closed;
        closed.open = false;
        return change_zone(tx, locate(tx, inside).zone->id, closed).value();
    });
    const auto again = office.place(asked).value();
    CHECK_FALSE(again.is_new);
    CHECK(again.order == first.order);
    asked.terms.size = std::optional<std::string>("l");
    CHECK(office.place(asked).error().kind == ErrorKind::conflict);
}
