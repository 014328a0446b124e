#include "tests/agent/app/worker.hpp"

using namespace plus7;
using namespace plus7::test;

TEST_CASE("a parcel of the registry is taken in, by whatever code; each is a fact with what was known of it") {
    Worker worker;
    for (const auto n : three) worker.rows[n] = expected(n);
    worker.tell();
    worker.begin(FloorTask::intake, registry);
    CHECK(worker.scan(1) == FloorWord::taken);
    CHECK(worker.scan("460000000002") == FloorWord::taken);
    CHECK(worker.scan("QQ-77") == FloorWord::unknown);
    CHECK(worker.scan("QQ-77") == FloorWord::unknown_again);
    CHECK(worker.scan(1) == FloorWord::here);
    const auto facts = worker.life->facts();
    const auto scan = wire::decode_data<model::Scan>(facts.at(1).data).value();
    CHECK(scan.registry == registry);
    CHECK(facts.at(2).type == "parcel.handover");
    CHECK(facts.at(2).about.parcel == parcel(1));
    CHECK(facts.at(2).about.custody_version == 0);
    CHECK(facts.at(2).who.courier == worker.courier.id);
    const auto move = wire::decode_data<model::HandedOver>(facts.at(2).data).value();
    CHECK(move.from == seller);
    CHECK(move.to == north);
    CHECK(worker.counted().arrived == 2);
    CHECK(worker.floor().missing(registry).size() == 1);
}

TEST_CASE("figures are the same before central has heard and after it has said so") {
    Worker worker;
    for (const auto n : three) worker.rows[n] = expected(n);
    worker.rows[4] = row(4);
    worker.tell();
    worker.begin(FloorTask::intake, registry);
    worker.scan(1);
    worker.scan("QQ-77");
    CHECK(worker.scan(4) == FloorWord::taken_extra);
    CHECK(worker.counted().arrived == 1);
    CHECK(worker.counted().extra == 2);
    worker.ack();
    CHECK(worker.counted().extra == 2);
    worker.rows[1].holder = worker.rows[4].holder = north;
    worker.rows[1].version = worker.rows[4].version = 1;
    worker.rows[1].has_arrived = worker.rows[4].has_arrived = true;
    worker.figures.arrived = 1;
    worker.figures.extra = 2;
    worker.tell();
    CHECK(worker.counted().arrived == 1);
    CHECK(worker.counted().extra == 2);
    CHECK(worker.known(1).holder == north);
    CHECK(worker.floor().strangers().size() == 2);
}

TEST_CASE(
    "what is called off is taken in and goes back; a courier's is taken from him; a closed registry takes nothing") {
    Worker worker;
    worker.rows[1] = expected(1);
    worker.rows[1].is_cancelled = true;
    worker.rows[2] = row(2, with(anna));
    worker.rows[3] = expected(3);
    worker.tell();
    worker.begin(FloorTask::intake, registry);
    CHECK(worker.counted().expected == 3);
    CHECK(worker.scan(1) == FloorWord::taken_cancelled);
    CHECK(worker.counted().expected == 4);
    CHECK(worker.scan(2) == FloorWord::taken_from_courier);
    CHECK(worker.last_move().from == with(anna));
    worker.is_open = false;
    worker.tell();
    CHECK(worker.scan(3) == FloorWord::registry_closed);
    CHECK(worker.moves() == 2);
    CHECK(worker.floor().begin({FloorTask::intake, other_registry, {}}).error().message == Floor::no_registry);
}

TEST_CASE("handed out is what is planned for the courier; for others a person says yes, or scans again") {
    Worker worker;
    worker.rows[1] = planned(1, anna);
    worker.rows[2] = planned(2, boris);
    worker.rows[3] = row(3, north);
    worker.rows[4] = planned(4, anna, with(boris));
    worker.rows[5] = planned(5, anna);
    worker.rows[5].is_damaged = true;
    worker.rows[6] = planned(6, anna);
    worker.rows[6].is_cancelled = true;
    worker.rows[7] = planned(7, anna, seller);
    worker.tell();
    worker.begin(FloorTask::hand_out, {}, anna);
    CHECK(worker.scan(1) == FloorWord::handed);
    CHECK(worker.last_move().from == north);
    CHECK(worker.last_move().to == with(anna));
    CHECK(worker.scan(1) == FloorWord::handed_already);
    CHECK(worker.scan(2) == FloorWord::confirm_other);
    CHECK(worker.scan(2) == FloorWord::handed);
    CHECK(worker.scan(3) == FloorWord::confirm_unplanned);
    REQUIRE(worker.floor().answer(false));
    CHECK(worker.floor().last()->word == FloorWord::kept);
    CHECK(worker.known(3).holder == north);
    CHECK(worker.floor().answer(true).error().message == Floor::nothing_asked);
    CHECK(worker.scan(4) == FloorWord::confirm_with_other);
    CHECK(worker.floor().last()->holder == with(boris));
    CHECK(worker.scan(5) == FloorWord::confirm_damaged);
    REQUIRE(worker.floor().answer(true));
    CHECK(worker.floor().last()->word == FloorWord::handed);
    CHECK(worker.scan(6) == FloorWord::cancelled);
    CHECK(worker.scan(7) == FloorWord::handed_inferred);
    CHECK(worker.moves() == 4);
    CHECK(worker.floor().crew()[anna].carried == 4);
    worker.boris_is_blocked = true;
    worker.tell();
    worker.begin(FloorTask::hand_out, {}, boris);
    CHECK(worker.scan(3) == FloorWord::courier_blocked);
}

TEST_CASE("a held trigger answers no question") {
    Worker worker;
    worker.rows[2] = planned(2, boris);
    worker.tell();
    worker.begin(FloorTask::hand_out, {}, anna);
    CHECK(worker.scan(2) == FloorWord::confirm_other);
    const auto again = worker.life->scanning.scan(core::view_of(std::string("A-10002-1")));
    CHECK(worker.floor().scan("A-10002-1", again->saved.id, again->repeated).word == FloorWord::confirm_other);
    CHECK(worker.moves() == 0);
}

TEST_CASE("what a courier brings back is counted, also what his own handheld alone has told") {
    Worker worker;
    worker.rows[1] = row(1, with(anna));
    worker.rows[2] = row(2, north);
    worker.rows[2].told_by = anna;
    worker.rows[3] = row(3, with(boris));
    worker.rows[4] = row(4, with(anna));
    worker.rows[5] = row(5, north);
    worker.tell();
    worker.begin(FloorTask::take_back, {}, anna);
    CHECK(worker.scan(1) == FloorWord::returned);
    CHECK(worker.last_move().leg == model::Leg::giving_back);
    CHECK(worker.scan(2) == FloorWord::returned_witnessed);
    CHECK(worker.last_move().from == with(anna));
    CHECK(worker.scan(2) == FloorWord::here);
    CHECK(worker.scan(5) == FloorWord::here);
    CHECK(worker.scan(3) == FloorWord::confirm_not_his);
    CHECK(worker.scan(3) == FloorWord::returned_inferred);
    const auto his = worker.floor().crew()[anna];
    CHECK(his.counted == 3);
    CHECK(his.carried == 1);
    REQUIRE(worker.floor().carried(anna).size() == 1);
    CHECK(worker.floor().carried(anna)[0]->id == parcel(4));
}

TEST_CASE("sorting says where it goes and states nothing but the scan") {
    Worker worker;
    worker.rows[1] = planned(1, anna);
    worker.rows[1].cell = "А-3";
    worker.rows[2] = row(2, north);
    worker.rows[3] = row(3, north);
    worker.rows[3].goal = FloorGoal::back;
    worker.rows[4] = row(4, north);
    worker.rows[4].goal = FloorGoal::damaged;
    worker.rows[5] = planned(5, anna, seller);
    worker.tell();
    worker.begin(FloorTask::sort);
    CHECK(worker.scan(1) == FloorWord::sorted);
    CHECK(worker.known(1).cell == "А-3");
    CHECK(worker.scan(2) == FloorWord::sorted_unplanned);
    CHECK(worker.scan(3) == FloorWord::sorted_back);
    CHECK(worker.scan(4) == FloorWord::sorted_damaged);
    CHECK(worker.scan(5) == FloorWord::not_here);
    CHECK(worker.moves() == 0);
}

TEST_CASE("a scan is taken back within ten minutes, not later; then everything is as it was") {
    Worker worker;
    worker.rows[1] = expected(1);
    worker.rows[4] = row(4);
    worker.tell();
    worker.begin(FloorTask::intake, registry);
    worker.scan(1);
    const auto taken = worker.life->facts().back().id;
    REQUIRE(worker.floor().undo(parcel(1)));
    const auto fact = worker.life->facts().back();
    CHECK(wire::decode_data<model::Corrected>(fact.data)->event == taken);
    CHECK(fact.about.parcel == parcel(1));
    CHECK(worker.known(1).holder == seller);
    CHECK(worker.counted().arrived == 0);
    CHECK(worker.floor().undo(parcel(1)).error().message == Parcels::nothing_to_undo);
    worker.scan(4);
    CHECK(worker.counted().extra == 1);
    REQUIRE(worker.floor().undo(parcel(4)));
    CHECK(worker.counted().extra == 0);
    worker.scan(1);
    worker.clock.elapsed += 11min;
    CHECK(worker.floor().undo(parcel(1)).error().message == Parcels::too_late);
}

TEST_CASE("a parcel here is noted as damaged: a fact, and at once set aside; taken back it goes its way again") {
    Worker worker;
    worker.rows[1] = planned(1, anna);
    worker.rows[2] = planned(2, anna, seller);
    worker.tell();
    worker.begin(FloorTask::sort);
    CHECK(worker.scan(1) == FloorWord::sorted);
    REQUIRE(worker.floor().note_damage(parcel(1), "порвано"));
    CHECK(worker.floor().last()->word == FloorWord::damaged);
    CHECK(worker.floor().last()->parcel == parcel(1));
    const auto fact = worker.life->facts().back();
    CHECK(fact.about.parcel == parcel(1));
    CHECK(wire::decode_data<model::Damaged>(fact.data)->note == "порвано");
    CHECK(worker.scan(1) == FloorWord::sorted_damaged);
    CHECK(worker.known(1).holder == north);
    CHECK(worker.floor().waiting(anna).empty());
    worker.begin(FloorTask::hand_out, {}, anna);
    CHECK(worker.scan(1) == FloorWord::confirm_damaged);
    CHECK(worker.floor().note_damage(parcel(1), "мокро").error().message == Floor::damaged_before);
    CHECK(worker.floor().note_damage(parcel(2), "мокро").error().message == Floor::not_at_depot);
    worker.restart();
    CHECK(worker.known(1).is_damaged);
    REQUIRE(worker.floor().undo(parcel(1)));
    CHECK(worker.floor().last()->word == FloorWord::damage_taken_back);
    CHECK(wire::decode_data<model::Corrected>(worker.life->facts().back().data)->event == fact.id);
    worker.begin(FloorTask::sort);
    CHECK(worker.scan(1) == FloorWord::sorted);
    CHECK(worker.floor().waiting(anna).size() == 1);
    CHECK(worker.floor().note_damage(parcel(1), " ").error().message == Floor::no_note);
    REQUIRE(worker.life->shift.start_break());
    CHECK(worker.floor().note_damage(parcel(1), "мокро").error().message == agent::app::Shift::on_break);
}

TEST_CASE("a note of damage stands until central has told of the parcel after it, and then as central says") {
    Worker worker;
    worker.rows[1] = planned(1, anna);
    worker.tell();
    REQUIRE(worker.floor().note_damage(parcel(1), "порвано"));
    worker.ack();
    CHECK(worker.known(1).is_damaged);
    worker.rows[1].is_damaged = true;
    worker.rows[1].goal = FloorGoal::damaged;
    worker.rows[1].to.reset();
    worker.tell();
    CHECK(worker.known(1).is_damaged);
    // Taken back here: the way of before is central's to say again.
    REQUIRE(worker.floor().undo(parcel(1)));
    CHECK_FALSE(worker.known(1).is_damaged);
    CHECK(worker.known(1).goal == FloorGoal::none);
    REQUIRE(worker.floor().note_damage(parcel(1), "мокро"));
    worker.ack();
    // Taken back on the console meanwhile: custody counts no version for that.
    worker.rows[1] = planned(1, anna);
    worker.tell();
    CHECK_FALSE(worker.known(1).is_damaged);
    CHECK(worker.known(1).goal == FloorGoal::courier);
}

TEST_CASE("of a parcel taken in and damaged the note is taken back first, then the scan; its extra stays till then") {
    Worker worker;
    worker.rows[4] = row(4);
    worker.tell();
    worker.begin(FloorTask::intake, registry);
    CHECK(worker.scan(4) == FloorWord::taken_extra);
    REQUIRE(worker.floor().note_damage(parcel(4), "вскрыто"));
    REQUIRE(worker.floor().undo(parcel(4)));
    CHECK(worker.known(4).holder == north);
    CHECK(worker.counted().extra == 1);
    REQUIRE(worker.floor().undo(parcel(4)));
    CHECK(worker.known(4).holder == seller);
    CHECK(worker.counted().extra == 0);
    CHECK(worker.floor().undo(parcel(4)).error().message == Parcels::nothing_to_undo);
}

TEST_CASE("one code of two senders: the registry decides, else a person") {
    Worker worker;
    worker.rows[1] = expected(1);
    worker.rows[2] = row(2);
    worker.rows[1].codes = {"A-10001-1", "SAME"};
    worker.rows[2].codes = {"A-10002-1", "SAME"};
    worker.tell();
    worker.begin(FloorTask::intake);
    CHECK(worker.scan("SAME") == FloorWord::which);
    CHECK(worker.floor().last()->choices.size() == 2);
    CHECK(worker.floor().choose(parcel(3)).error().message == Floor::nothing_asked);
    REQUIRE(worker.floor().choose(parcel(2)));
    CHECK(worker.floor().last()->word == FloorWord::taken);
    CHECK(worker.known(2).holder == north);
    worker.begin(FloorTask::intake, registry);
    CHECK(worker.scan("SAME") == FloorWord::taken);
    CHECK(worker.known(1).holder == north);
}

TEST_CASE("after a power cut the floor is as it was, with what was strange in this shift") {
    Worker worker;
    worker.rows[1] = expected(1);
    worker.tell();
    worker.begin(FloorTask::intake, registry);
    worker.scan(1);
    worker.scan("QQ-77");
    worker.restart();
    CHECK(worker.known(1).holder == north);
    REQUIRE(worker.floor().strangers().size() == 1);
    CHECK(worker.floor().strangers()[0].code == "QQ-77");
    CHECK(worker.counted().extra == 1);
    CHECK(worker.floor().work().task == FloorTask::sort);
}

TEST_CASE("only a worker of a depot has a floor, and only inside his shift") {
    Worker worker;
    REQUIRE(worker.life->shift.end());
    CHECK_FALSE(worker.floor().depot());
    CHECK(worker.floor().begin({FloorTask::intake, {}, {}}).error().message == Floor::no_floor);
    Desk driver;
    REQUIRE(driver.life->shift.start());
    CHECK_FALSE(driver.life->floor.depot());
}

TEST_CASE("in a break nothing is answered or taken back on the floor") {
    Worker worker;
    worker.rows[1] = expected(1);
    worker.tell();
    worker.begin(FloorTask::intake, registry);
    worker.scan(1);
    REQUIRE(worker.life->shift.start_break());
    CHECK(worker.floor().undo(parcel(1)).error().message == agent::app::Shift::on_break);
    CHECK(worker.floor().answer(true).error().message == agent::app::Shift::on_break);
    REQUIRE(worker.life->shift.end_break());
    CHECK(worker.floor().undo(parcel(1)));
}

TEST_CASE("a floor of 5 000 parcels is known to the last, and the screen says that there may be more") {
    Worker worker;
    for (std::uint16_t n = 1; n < wire::most_floor_rows; ++n) worker.rows[n] = expected(n);
    worker.tell();
    CHECK_FALSE(worker.floor().book().is_full());
    worker.rows[0] = expected(0);
    worker.tell();
    CHECK(worker.floor().book().is_full());
    worker.begin(FloorTask::intake, registry);
    CHECK(worker.scan(4999) == FloorWord::taken);
    worker.tell();
    CHECK(worker.counted().arrived == 1);
}
