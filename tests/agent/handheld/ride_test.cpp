// A shift on a real ride: gpsd, track, gaps and status of the real agent.
#include <doctest/doctest.h>
#include <signal.h>

#include <nlohmann/json.hpp>

#include "tests/agent/handheld/enrolled_agent.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/gpsfake.hpp"
#include "tests/tracks/nmea_writer.hpp"
#include "tests/tracks/tracks.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

std::string ride() {
    const auto track = read_track(std::string(PLUS7_SOURCE_DIR) + "/tests/data/tracks/bike-2s.gpx");
    return to_nmea(*track, std::chrono::floor<std::chrono::milliseconds>(core::SystemClock{}.now()));
}

nlohmann::json status_of(const EnrolledAgent& agent) {
    return nlohmann::json::parse(agent.run({"status", "--json"}).output);
}

}  // namespace

TEST_CASE("the positions of a shift are kept, those outside it are not, and a stop in order seals them") {
    Gpsfake gpsd(ride());
    EnrolledAgent agent(gpsd.port());
    agent.bind_courier("C-017");
    agent.start();
    REQUIRE(eventually([&] { return status_of(agent)["gps"]["age_s"].is_number(); }));
    CHECK(status_of(agent)["unacked"]["track"] == 0);
    REQUIRE(agent.run({"shift", "start"}).code == 0);
    REQUIRE(eventually([&] { return status_of(agent)["shift"]["distance_m"] > 200; }));
    REQUIRE(agent.run({"scan", "4600000000015"}).code == 0);
    const auto kept = agent.exported();
    REQUIRE_MESSAGE(kept.whole, kept.problem);
    REQUIRE(kept.facts.back().type == "scan");
    CHECK(kept.facts.back().where.has_value());
    CHECK(kept.facts.back().at.gps.has_value());
    agent.process().signal(SIGTERM);
    REQUIRE(agent.process().wait() == 0);

    const auto stores = agent.stores();
    CHECK_FALSE(stores->track().recording());
    const auto run = stores->track().next_run({}, 1 << 20, 256);
    std::size_t fixes = 0;
    for (const auto& record : run.records) {
        const auto decoded = wire::decode_track_record(record).value();
        if (const auto* block = std::get_if<wire::TrackBlockRecord>(&decoded))
            fixes += wire::decode_track_block(block->block)->fixes.size();
    }
    CHECK(fixes >= 5);
}

TEST_CASE("an agent whose gpsd dies goes on, says so, and takes it back") {
    Gpsfake gpsd(ride());
    EnrolledAgent agent(gpsd.port());
    agent.start();
    REQUIRE(eventually([&] { return status_of(agent)["gps"]["gpsd"] == true; }));
    gpsd.stop();
    REQUIRE(eventually([&] { return status_of(agent)["gps"]["gpsd"] == false; }));
    CHECK(agent.run({"scan", "A-1"}).code == 0);
    gpsd.start();
    CHECK(eventually([&] { return status_of(agent)["gps"]["gpsd"] == true; }, std::chrono::seconds{40}));
}
