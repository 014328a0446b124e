// The main job on real processes: a handheld's facts reach the console's API, durably.
#include <doctest/doctest.h>

#include "tests/support/eventually.hpp"
#include "tests/system/journey.hpp"

using namespace plus7;
using namespace plus7::test;

TEST_CASE("a scan on an enrolled handheld is seen by staff with its three clocks") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Gpsfake gpsd(ride_nmea(), 0.1);
    Journey journey(central, staff, "K-104", gpsd.port());
    const auto scan = journey.agent.command({"scan", "4600000000015"});
    REQUIRE_MESSAGE(scan.code == 0, scan.output);

    REQUIRE(eventually([&] { return staff.events(journey.carried.courier, "scan").size() == 1; }));
    const auto event = staff.events(journey.carried.courier, "scan").at(0);
    CHECK(event.at("device") == journey.carried.device);
    CHECK(event.at("data").at("code") == "4600000000015");
    CHECK(event.at("at").at("wall_ms").get<std::int64_t>() > 0);
    CHECK(event.at("at").at("mono_ms").get<std::int64_t>() > 0);
    CHECK(event.at("at").at("boot").get<std::string>().size() == 32);
    CHECK(journey.agent.stop() == 0);
    CHECK(central.stop() == 0);
}
