// Workers of a depot with their handhelds: what these are told of its floor, and that their facts are scans of the
// depot.
#include "tests/central/ingest/floor_company.hpp"

using namespace plus7;
using namespace plus7::test;

TEST_CASE_TEMPLATE("a depot's worker is told of its floor, and nothing about the recipients", Engine, Sqlite,
                   Postgres) {
    FloorCompany<Engine> company;
    auto vera = company.worker("D-1", company.north);
    auto anna = company.courier("C-1");
    CHECK(wire::decode_courier_row(company.body(vera, RowKind::courier, core::to_uuid_text(core::EventId{})).value())
              .value()
              .site == company.north);
    const auto [order, parcel] = company.order();
    CHECK_FALSE(company.seen(vera, parcel));
    const auto registry = company.registry("R-101", {parcel}, company.north);
    REQUIRE(company.seen(vera, parcel));
    CHECK(company.seen(vera, parcel)->holder == seller);
    CHECK(company.seen(vera, parcel)->registry.has_value());
    CHECK_FALSE(company.seen(vera, parcel)->has_arrived);
    CHECK(company.figures(vera, registry) == wire::RegistryRow{"R-101", "Лавка", 1, 0, 0});

    company.plan(order, anna.id);
    CHECK(company.seen(vera, parcel)->goal == FloorGoal::courier);
    CHECK(company.seen(vera, parcel)->to == anna.holder.id);
    CHECK(company.in_crew(vera, anna));

    company.scan(parcel, seller, company.north);
    CHECK(company.seen(vera, parcel)->has_arrived);
    CHECK(company.seen(vera, parcel)->version == 1);
    CHECK(company.figures(vera, registry)->arrived == 1);
    company.scan(parcel, company.north, anna.holder);
    CHECK(company.seen(vera, parcel)->holder == anna.holder);

    anna.hands(anna.holder, customer, parcel, 2);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK_FALSE(company.seen(vera, parcel));
    CHECK_FALSE(company.in_crew(vera, anna));
    CHECK_FALSE(company.body(vera, RowKind::recipient, order));
    CHECK_FALSE(company.body(vera, RowKind::task, order));
}

TEST_CASE_TEMPLATE("another depot's floor is not told, and no floor to who drives again", Engine, Sqlite, Postgres) {
    FloorCompany<Engine> company;
    auto vera = company.worker("D-1", company.north), igor = company.worker("D-2", company.south);
    const auto [order, parcel] = company.order();
    company.scan(parcel, seller, company.south);
    CHECK_FALSE(company.seen(vera, parcel));
    CHECK(company.seen(igor, parcel));
    company.run([&](sql::Tx& tx) {
        central::app::couriers::CourierChange change;
        change.site = std::optional<std::string>{};
        devices::retell(tx, central::app::couriers::change(tx, igor.id, change).value());
        central::app::dispatch::retell_courier(tx, igor.id);
        return core::Result(0);
    });
    CHECK_FALSE(company.seen(igor, parcel));
}

TEST_CASE_TEMPLATE("what a worker takes in by a registry has arrived; what it does not have is a line of its act",
                   Engine, Sqlite, Postgres) {
    FloorCompany<Engine> company;
    auto vera = company.worker("D-1", company.north);
    const auto [order, parcel] = company.order();
    const auto [other, stray] = company.order();
    const auto registry = company.registry("R-101", {parcel}, company.north);
    company.scans(vera, company.code_of(parcel), registry);
    vera.hands(seller, company.north, parcel, 0);
    company.scans(vera, "QQ-77", registry);
    company.scans(vera, "QQ-77", registry);
    company.scans(vera, company.code_of(stray), registry);
    vera.hands(seller, company.north, stray, 0);
    const auto told_in = vera.last;
    CHECK(company.send(vera) == Outcome::applied);
    CHECK(company.figures(vera, registry) == wire::RegistryRow{"R-101", "Лавка", 1, 1, 2});
    const auto extras = company.extras(registry);
    REQUIRE(extras.size() == 2);
    CHECK(extras[0].code == "QQ-77");
    CHECK_FALSE(extras[0].parcel);
    CHECK(extras[0].staff == vera.id);
    CHECK(extras[1].parcel == stray);
    CHECK(extras[1].event == told_in);
    CHECK(company.custody(other).custody.holder == company.north);
    CHECK(company.story(order).back().by_id == vera.id);

    const model::Corrected slip{told_in};
    vera.state(std::string(slip.type), wire::encode_data(slip), stray, 1);
    CHECK(company.send(vera) == Outcome::applied);
    CHECK(company.extras(registry).size() == 1);
    CHECK(company.custody(other).custody.holder == seller);
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE(
    "a worker's note of damage is the console's: status, goal, act; told twice or late, taken back by either", Engine,
    Sqlite, Postgres) {
    FloorCompany<Engine> company;
    auto vera = company.worker("D-1", company.north);
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    const auto registry = company.registry("R-101", {parcel}, company.north);
    company.plan(order, anna.id);
    const auto board = [&] {
        return company.at_desk(
            [&](sql::Tx& tx, const floors::Floor& floor) { return floors::intake_board(tx, floor, registry); });
    };
    const model::Damaged torn{"порвано"};
    vera.hands(seller, company.north, parcel, 0);
    vera.state(std::string(torn.type), wire::encode_data(torn), parcel, 0);
    const auto noted = vera.last;
    const auto twice = vera.unsent;
    CHECK(company.send(vera) == Outcome::applied);
    CHECK(company.take(vera.device, twice, vera.device.seq - twice.size() + 1) == Outcome::duplicate);
    CHECK(company.status(order) == "damaged");
    CHECK(company.seen(vera, parcel)->is_damaged);
    CHECK(company.seen(vera, parcel)->goal == FloorGoal::damaged);
    REQUIRE(board().damaged.size() == 1);
    CHECK(board().damaged[0].event == noted);
    CHECK(board().damaged[0].note == "порвано");
    CHECK(board().damaged[0].staff == vera.id);
    CHECK(board().figures.damaged == 1);

    const model::Corrected slip{noted};
    vera.state(std::string(slip.type), wire::encode_data(slip), parcel, 0);
    vera.state(std::string(torn.type), wire::encode_data(model::Damaged{"мокро"}), parcel, 0);
    const auto again = vera.last;
    CHECK(company.send(vera) == Outcome::applied);
    REQUIRE(board().damaged.size() == 1);
    CHECK(board().damaged[0].note == "мокро");
    // The console takes it back as one of its own.
    company.at_desk([&](sql::Tx& tx, const floors::Floor& floor) {
        return floors::undo_scan(tx, floor, {parcel, again, std::nullopt, false});
    });
    CHECK(board().damaged.empty());
    CHECK(company.status(order) == "assigned");
    CHECK_FALSE(company.seen(vera, parcel)->is_damaged);
    CHECK(company.seen(vera, parcel)->to == anna.holder.id);

    // Noted before it went out at the console, told after: the note stands, and the courier has it.
    vera.state(std::string(torn.type), wire::encode_data(torn), parcel, 1);
    company.scan(parcel, company.north, anna.holder);
    CHECK(company.send(vera) == Outcome::applied);
    CHECK(company.custody(order).custody.holder == anna.holder);
    CHECK(company.status(order) == "damaged");
    CHECK(board().damaged.size() == 1);
    CHECK(company.number("SELECT COUNT(*) FROM casefile") == 0);
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("a note of damage by a worker who knew that he was blocked is kept, and marks nothing", Engine,
                   Sqlite, Postgres) {
    FloorCompany<Engine> company;
    auto vera = company.worker("D-1", company.north);
    const auto [order, parcel] = company.order();
    const auto registry = company.registry("R-101", {parcel}, company.north);
    company.scan(parcel, seller, company.north);
    company.run([&](sql::Tx& tx) {
        store::block_courier_on(tx, vera.id, vera.device.id, 5);
        return core::Result(0);
    });
    vera.device.view = 5;
    const model::Damaged torn{"порвано"};
    vera.state(std::string(torn.type), wire::encode_data(torn), parcel, 1);
    CHECK(company.send(vera) == Outcome::applied);
    CHECK(company.status(order) == "at_depot");
    CHECK(company.story(order).back().effect == "evidence");
    CHECK(
        company
            .at_desk([&](sql::Tx& tx, const floors::Floor& floor) { return floors::intake_board(tx, floor, registry); })
            .damaged.empty());
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("a closed registry takes no lines, nor does a foreign depot's", Engine, Sqlite, Postgres) {
    FloorCompany<Engine> company;
    auto vera = company.worker("D-1", company.north);
    const auto closed = company.registry("R-101", {}, company.north),
               foreign = company.registry("R-102", {}, company.south);
    company.at_desk([&](sql::Tx& tx, const floors::Floor& floor) { return floors::close_registry(tx, floor, closed); });
    company.scans(vera, "QQ-77", closed);
    company.scans(vera, "QQ-78", foreign);
    CHECK(company.send(vera) == Outcome::applied);
    CHECK(company.extras(closed).empty());
    CHECK(company.extras(foreign).empty());
}

TEST_CASE_TEMPLATE("the evening count is the same whoever tells first: the worker's handheld or the courier's", Engine,
                   Sqlite, Postgres) {
    FloorCompany<Engine> company;
    auto vera = company.worker("D-1", company.north);
    auto anna = company.courier("C-1");
    const auto [first, one] = company.order();
    const auto [second, two] = company.order();
    const auto [third, kept] = company.order();
    for (const auto& parcel : {one, two, kept}) {
        vera.hands(seller, company.north, parcel, 0);
        vera.hands(company.north, anna.holder, parcel, 0);
    }
    CHECK(company.send(vera) == Outcome::applied);
    CHECK_FALSE(company.open_count(anna));

    vera.hands(anna.holder, company.north, one, 2, model::Half::none, {}, model::Leg::giving_back);
    CHECK(company.send(vera) == Outcome::applied);
    anna.hands(anna.holder, company.north, one, 2, model::Half::none, {}, model::Leg::giving_back);
    anna.hands(anna.holder, company.north, two, 2, model::Half::none, {}, model::Leg::giving_back);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK_FALSE(company.seen(vera, one)->told_by);
    CHECK(company.seen(vera, two)->told_by == model::CourierId{anna.holder.id.value});  // to be counted still
    vera.hands(anna.holder, company.north, two, 2, model::Half::none, {}, model::Leg::giving_back);
    const auto last = vera.last;
    CHECK(company.send(vera) == Outcome::applied);

    REQUIRE(company.open_count(anna));
    CHECK(company.open_count(anna)->opened_by == vera.id);
    const auto board = company.at_desk(
        [&](sql::Tx& tx, const floors::Floor& floor) { return floors::return_board(tx, floor, anna.id); });
    CHECK(board.counted.size() == 2);
    REQUIRE(board.left.size() == 1);
    CHECK(board.left[0].id == kept);
    for (const auto& order : {first, second}) {
        CHECK(company.custody(order).custody.holder == company.north);
        CHECK(company.custody(order).custody.missing == 0);
        CHECK(company.story(order).back().effect == "joined");
    }
    CHECK(company.number("SELECT COUNT(*) FROM casefile") == 0);
    const model::Corrected slip{last};
    vera.state(std::string(slip.type), wire::encode_data(slip), two, 2);
    CHECK(company.send(vera) == Outcome::applied);
    CHECK(
        company
            .at_desk([&](sql::Tx& tx, const floors::Floor& floor) { return floors::return_board(tx, floor, anna.id); })
            .counted.size() == 1);
    // The courier goes on saying that he brought it: a human is asked.
    CHECK(company.number("SELECT COUNT(*) FROM casefile WHERE detail LIKE '%undo_contested%'") == 1);
    CHECK(company.custody(second).custody.holder == company.north);
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("a return that was scanned before its count was closed, and told after, opens no other count",
                   Engine, Sqlite, Postgres) {
    FloorCompany<Engine> company;
    auto vera = company.worker("D-1", company.north);
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    company.scan(parcel, seller, company.north);
    company.scan(parcel, company.north, anna.holder);
    vera.hands(anna.holder, company.north, parcel, 2, model::Half::none, {}, model::Leg::giving_back);
    company.at_desk([&](sql::Tx& tx, const floors::Floor& floor) {
        return floors::close_count(tx, floor, anna.id, std::string("не сдал"));
    });
    CHECK(company.send(vera) == Outcome::applied);
    CHECK(company.custody(order).custody.holder == company.north);
    CHECK_FALSE(company.open_count(anna));
}

TEST_CASE_TEMPLATE("a parcel that a worker hands out singly is in no bag any more", Engine, Sqlite, Postgres) {
    FloorCompany<Engine> company;
    auto vera = company.worker("D-1", company.north);
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    company.plan(order, anna.id);
    company.scan(parcel, seller, company.north);
    const auto code = company.code_of(parcel);
    company.at_desk([&](sql::Tx& tx, const floors::Floor& floor) -> core::Result<floors::Scanned> {
        const auto bag = floors::open_bag(tx, floor, {floors::GoalKind::courier, anna.id});
        return floors::put_into_bag(tx, floor, bag->id, {code});
    });
    const auto bag_of = [&] {
        return company.run([&](sql::Tx& tx) { return core::Result(store::bag_of_parcel(tx, parcel)); });
    };
    REQUIRE(bag_of());
    vera.hands(company.north, anna.holder, parcel, 1);
    CHECK(company.send(vera) == Outcome::applied);
    CHECK_FALSE(bag_of());
    CHECK(company.status(order) == "out_for_delivery");
}
