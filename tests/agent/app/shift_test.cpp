#include "agent/app/shift.hpp"

#include "agent/app/shift_notes.hpp"
#include "tests/agent/app/desk.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::app::Shift;

TEST_CASE("without a bound courier no shift starts, and the reason is said") {
    Desk desk;
    desk.life->shift.bind(std::nullopt);
    const auto refused = desk.life->shift.start();
    REQUIRE_FALSE(refused);
    CHECK(refused.error() == core::conflict(Shift::no_courier));
    CHECK(desk.life->facts().empty());
}

TEST_CASE("a shift starts once and ends once, and both are facts of that courier and shift") {
    Desk desk;
    const auto started = desk.life->shift.start();
    REQUIRE(started);
    CHECK(desk.life->shift.start().error().message == Shift::already_open);
    REQUIRE(desk.life->shift.end());
    CHECK(desk.life->shift.end().error().message == Shift::not_open);
    const auto facts = desk.life->facts();
    REQUIRE(facts.size() == 2);
    CHECK(facts[0].type == "shift.started");
    CHECK(facts[1].type == "shift.ended");
    for (const auto& fact : facts) {
        CHECK(fact.who.courier == desk.courier.id);
        CHECK(fact.who.shift == started->id);
    }
}

TEST_CASE("a scan inside a shift names courier, shift and place; outside it names nobody and no place") {
    Desk desk;
    REQUIRE(desk.arrive(0));
    REQUIRE(desk.life->scanning.scan(core::view_of("before")));
    REQUIRE(desk.life->shift.start());
    REQUIRE(desk.life->scanning.scan(core::view_of("within")));
    REQUIRE(desk.life->shift.end());
    REQUIRE(desk.life->scanning.scan(core::view_of("after")));
    for (const auto& fact : desk.life->facts()) {
        if (fact.type != "scan") continue;
        const bool within = core::text_of(wire::decode_data<model::Scan>(fact.data)->code) == "within";
        CHECK(fact.who.courier.has_value() == within);
        CHECK(fact.where.has_value() == within);
    }
}

TEST_CASE("an open shift goes on after the process was killed") {
    Desk desk;
    const auto started = desk.life->shift.start();
    REQUIRE(started);
    desk.restart();
    REQUIRE(desk.life->shift.open());
    CHECK(*desk.life->shift.open() == *started);
    REQUIRE(desk.life->scanning.scan(core::view_of("A-1")));
    CHECK(desk.life->facts().back().who.shift == started->id);
    REQUIRE(desk.life->shift.end());
    desk.restart();
    CHECK_FALSE(desk.life->shift.open());
}

TEST_CASE("another courier bound in the middle changes nothing in the open shift") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    desk.life->shift.bind(agent::app::Courier{model::CourierId{{9}}, "C-099"});
    const auto ended = desk.life->shift.end();
    REQUIRE(ended);
    CHECK(ended->shift.courier == desk.courier);
    CHECK(desk.life->facts().back().who.courier == desk.courier.id);
    CHECK(desk.life->shift.start()->courier.code == "C-099");
}

TEST_CASE("a locked device starts no shift but can end the one that is open") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    REQUIRE(desk.life->stores->view().set_locked(true));
    CHECK(desk.life->shift.end());
    CHECK(desk.life->shift.start().error() == core::denied(Shift::device_locked));
}

TEST_CASE("the way of a shift is measured along the track, and survives a kill up to the last fact") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    for (int i = 0; i <= 100; ++i) {
        desk.clock.elapsed += 5s;
        REQUIRE(desk.arrive(20.0 * i));
    }
    CHECK(desk.life->tracking.distance_m() == doctest::Approx(2000).epsilon(0.01));
    REQUIRE(desk.life->scanning.scan(core::view_of("A-1")));
    desk.restart();
    desk.clock.elapsed += 5s;
    REQUIRE(desk.arrive(2020));
    desk.clock.elapsed += 5s;
    REQUIRE(desk.arrive(2040));
    const auto ended = desk.life->shift.end();
    REQUIRE(ended);
    CHECK(ended->distance_m == doctest::Approx(2020).epsilon(0.01));
    CHECK(wire::decode_data<model::ShiftEnded>(desk.life->facts().back().data)->distance_m == ended->distance_m);
}

TEST_CASE("what an open shift leaves behind reads back, and what another version wrote does not") {
    const agent::app::OpenShift shift{
        model::ShiftId{{1}}, {model::CourierId{{2}}, "C-1"}, core::time_ms(1'790'000'000'123)};
    CHECK(agent::app::shift_from_note(agent::app::to_note(shift)) == shift);
    const agent::app::Progress progress{12'345, core::time_ms(1)};
    CHECK(agent::app::progress_from_note(agent::app::to_note(progress)) == progress);
    auto other = agent::app::to_note(shift);
    other[0] = 2;
    CHECK_FALSE(agent::app::shift_from_note(other));
    CHECK_FALSE(agent::app::shift_from_note({}));
    CHECK_FALSE(agent::app::progress_from_note(core::Bytes(16, 1)));
}
