// Scans of the depot's staff: custody events like those of a handheld, in one log with them.
#include "central/store/case_store.hpp"
#include "tests/central/ingest/company.hpp"

using namespace plus7;
using namespace plus7::test;
using model::Effect;

TEST_CASE_TEMPLATE(
    "the depot takes a parcel in and hands it to the courier by scans of its staff; his handheld learns it", Engine,
    Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    company.plan(order, anna.id);
    CHECK(company.scan(parcel, seller, depot).verdict.effect == Effect::applied);
    CHECK(company.status(order) == "assigned");
    CHECK(company.scan(parcel, depot, anna.holder).verdict.effect == Effect::applied);
    CHECK(company.status(order) == "out_for_delivery");
    const auto row = company.parcel_row(anna, parcel);
    CHECK(row.holder == anna.holder);
    CHECK(row.version == 2);
    anna.hands(anna.holder, customer, parcel, 2);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.status(order) == "delivered");
    const auto story = company.story(order);
    CHECK(story[3].by_kind == "staff");
    CHECK(story[3].by_id == clerk);
    CHECK(company.custody(order).custody.missing == 0);
    CHECK(company.number("SELECT COUNT(*) FROM casefile") == 0);
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("a hand-out told by the depot and by the courier is one, whoever tells it first", Engine, Sqlite,
                   Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1");
    const auto [first, one] = company.order();
    const auto [second, two] = company.order();
    company.scan(one, seller, depot);
    company.scan(two, seller, depot);

    company.scan(one, depot, anna.holder);
    anna.hands(depot, anna.holder, one, 1);  // offline since the parcel came in
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.story(first).back().effect == "joined");

    anna.hands(depot, anna.holder, two, 1);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.scan(two, depot, anna.holder).verdict.effect == Effect::joined);

    for (const auto& order : {first, second}) {
        CHECK(company.custody(order).custody.holder == anna.holder);
        CHECK(company.custody(order).custody.missing == 0);
        CHECK(company.custody(order).custody.is_clear);
    }
    CHECK(company.number("SELECT COUNT(*) FROM casefile") == 0);
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("K7: what was never taken in is handed out all the same; the hole closes when the fact comes",
                   Engine, Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    CHECK(company.scan(parcel, depot, anna.holder).verdict.inferred);
    CHECK(company.custody(order).custody.missing == 1);
    anna.hands(seller, depot, parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.custody(order).custody.missing == 0);
    CHECK(company.custody(order).custody.holder == anna.holder);
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("a damaged parcel is so until it is taken back; the reason stands in the story", Engine, Sqlite,
                   Postgres) {
    Company<Engine> company;
    const auto [order, parcel] = company.order();
    const auto& id = parcel;
    company.scan(parcel, seller, depot);
    const auto note = company.office(
        [&](sql::Tx& tx, const custody::Acting& who) { return custody::damage_parcel(tx, who, id, "порван угол"); });
    CHECK(company.status(order) == "damaged");
    CHECK(company.story(order).back().reason == "порван угол");
    CHECK(company.whole());
    company.office([&](sql::Tx& tx, const custody::Acting& who) {
        return custody::take_back(tx, who, id, note.event, "не та коробка");
    });
    CHECK(company.status(order) == "at_depot");
    CHECK(company.story(order)[2].undone);
    CHECK(company.story(order).back().reason == "не та коробка");
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE(
    "a scan that is taken back gives the parcel to who had it; taken back behind a later step it is a case", Engine,
    Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    const auto& id = parcel;
    const auto in = company.scan(parcel, seller, depot);
    const auto out = company.scan(parcel, depot, anna.holder);
    const auto undo = [&](const core::EventId& event) {
        return company.office(
            [&](sql::Tx& tx, const custody::Acting& who) { return custody::take_back(tx, who, id, event, {}); });
    };
    CHECK(undo(out.event).verdict.reason == model::CaseReason::none);
    CHECK(company.status(order) == "at_depot");
    company.scan(parcel, depot, anna.holder);
    CHECK(undo(in.event).verdict.reason == model::CaseReason::undo_contested);
    CHECK(company.number("SELECT COUNT(*) FROM casefile WHERE kind = 'custody'") == 1);
    CHECK(company.whole());
}
