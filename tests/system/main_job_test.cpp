// The main job on real processes: a handheld's facts reach the console's API, durably.
#include <doctest/doctest.h>

#include "tests/support/eventually.hpp"
#include "tests/support/gpsfake.hpp"
#include "tests/system/agent_process.hpp"
#include "tests/system/central_process.hpp"
#include "tests/system/staff_client.hpp"
#include "tests/tracks/nmea_writer.hpp"
#include "tests/tracks/tracks.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

std::string ride() {
    const auto track = read_track(std::string(PLUS7_SOURCE_DIR) + "/tests/data/tracks/bike-2s.gpx");
    return to_nmea(*track, std::chrono::floor<std::chrono::milliseconds>(core::SystemClock{}.now()));
}

}  // namespace

TEST_CASE("a scan on an enrolled handheld is seen by staff with its three clocks") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    const auto carried = staff.courier_with_device("Орлов Рустам", "K-104");
    Gpsfake gpsd(ride(), 0.1);
    AgentProcess agent(gpsd.port());
    const auto enrolled = agent.enroll(carried.link);
    REQUIRE_MESSAGE(enrolled.code == 0, enrolled.output << central.output());
    agent.start();

    CommandResult shift;
    const bool started = eventually([&] {
        shift = agent.command({"shift", "start"});  // refused until central has told which courier carries the device
        return shift.code == 0;
    });
    REQUIRE_MESSAGE(started, shift.output);
    const auto scan = agent.command({"scan", "4600000000015"});
    REQUIRE_MESSAGE(scan.code == 0, scan.output);

    REQUIRE(eventually([&] { return staff.events(carried.courier, "scan").size() == 1; }));
    const auto event = staff.events(carried.courier, "scan").at(0);
    CHECK(event.at("device") == carried.device);
    CHECK(event.at("data").at("code") == "4600000000015");
    CHECK(event.at("at").at("wall_ms").get<std::int64_t>() > 0);
    CHECK(event.at("at").at("mono_ms").get<std::int64_t>() > 0);
    CHECK(event.at("at").at("boot").get<std::string>().size() == 32);
    CHECK(agent.stop() == 0);
    CHECK(central.stop() == 0);
}
