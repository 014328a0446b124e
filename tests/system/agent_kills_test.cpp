// kill -9 of the handheld's agent, at any moment: what it said to be saved is at central, once.
#include <doctest/doctest.h>

#include <fstream>
#include <random>
#include <thread>

#include "agent/handheld/custody_check.hpp"
#include "tests/support/eventually.hpp"
#include "tests/system/journey.hpp"

using namespace plus7;
using namespace plus7::test;

TEST_CASE("an agent killed twenty-five times while it scans and records its way loses and doubles nothing") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Gpsfake gpsd(ride_nmea(), 0.05);
    Journey journey(central, staff, "K-1", gpsd.port());
    std::mt19937 dice(1);
    constexpr int kills = 25;
    for (int i = 0; i < kills; ++i) {
        journey.scan();
        // The next one is under way when the agent dies, now sooner, now later.
        const auto code = journey.next_code();
        Process scan({PLUS7_AGENT, "--config", journey.agent.config(), "scan", code}, {{"LANG", "C"}});
        const auto moment = std::chrono::microseconds(dice() % 30'000);
        const auto until = std::chrono::steady_clock::now() + moment;
        while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
        journey.agent.kill();
        const auto ended = scan.wait();
        REQUIRE(ended.has_value());
        journey.note({*ended, scan.output()}, code);
        journey.agent.start();
    }
    CHECK(journey.saved.size() >= kills);
    CHECK_MESSAGE(journey.arrived(), journey.broken_promise());

    const auto file = journey.agent.data() / "custody.p7c";
    const auto exported = journey.agent.command({"export", "--out", file.string()});
    CHECK_MESSAGE(exported.code == 0, exported.output);
    agent::handheld::CustodyCheck check;
    std::ifstream in(file, std::ios::binary);
    check.feed(std::string(std::istreambuf_iterator<char>(in), {}));
    const auto facts = check.finish();
    REQUIRE_MESSAGE(facts.ok(), facts.error().message);
    CHECK(*facts > journey.saved.size());
    journey.expect_whole();
}
