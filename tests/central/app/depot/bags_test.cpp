// Bags: what goes in, what stays out, and one scan for all that is in them.
#include <thread>

#include "tests/central/app/depot/haul_house.hpp"

using namespace plus7;
using namespace plus7::test;

TEST_CASE_TEMPLATE("a bag takes what lies here and goes its way; the rest stays out, and the screen says why", Engine,
                   Sqlite, Postgres) {
    HaulHouse<Engine> h;
    const Goal south{GoalKind::depot, h.other_site};
    h.here("1");
    h.parcel("not taken in");
    h.here("3");
    h.plan(h.anna);
    const auto broken = h.here("4");
    h.on_floor([&](sql::Tx& tx, const depot::Floor& f) { return depot::note_damage(tx, f, broken, "мокрая"); }).value();
    const auto bag = h.bag_for(south), other = h.bag_for(south);
    CHECK(bag.number != other.number);
    CHECK(h.put(bag, "1").word == Word::bagged);
    CHECK(h.put(bag, "1").word == Word::bagged_already);
    const auto twice = h.put(other, "1");
    CHECK(twice.word == Word::in_other_bag);
    CHECK(twice.bag->number == bag.number);
    CHECK(h.put(bag, "not taken in").word == Word::not_here);
    CHECK(h.put(bag, "nothing").word == Word::no_such_code);
    CHECK(h.put(bag, "4").word == Word::set_aside);
    const auto asked = h.put(bag, "3");
    CHECK(asked.word == Word::confirm_elsewhere);
    CHECK(asked.goal == Goal{GoalKind::courier, h.anna});
    CHECK(h.put(bag, "3", true).word == Word::bagged);
    CHECK(h.look_in(bag).parcels.size() == 2);
    CHECK(h.count("SELECT COUNT(*) FROM parcel_event WHERE type = 'parcel.handover'") == 3);  // the intake alone
}

TEST_CASE_TEMPLATE("a courier's bag takes what is planned for him, a point's what goes there", Engine, Sqlite,
                   Postgres) {
    HaulHouse<Engine> h;
    h.going("1", h.point);
    h.here("2");
    h.plan(h.anna);
    const auto to_point = h.bag_for({GoalKind::point, h.point}), annas = h.bag_for({GoalKind::courier, h.anna});
    const auto boriss = h.bag_for({GoalKind::courier, h.boris});
    CHECK(h.put(to_point, "2", true).word == Word::goes_elsewhere);
    CHECK(h.put(to_point, "1").word == Word::bagged);
    CHECK(h.put(boriss, "2", true).word == Word::goes_elsewhere);
    CHECK(h.put(annas, "2").word == Word::bagged);
}

TEST_CASE_TEMPLATE("a closed bag takes nothing; opened again with a reason it does; an empty one is not closed", Engine,
                   Sqlite, Postgres) {
    HaulHouse<Engine> h;
    const auto parcel = h.here("1");
    h.here("2");
    const auto bag = h.bag_for({GoalKind::depot, h.other_site});
    const auto take_out = [&] {
        return h.on_floor(
            [&](sql::Tx& tx, const depot::Floor& f) { return depot::take_from_bag(tx, f, bag.id, parcel); });
    };
    const auto reopen = [&] {
        return h.on_floor(
            [&](sql::Tx& tx, const depot::Floor& f) { return depot::reopen_bag(tx, f, bag.id, "забыли одну"); });
    };
    CHECK(h.close(bag).error().kind == core::ErrorKind::conflict);
    CHECK_FALSE(reopen().ok());
    h.put(bag, "1");
    CHECK(h.close(bag, "П-77").value().seal == "П-77");
    CHECK(h.put(bag, "2").word == Word::bag_closed);
    CHECK_FALSE(take_out().ok());
    CHECK_FALSE(reopen().value().seal);
    CHECK(h.put(bag, "2").word == Word::bagged);
    CHECK(take_out().ok());
    CHECK_FALSE(take_out().ok());
    const auto board = h.look_in(bag);
    CHECK(board.parcels.size() == 1);
    REQUIRE(board.packings.size() == 2);
    for (const auto& packing : board.packings) CHECK(packing.out_why.has_value() == (packing.parcel == parcel));
    REQUIRE(board.events.size() == 3);
    CHECK(board.events[1].note == "П-77");
    CHECK(board.events[2].note == "забыли одну");
}

TEST_CASE_TEMPLATE("one scan of a courier's bag hands out all that is in it, each parcel by its own event", Engine,
                   Sqlite, Postgres) {
    HaulHouse<Engine> h;
    std::vector<std::string> ids;
    for (const auto* code : {"1", "2", "3"}) {
        ids.push_back(h.here(code));
        h.plan(h.anna);
    }
    const auto bag = h.bag_for({GoalKind::courier, h.anna});
    h.put(bag, "1");
    h.put(bag, "2");
    CHECK(h.hand_out({bag.number}, h.anna).word == Word::bag_open);
    h.close(bag).value();
    CHECK(h.hand_out({bag.number}, h.boris).word == Word::confirm_bag_goal);
    const auto handed = h.hand_out({bag.number}, h.anna);
    CHECK(handed.word == Word::bag_handed);
    CHECK(handed.bag->moved == 2);
    for (const auto& id : {ids[0], ids[1]}) CHECK(h.now_of(id).holder == depot::courier_holder(h.anna));
    CHECK(h.now_of(ids[2]).status == model::ParcelStatus::assigned);
    CHECK(h.hand_out({bag.number}, h.anna).word == Word::bag_done);
    CHECK(h.look_in(bag).parcels.size() == 2);  // its list stays
}

TEST_CASE_TEMPLATE("a parcel that is scanned by itself has left its bag; the bag says that some are elsewhere", Engine,
                   Sqlite, Postgres) {
    HaulHouse<Engine> h;
    h.here("1");
    h.plan(h.anna);
    h.here("2");
    h.plan(h.anna);
    const auto delivered = h.here("3");
    h.plan(h.anna);
    const auto bag = h.packed({GoalKind::courier, h.anna}, {"1", "2", "3"});
    CHECK(h.hand_out({"1"}, h.anna).word == Word::handed);
    CHECK(h.look_in(bag).parcels.size() == 2);
    // Beside the depot's scans, a handheld told that somebody took one out and handed it over.
    const model::Holder customer{HolderKind::customer, {}}, anna = depot::courier_holder(h.anna);
    h.handheld_says(h.anna, delivered, h.FloorHouse<Engine>::here(), anna, 1);
    h.handheld_says(h.anna, delivered, anna, customer, 1);
    const auto partly = h.hand_out({bag.number}, h.anna);
    CHECK(partly.word == Word::bag_partly);
    CHECK(partly.bag->moved == 1);
    CHECK(partly.bag->gone == 1);
    CHECK(h.now_of(delivered).holder == customer);
}

TEST_CASE_TEMPLATE("two desks pack one parcel at once: it is in one bag", Engine, Sqlite, Postgres) {
    HaulHouse<Engine> h;
    std::vector<std::string> codes;
    for (int n = 0; n < 8; ++n) h.here(codes.emplace_back(std::to_string(500 + n)));
    const store::BagRow bags[]{h.bag_for({GoalKind::depot, h.other_site}), h.bag_for({GoalKind::depot, h.other_site})};
    std::vector<Word> words[2];
    std::vector<std::thread> desks;
    for (int desk = 0; desk < 2; ++desk)
        desks.emplace_back([&, desk] {
            for (const auto& code : codes) words[desk].push_back(h.put(bags[desk], code).word);
        });
    for (auto& desk : desks) desk.join();
    for (std::size_t n = 0; n < codes.size(); ++n) {
        const bool first = words[0][n] == Word::bagged, second = words[1][n] == Word::bagged;
        CHECK(first != second);
        CHECK((first ? words[1][n] : words[0][n]) == Word::in_other_bag);
    }
}
