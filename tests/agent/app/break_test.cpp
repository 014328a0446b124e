#include "agent/app/scan_screen.hpp"
#include "agent/app/shift_notes.hpp"
#include "agent/app/transfers.hpp"
#include "tests/agent/app/round.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::app::Shift;
using wire::GapReason;

namespace {

// One fix a second, riding east at 5 m/s.
void ride(Desk& desk, int seconds, double from_m = 0) {
    for (int i = 0; i < seconds; ++i) {
        desk.clock.elapsed += 1s;
        REQUIRE(desk.arrive(from_m + 5.0 * i));
        REQUIRE(desk.life->tracking.tick(desk.clock.mono(), true));
    }
}

// Facts of this type, oldest first.
std::vector<wire::Fact> facts_of(Desk& desk, std::string_view type) {
    auto facts = desk.life->facts();
    std::erase_if(facts, [&](const wire::Fact& fact) { return fact.type != type; });
    return facts;
}

}  // namespace

TEST_CASE("in a break no place is recorded and none is sent, and its time is one gap of its own") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    ride(desk, 60);
    const auto from = desk.now();
    REQUIRE(desk.life->shift.start_break());
    const auto sealed = desk.fixes().size();
    CHECK(sealed >= 10);
    CHECK(desk.life->live == 60);
    ride(desk, 600, 300);
    CHECK(desk.life->live == 60);
    CHECK(desk.fixes().size() == sealed);
    const auto to = desk.now();
    REQUIRE(desk.life->shift.end_break());
    ride(desk, 60, 4'000);
    REQUIRE(desk.life->shift.end());
    const auto gaps = desk.gaps();
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].reason == GapReason::pause);
    CHECK(gaps[0].from == from);
    CHECK(gaps[0].to == to);
    for (const auto& fix : desk.fixes()) CHECK_FALSE((fix.time > from && fix.time <= to));
    CHECK(desk.life->live == 120);
}

TEST_CASE("what is stated in a break has no place, and the first act after it only a new one") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    ride(desk, 10);
    REQUIRE(desk.life->events.battery(80, false));
    REQUIRE(desk.life->shift.start_break());
    ride(desk, 10, 100);
    REQUIRE(desk.life->events.battery(60, false));
    REQUIRE(desk.life->shift.end_break());
    REQUIRE(desk.life->scanning.scan(core::view_of("A-1")));
    ride(desk, 1, 200);
    REQUIRE(desk.life->scanning.scan(core::view_of("A-2")));
    const auto batteries = facts_of(desk, "device.battery");
    REQUIRE(batteries.size() == 2);
    CHECK(batteries[0].where.has_value());
    CHECK_FALSE(batteries[1].where.has_value());
    CHECK(batteries[1].at.gps.has_value());
    CHECK_FALSE(facts_of(desk, "shift.break_started").at(0).where.has_value());
    CHECK_FALSE(facts_of(desk, "shift.break_ended").at(0).where.has_value());
    const auto scans = facts_of(desk, "scan");
    REQUIRE(scans.size() == 2);
    CHECK_FALSE(scans[0].where.has_value());
    CHECK(scans[1].where.has_value());
}

TEST_CASE("there is one break at a time, within a shift") {
    Desk desk;
    auto& shift = desk.life->shift;
    CHECK(shift.start_break().error().message == Shift::no_shift);
    REQUIRE(shift.start());
    CHECK(shift.end_break().error().message == Shift::no_break);
    REQUIRE(shift.start_break());
    CHECK(shift.start_break().error().message == Shift::on_break);
    REQUIRE(shift.end_break());
    CHECK(shift.end_break().error().message == Shift::no_break);
    CHECK(shift.start_break());
}

TEST_CASE("a break outlives a kill and a stop in order, and is one gap with no hole around it") {
    for (const bool in_order : {false, true}) {
        CAPTURE(in_order);
        Desk desk;
        REQUIRE(desk.life->shift.start());
        ride(desk, 60);
        const auto begun = desk.life->shift.start_break();
        REQUIRE(begun);
        ride(desk, 30, 300);
        if (in_order) REQUIRE(desk.life->shift.pause());
        desk.restart();
        REQUIRE(desk.life->shift.open());
        CHECK(desk.life->shift.resting() == *begun);
        ride(desk, 30, 500);
        CHECK(desk.life->live == 0);
        REQUIRE(desk.life->events.battery(50, false));
        CHECK_FALSE(desk.life->facts().back().where.has_value());
        const auto to = desk.now();
        REQUIRE(desk.life->shift.end_break());
        ride(desk, 10, 700);
        REQUIRE(desk.life->shift.end());
        const auto gaps = desk.gaps();
        REQUIRE(gaps.size() == 1);
        CHECK(gaps[0].reason == GapReason::pause);
        CHECK(gaps[0].from == begun->since);
        CHECK(gaps[0].to == to);
        desk.restart();
        CHECK_FALSE(desk.life->shift.resting());
    }
}

TEST_CASE("the end of the shift ends the break first, and says who ended both") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    ride(desk, 30);
    const auto from = desk.now();
    REQUIRE(desk.life->shift.start_break());
    ride(desk, 300, 200);
    REQUIRE(desk.life->shift.end(model::ShiftEnd::dispatcher));
    CHECK_FALSE(desk.life->shift.resting());
    auto types = desk.life->types();
    std::erase(types, "track.digest");
    CHECK(types ==
          std::vector<std::string>{"shift.started", "shift.break_started", "shift.break_ended", "shift.ended"});
    const auto ended = facts_of(desk, "shift.break_ended").at(0);
    CHECK(wire::decode_data<model::BreakEnded>(ended.data)->by == model::ShiftEnd::dispatcher);
    const auto gaps = desk.gaps();
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].reason == GapReason::pause);
    CHECK(gaps[0].from == from);
    REQUIRE(desk.life->shift.start());
    CHECK_FALSE(desk.life->shift.resting());
}

TEST_CASE("the way of a shift does not grow in its break") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    ride(desk, 101);
    REQUIRE(desk.life->shift.start_break());
    ride(desk, 100, 5'000);
    desk.restart();
    REQUIRE(desk.life->shift.end_break());
    ride(desk, 101, 9'000);
    const auto ended = desk.life->shift.end();
    REQUIRE(ended);
    CHECK(ended->distance_m == doctest::Approx(1'000).epsilon(0.03));
}

TEST_CASE("a break that began without any clock states no gap of decades") {
    Desk desk;
    desk.life->wall_source = core::WallSource::unset;
    REQUIRE(desk.life->shift.start());
    REQUIRE(desk.life->shift.start_break());
    desk.clock.elapsed += 24h * 365 * 5;
    desk.life->wall_source = core::WallSource::network;
    REQUIRE(desk.life->shift.end_break());
    ride(desk, 5);
    CHECK(desk.gaps().empty());
}

TEST_CASE("on a break nothing is done with parcels, money or colleagues, and it is said what to do") {
    Round round;
    REQUIRE(round.parcels().take({first}));
    REQUIRE(round.life->shift.start_break());
    auto parcels = round.parcels();
    for (const auto& refused :
         {parcels.take({second}).error(), parcels.deliver({first}, {}).error(),
          parcels.fail({first}, {"refused", 0, {}}).error(), parcels.hand_back({first}, north.id).error(),
          parcels.undo({first}).error(), round.money().take(order, 129'000, "RUB", model::MoneyWay::cash).error()})
        CHECK(refused == core::conflict(Shift::on_break));
    agent::app::Transfers transfers(parcels, round.life->stores->outbox(), round.life->stamps, round.life->shift);
    CHECK(transfers.invite().error().message == Shift::on_break);
    REQUIRE(round.life->shift.end_break());
    CHECK(parcels.take({second}));
}

TEST_CASE("a code scanned in a break is saved, takes nothing, and works when it is scanned again after it") {
    Round round;
    auto parcels = round.parcels();
    agent::app::SignIn sign_in(round.life->shift, round.life->stores->outbox(), round.life->stamps);
    agent::app::Transfers transfers(parcels, round.life->stores->outbox(), round.life->stamps, round.life->shift);
    agent::app::ScanScreen screen(
        {round.life->scanning, parcels, sign_in, transfers, *round.codes, round.life->floor, round.life->stamps});
    screen.set_mode(agent::app::ScanMode::take);
    REQUIRE(round.life->shift.start_break());
    const auto& refused = screen.scan(core::view_of("A-10001-1"));
    CHECK(refused.why == Shift::on_break);
    CHECK(refused.code == "A-10001-1");
    CHECK(facts_of(round, "scan").size() == 1);
    CHECK(round.holder_of(first) == north);
    REQUIRE(round.life->shift.end_break());
    CHECK(screen.scan(core::view_of("A-10001-1")).outcome == agent::app::ScanOutcome::good);
    CHECK(round.holder_of(first) == round.self());
}

TEST_CASE("what a break leaves behind reads back, and what another version wrote does not") {
    const agent::app::OpenBreak rest{core::time_ms(1'790'000'000'123), true};
    CHECK(agent::app::break_from_note(agent::app::to_note(rest)) == rest);
    auto other = agent::app::to_note(rest);
    other[0] = 2;
    CHECK_FALSE(agent::app::break_from_note(other));
    CHECK_FALSE(agent::app::break_from_note({}));
}
