#include "agent/app/device_events.hpp"

#include "tests/agent/app/desk.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::app::BatterySteps;

namespace {
bool clean_stop_said(Desk& desk) {
    return wire::decode_data<model::DeviceStarted>(desk.life->facts().back().data)->clean_stop;
}
}  // namespace

TEST_CASE("the start says whether the run before ended in order") {
    Desk desk;
    REQUIRE(desk.life->events.started("0.1.0"));
    CHECK_FALSE(clean_stop_said(desk));
    REQUIRE(desk.life->events.stopped());
    desk.restart();
    REQUIRE(desk.life->events.started("0.1.0"));
    CHECK(clean_stop_said(desk));
    desk.restart();
    REQUIRE(desk.life->events.started("0.1.0"));
    CHECK_FALSE(clean_stop_said(desk));
}

TEST_CASE("a gpsd that comes and goes is stated once in ten minutes") {
    Desk desk;
    for (int i = 0; i < 20; ++i) {
        REQUIRE(desk.life->events.gpsd_lost(15s));
        desk.clock.elapsed += 1min;
    }
    CHECK(desk.life->types() == std::vector<std::string>{"device.gpsd_lost", "device.gpsd_lost"});
}

TEST_CASE("a battery that runs down in a day is a handful of facts, and wavering adds none") {
    BatterySteps steps;
    int told = 0;
    for (int percent = 100; percent > 0; --percent) {
        told += steps.is_news(percent, false) ? 1 : 0;
        told += steps.is_news(std::min(percent + 1, 100), false) ? 1 : 0;
        told += steps.is_news(percent, false) ? 1 : 0;
    }
    CHECK(told == 9);  // the first reading, then 80, 60, 40, 30, 20, 15, 10, 5
}

TEST_CASE("the charger's coming and going is told, and a full battery once") {
    BatterySteps steps;
    CHECK(steps.is_news(50, false));
    CHECK(steps.is_news(50, true));
    CHECK_FALSE(steps.is_news(70, true));
    CHECK(steps.is_news(81, true));
    CHECK_FALSE(steps.is_news(80, true));
    CHECK_FALSE(steps.is_news(81, true));
    CHECK(steps.is_news(81, false));
}

TEST_CASE("each worse step of the storage ladder is stated, relief is not") {
    using agent::store::StorageStep;
    Desk desk;
    const agent::store::StorageLimits limits{1000, 500, 100, 25};
    CHECK(*desk.life->events.storage(5000, limits) == StorageStep::normal);
    CHECK(*desk.life->events.storage(900, limits) == StorageStep::thin_tracks);
    CHECK(*desk.life->events.storage(800, limits) == StorageStep::thin_tracks);
    CHECK(*desk.life->events.storage(50, limits) == StorageStep::free_reserve);
    CHECK(*desk.life->events.storage(5000, limits) == StorageStep::normal);
    const auto facts = desk.life->facts();
    REQUIRE(facts.size() == 2);
    CHECK(wire::decode_data<model::DeviceStorageLow>(facts[1].data)->step == 3);
}
