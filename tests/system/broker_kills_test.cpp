// kill -9 of the broker: nothing that a courier was told is saved is lost or doubled.
#include <doctest/doctest.h>
#include <signal.h>

#include "tests/support/eventually.hpp"
#include "tests/system/journey.hpp"

using namespace plus7;
using namespace plus7::test;

TEST_CASE("a broker killed twenty times while a handheld sends loses and doubles nothing") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Gpsfake gpsd(ride_nmea(), 0.1);
    Journey journey(central, staff, "B-1", gpsd.port());
    pid_t broker = 0;
    const auto another_runs = [&] { return central.broker_pid() != 0 && central.broker_pid() != broker; };
    constexpr int kills = 20;
    for (int i = 0; i < kills; ++i) {
        const auto before = journey.scans_at_central();
        REQUIRE(eventually(another_runs));
        broker = central.broker_pid();
        journey.scan();
        ::kill(broker, SIGKILL);
        journey.scan();
        REQUIRE_MESSAGE(journey.until_more_than(before), central.output() << journey.agent.output());
    }
    CHECK(journey.saved.size() == 2 * kills);
    journey.expect_whole();
}
