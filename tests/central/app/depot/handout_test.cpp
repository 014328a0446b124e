// Handing out to couriers, and what they bring back in the evening.
#include "tests/central/app/depot/floor_house.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

template <typename Engine>
struct Day : FloorHouse<Engine> {
    std::string anna = this->courier("C-1"), boris = this->courier("C-2");

    // Taken in, and planned for whom it says.
    std::string ready(const std::string& code, const std::string& courier) {
        const auto id = this->parcel(code);
        if (!courier.empty()) this->plan(courier);
        this->take_in({code});
        return id;
    }
    depot::HandOutBoard board(const std::string& courier) {
        return this->look(
            [&](sql::Tx& tx, const depot::Floor& floor) { return depot::handout_board(tx, floor, courier); });
    }
    depot::ReturnBoard returns(const std::string& courier) {
        return this->look(
            [&](sql::Tx& tx, const depot::Floor& floor) { return depot::return_board(tx, floor, courier); });
    }
};

}  // namespace

TEST_CASE_TEMPLATE("what is planned for the courier is handed out; what waits, is not here and is carried is told",
                   Engine, Sqlite, Postgres) {
    Day<Engine> day;
    day.ready("1", day.anna);
    day.ready("2", day.anna);
    const auto late = day.parcel("3");
    day.plan(day.anna);
    CHECK(day.hand_out({"1"}, day.anna).word == Word::handed);
    CHECK(day.hand_out({"1"}, day.anna).word == Word::handed_already);
    CHECK(day.hand_out({"nothing"}, day.anna).word == Word::no_such_code);
    const auto board = day.board(day.anna);
    CHECK(board.waiting.size() == 1);
    REQUIRE(board.not_here.size() == 1);
    CHECK(board.not_here[0].id == late);
    CHECK(board.carried.size() == 1);
    CHECK(board.carried[0].status == model::ParcelStatus::out_for_delivery);
}

TEST_CASE_TEMPLATE("another courier's, nobody's and damaged parcels are handed out when a person says so", Engine,
                   Sqlite, Postgres) {
    Day<Engine> day;
    const auto hers = day.ready("1", day.boris), nobodys = day.ready("2", ""), broken = day.ready("3", day.anna);
    const auto away = day.ready("4", day.boris);
    day.on_floor(
           [&](sql::Tx& tx, const depot::Floor& floor) { return depot::note_damage(tx, floor, broken, "порван угол"); })
        .value();
    day.hand_out({"4"}, day.boris);
    const std::pair<std::string, Word> cases[]{{"1", Word::confirm_other},
                                               {"2", Word::confirm_unplanned},
                                               {"3", Word::confirm_damaged},
                                               {"4", Word::confirm_with_other}};
    for (const auto& [code, word] : cases) {
        CAPTURE(code);
        const auto asked = day.hand_out({code}, day.anna);
        CHECK(asked.word == word);
        CHECK_FALSE(asked.event);
        CHECK(day.hand_out({code, {}, true}, day.anna).event);
    }
    for (const auto& parcel : {hers, nobodys, broken, away})
        CHECK(day.now_of(parcel).holder == depot::courier_holder(day.anna));
}

TEST_CASE_TEMPLATE(
    "what was never taken in counts and is flagged; what was called off stays; a blocked courier gets none", Engine,
    Sqlite, Postgres) {
    Day<Engine> day;
    day.parcel("1");
    day.plan(day.anna);
    CHECK(day.hand_out({"1"}, day.anna).word == Word::handed_inferred);
    day.ready("2", day.anna);
    day.run([&](sql::Tx& tx) { central::app::orders::cancel(tx, day.who(), day.last_order, "передумал").value(); });
    CHECK(day.hand_out({"2"}, day.anna).word == Word::cancelled);
    CHECK(day.hand_out({"2", {}, true}, day.anna).word == Word::cancelled);
    const auto gone = day.ready("3", day.anna);
    const auto her = depot::courier_holder(day.anna);
    day.hand_out({"3"}, day.anna);
    day.handheld_says(day.anna, gone, her, {HolderKind::customer, {}}, 2);
    CHECK(day.hand_out({"3"}, day.anna).word == Word::delivered);
    day.run([&](sql::Tx& tx) {
        central::app::couriers::CourierChange change;
        change.blocked = true;
        central::app::couriers::change(tx, day.boris, change).value();
    });
    CHECK(day.hand_out({"1"}, day.boris).word == Word::courier_blocked);
}

TEST_CASE_TEMPLATE("the courier's own scan and the depot's tell one handover, whichever comes first", Engine, Sqlite,
                   Postgres) {
    Day<Engine> day;
    const auto her = depot::courier_holder(day.anna);
    const auto first = day.ready("1", day.anna), second = day.ready("2", day.anna);
    CHECK(day.hand_out({"1"}, day.anna).word == Word::handed);
    CHECK(day.handheld_says(day.anna, first, day.here(), her, 1) == model::Effect::joined);
    CHECK(day.hand_out({"1"}, day.anna).word == Word::handed_already);

    CHECK(day.handheld_says(day.anna, second, day.here(), her, 1) == model::Effect::applied);
    const auto witnessed = day.hand_out({"2"}, day.anna);
    CHECK(witnessed.word == Word::handed_witnessed);
    CHECK(day.hand_out({"2"}, day.anna).word == Word::handed_already);
    CHECK(day.run([](sql::Tx& tx) { return tx.one("SELECT COUNT(*) FROM casefile")->template get<std::int64_t>(0); }) ==
          0);
}

TEST_CASE_TEMPLATE("the evening count: what came back, what is missing and why, kept to look at later", Engine, Sqlite,
                   Postgres) {
    Day<Engine> day;
    for (const auto* code : {"1", "2", "3"}) {
        day.ready(code, day.anna);
        day.hand_out({code}, day.anna);
    }
    CHECK(day.returns(day.anna).left.size() == 3);
    CHECK(day.count_in({"1"}, day.anna).word == Word::returned);
    CHECK(day.count_in({"1"}, day.anna).word == Word::here);
    CHECK(day.count_in({"nothing"}, day.anna).word == Word::no_such_code);
    const auto slip = day.count_in({"2"}, day.anna);
    CHECK(day.undo(slip).value().parcel->holder == depot::courier_holder(day.anna));
    CHECK(day.returns(day.anna).counted.size() == 1);
    CHECK(day.count_in({"2"}, day.anna).word == Word::returned);
    CHECK(day.close_count(day.anna).error().kind == core::ErrorKind::invalid);
    const auto closed = day.close_count(day.anna, "забыл дома, привезёт утром").value();
    CHECK(closed.count.expected == 3);
    CHECK(closed.count.counted == 2);
    REQUIRE(closed.missing.size() == 1);
    CHECK(closed.missing[0].outer_code == "3");
    const auto kept = day.on_floor([&](sql::Tx& tx, const depot::Floor& floor) {
                             return depot::closed_count(tx, floor, closed.count.id);
                         })
                          .value();
    CHECK(kept.count.reason == "забыл дома, привезёт утром");
    CHECK(kept.missing.size() == 1);
    CHECK(day.undo(slip).error().kind == core::ErrorKind::conflict);
    CHECK_FALSE(day.returns(day.anna).count);
}

TEST_CASE_TEMPLATE("what he handed back or delivered on his own is no difference; another's parcel is asked about",
                   Engine, Sqlite, Postgres) {
    Day<Engine> day;
    const auto her = depot::courier_holder(day.anna);
    const auto back = day.ready("1", day.anna), gone = day.ready("2", day.anna);
    day.ready("3", day.boris);
    day.ready("4", day.anna);
    for (const auto* code : {"1", "2", "4"}) day.hand_out({code}, day.anna);
    day.hand_out({"3"}, day.boris);
    CHECK(day.count_in({"4"}, day.anna).word == Word::returned);
    day.handheld_says(day.anna, back, her, day.here(), 2);
    CHECK(day.count_in({"1"}, day.anna).word == Word::returned_witnessed);
    day.handheld_says(day.anna, gone, her, {HolderKind::customer, {}}, 2);
    CHECK(day.count_in({"2"}, day.anna).word == Word::delivered);
    CHECK(day.count_in({"3"}, day.anna).word == Word::confirm_not_his);
    CHECK(day.count_in({"3", {}, true}, day.anna).word == Word::returned_inferred);
    const auto closed = day.close_count(day.anna).value();
    CHECK(closed.count.counted == 3);
    CHECK(closed.count.expected == 3);
    CHECK_FALSE(closed.count.reason);
}

TEST_CASE_TEMPLATE("a scan behind which the parcel went on is not taken back; a closed depot has no floor", Engine,
                   Sqlite, Postgres) {
    Day<Engine> day;
    day.parcel("1");
    day.plan(day.anna);
    const auto in = day.take_in({"1"});
    day.hand_out({"1"}, day.anna);
    CHECK(day.undo(in).error().kind == core::ErrorKind::conflict);
    central::app::orders::SiteChange shut;
    shut.open = false;
    day.run([&](sql::Tx& tx) { return central::app::orders::change_site(tx, day.site, shut).value(); });
    const auto scan = [&] {
        return day.on_floor(
            [](sql::Tx& tx, const depot::Floor& floor) { return depot::take_in(tx, floor, {}, {"1"}); });
    };
    CHECK(scan().error().kind == core::ErrorKind::conflict);
    day.site = any_id();
    CHECK(scan().error().kind == core::ErrorKind::not_found);
}
