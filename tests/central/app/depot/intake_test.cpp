// Taking in against a registry: what was expected, what was not, and what is wrong with it.
#include "tests/central/app/depot/floor_house.hpp"

using namespace plus7;
using namespace plus7::test;

TEST_CASE_TEMPLATE("parcels of the registry are taken in by any of their codes, and it is known what is missing",
                   Engine, Sqlite, Postgres) {
    FloorHouse<Engine> house;
    const auto pair = house.order({"46001", "46002"});
    const auto third = house.parcel("46003");
    const auto registry = house.registry("R-1", {pair[0], pair[1], third});
    const auto first = house.take_in({"46001"}, registry);
    CHECK(first.word == Word::taken);
    CHECK(depot::tone_of(first.word) == depot::Tone::good);
    CHECK(first.parcel->number == 1);
    CHECK(first.parcel->of == 2);
    CHECK(first.parcel->holder == house.here());
    CHECK(house.take_in({first.parcel->order_number + "-2"}, registry).word == Word::taken);
    CHECK(house.take_in({"46001"}, registry).word == Word::here);
    const auto board = house.board(registry);
    CHECK(board.figures.expected == 3);
    CHECK(board.figures.arrived == 2);
    CHECK(board.figures.extra == 0);
    REQUIRE(board.missing.size() == 1);
    CHECK(board.missing[0].id == third);
}

TEST_CASE_TEMPLATE("what went on to a courier since has arrived all the same", Engine, Sqlite, Postgres) {
    FloorHouse<Engine> house;
    const auto parcel = house.parcel("46001");
    const auto registry = house.registry("R-1", {parcel});
    const auto courier = house.courier("C-1");
    house.plan(courier);
    house.take_in({"46001"}, registry);
    CHECK(house.hand_out({"46001"}, courier).word == Word::handed);
    CHECK(house.board(registry).figures.arrived == 1);
    CHECK(house.board(registry).missing.empty());
}

TEST_CASE_TEMPLATE("what the registry does not have is extra: a parcel is taken in, a code of nobody is kept", Engine,
                   Sqlite, Postgres) {
    FloorHouse<Engine> house;
    const auto expected = house.parcel("46001"), other = house.parcel("46002"), loose = house.parcel("46003");
    const auto far = house.parcel("46004");
    const auto registry = house.registry("R-1", {expected});
    house.registry("R-2", {other});
    house.registry("R-3", {far}, house.other_site);
    const auto extra = house.take_in({"46002"}, registry);
    CHECK(extra.word == Word::taken_extra);
    CHECK(extra.registry->number == "R-2");
    CHECK(house.now_of(other).holder == house.here());
    CHECK(house.take_in({"46003"}, registry).word == Word::taken_extra);
    CHECK(house.take_in({"46004"}, registry).word == Word::taken_foreign);
    house.now += std::chrono::seconds{1};
    const auto unknown = house.take_in({"QQ-77"}, registry);
    CHECK(unknown.word == Word::unknown);
    CHECK_FALSE(unknown.parcel);
    CHECK(house.take_in({"QQ-77"}, registry).word == Word::unknown_again);
    CHECK(house.board(registry).figures.extra == 4);
    CHECK(house.board(registry).extras[3].code == "QQ-77");
    house.on_floor([&](sql::Tx& tx, const depot::Floor& floor) { return depot::undo_extra(tx, floor, *unknown.extra); })
        .value();
    CHECK(house.board(registry).figures.extra == 3);
    CHECK(house.take_in({"QQ-77"}, registry).word == Word::unknown);
}

TEST_CASE_TEMPLATE("without a registry parcels are taken in as they come", Engine, Sqlite, Postgres) {
    FloorHouse<Engine> house;
    const auto parcel = house.parcel("46001");
    const auto registry = house.registry("R-1", {parcel});
    CHECK(house.take_in({"46001"}).word == Word::taken);
    CHECK(house.board(registry).figures.arrived == 1);
    CHECK(house.take_in({"nothing"}).word == Word::unknown);
    CHECK(house.take_in({"nothing"}).word == Word::unknown_again);
}

TEST_CASE_TEMPLATE("two senders use one code: the registry decides, else the person is asked which", Engine, Sqlite,
                   Postgres) {
    FloorHouse<Engine> house;
    const auto ours = house.order({"777"}, "Лавка").front(), theirs = house.order({"777"}, "Книжный двор").front();
    const auto asked = house.take_in({"777"});
    CHECK(asked.word == Word::which);
    REQUIRE(asked.choices.size() == 2);
    CHECK(house.take_in({"777", theirs}).parcel->id == theirs);
    const auto registry = house.registry("R-1", {ours});
    CHECK(house.take_in({"777"}, registry).parcel->id == ours);
    CHECK(house.take_in({"777", any_id()}).word == Word::unknown);
}

TEST_CASE_TEMPLATE("delivered, called off, brought by a courier: each has its word", Engine, Sqlite, Postgres) {
    FloorHouse<Engine> house;
    const auto courier = house.courier("C-1");
    const auto him = depot::courier_holder(courier);
    const auto delivered = house.parcel("46001");
    house.handheld_says(courier, delivered, {HolderKind::seller, {}}, him, 0);
    house.handheld_says(courier, delivered, him, {HolderKind::customer, {}}, 0);
    CHECK(house.take_in({"46001"}).word == Word::delivered);
    CHECK(house.now_of(delivered).holder.kind == HolderKind::customer);

    const auto registry = house.registry("R-1", {house.parcel("46002")});
    CHECK(house.board(registry).missing.size() == 1);
    house.run(
        [&](sql::Tx& tx) { central::app::orders::cancel(tx, house.who(), house.last_order, "передумал").value(); });
    CHECK(house.board(registry).figures.expected == 0);
    CHECK(house.board(registry).missing.empty());
    CHECK(house.take_in({"46002"}).word == Word::taken_cancelled);

    const auto out = house.parcel("46003");
    house.handheld_says(courier, out, {HolderKind::seller, {}}, him, 0);
    const auto taken = house.take_in({"46003"});
    CHECK(taken.word == Word::taken_from_courier);
    CHECK(taken.holder == him);
    CHECK(house.now_of(out).holder == house.here());
}

TEST_CASE_TEMPLATE("a damage has a note, counts in the registry, and can be taken back", Engine, Sqlite, Postgres) {
    FloorHouse<Engine> house;
    const auto parcel = house.parcel("46001");
    const auto registry = house.registry("R-1", {parcel});
    const auto damage = [&] {
        return house.on_floor([&](sql::Tx& tx, const depot::Floor& floor) {
            return depot::note_damage(tx, floor, parcel, "порван угол");
        });
    };
    CHECK(damage().error().kind == core::ErrorKind::conflict);
    house.take_in({"46001"}, registry);
    const auto noted = damage().value();
    CHECK(noted.parcel->status == model::ParcelStatus::damaged);
    CHECK(house.board(registry).figures.damaged == 1);
    CHECK(house.board(registry).damaged[0].note == "порван угол");
    const auto unknown = house.take_in({"QQ-77"}, registry);
    house
        .on_floor([&](sql::Tx& tx, const depot::Floor& floor) {
            return depot::note_extra(tx, floor, *unknown.extra, "мокрая");
        })
        .value();
    CHECK(house.board(registry).figures.damaged == 2);
    CHECK(house.undo(noted).value().parcel->status == model::ParcelStatus::at_depot);
    CHECK(house.board(registry).figures.damaged == 1);
}

TEST_CASE_TEMPLATE("a closed registry takes nothing more until it is opened again; another depot's none at all", Engine,
                   Sqlite, Postgres) {
    FloorHouse<Engine> house;
    const auto parcel = house.parcel("46001");
    const auto registry = house.registry("R-1", {parcel});
    const auto act = [&](auto fn) {
        return house.on_floor([&](sql::Tx& tx, const depot::Floor& floor) { return fn(tx, floor, registry); });
    };
    CHECK(act(depot::reopen_registry).error().kind == core::ErrorKind::conflict);
    CHECK(act(depot::close_registry).value().state == "closed");
    CHECK(act(depot::close_registry).error().kind == core::ErrorKind::conflict);
    const auto scan = [&](const std::string& id) {
        return house.on_floor(
            [&](sql::Tx& tx, const depot::Floor& floor) { return depot::take_in(tx, floor, id, {"46001"}); });
    };
    CHECK(scan(registry)->word == Word::registry_closed);
    CHECK(act(depot::reopen_registry).value().closed == std::nullopt);
    CHECK(scan(registry)->word == Word::taken);
    CHECK(scan(house.registry("R-2", {parcel}, house.other_site)).error().kind == core::ErrorKind::conflict);
    CHECK(scan(any_id()).error().kind == core::ErrorKind::not_found);
}

TEST_CASE_TEMPLATE("a scan is taken back freely for ten minutes, then by a dispatcher with a reason, and once", Engine,
                   Sqlite, Postgres) {
    FloorHouse<Engine> house;
    const auto parcel = house.parcel("46001"), other = house.parcel("46002");
    const auto registry = house.registry("R-1", {parcel});
    const auto scanned = house.take_in({"46001"}, registry);
    const auto extra = house.take_in({"46002"}, registry);
    CHECK(house.undo(scanned).value().parcel->holder.kind == HolderKind::seller);
    CHECK(house.undo(scanned).error().kind == core::ErrorKind::conflict);
    CHECK(house.undo(extra).ok());
    CHECK(house.board(registry).figures.extra == 0);
    CHECK(house.board(registry).missing.size() == 1);
    const auto again = house.take_in({"46001"}, registry);
    CHECK(again.word == Word::taken);
    house.now += std::chrono::minutes{11};
    CHECK(house.undo(again).error().kind == core::ErrorKind::denied);
    CHECK(house.undo(again, {}, true).error().kind == core::ErrorKind::invalid);
    CHECK(house.undo(again, "не та коробка", true).ok());
    CHECK(house.now_of(other).holder.kind == HolderKind::seller);
}
