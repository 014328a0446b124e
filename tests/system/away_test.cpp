// Central and its broker away for a while: the handheld records as ever, and all of it arrives when they are back.
#include <doctest/doctest.h>
#include <signal.h>

#include "agent/handheld/status.hpp"
#include "shared/sql/sqlite_connection.hpp"
#include "tests/support/eventually.hpp"
#include "tests/system/journey.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::handheld::Status;
using std::chrono::seconds;

namespace {

Status status_of(const Journey& journey) {
    const auto said = journey.agent.command({"status", "--json"});
    const auto status = agent::handheld::status_from_json(said.output);
    REQUIRE_MESSAGE(status.ok(), said.output);
    return *status;
}

// Records a part of the way, ended by a restart of the agent, which seals it into a block that waits.
void ride_on(Journey& journey) {
    const auto before = status_of(journey);
    REQUIRE(before.shift.has_value());
    REQUIRE(
        eventually([&] { return status_of(journey).shift->distance_m > before.shift->distance_m + 20; }, seconds{60}));
    REQUIRE(journey.agent.stop() == 0);
    journey.agent.start();
    CHECK(eventually([&] { return status_of(journey).unacked.track > before.unacked.track; }));
}

// When central got the newest of the handheld's track records, and when the first of all that waited with it.
struct Arrivals {
    std::int64_t newest = 0, earliest = 0, count = 0;
};
Arrivals arrivals_since(const CentralProcess& central, core::TimeUs since) {
    auto database = sql::SqliteConnection::open({.path = central.data_file("central.db"), .read_only = true});
    REQUIRE(database.ok());
    Arrivals found;
    const sql::Param from = core::count(since);
    (*database)->run("SELECT received_us FROM track_record WHERE received_us >= $1 ORDER BY seq", {{from}},
                     [&](const sql::Row& row) {
                         found.newest = row.get<std::int64_t>(0);
                         if (found.count++ == 0 || found.newest < found.earliest) found.earliest = found.newest;
                         return true;
                     });
    return found;
}

}  // namespace

TEST_CASE("while central is away a handheld records scans and its way, and all of it arrives afterwards") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Gpsfake gpsd(ride_nmea(), 0.05);
    Journey journey(central, staff, "W-1", gpsd.port());
    journey.scan();
    REQUIRE_MESSAGE(journey.arrived(), journey.broken_promise());
    REQUIRE(central.stop() == 0);

    constexpr int parts = 4;
    for (int i = 0; i < parts; ++i) {
        journey.scan();
        ride_on(journey);
    }
    gpsd.stop();  // so that nothing is newer than what waits
    const auto waiting = status_of(journey).unacked;
    CHECK(waiting.fact >= parts);
    CHECK(waiting.track >= parts);

    const auto back = core::SystemClock{}.now();
    central.start();
    CHECK_MESSAGE(journey.arrived(), journey.broken_promise());
    const auto all_arrived = [&] {
        const auto unacked = status_of(journey).unacked;
        return unacked.fact == 0 && unacked.track == 0;
    };
    CHECK(eventually(all_arrived, seconds{60}));
    CHECK(journey.saved.size() == parts + 1);
    journey.expect_whole();
    const auto arrivals = arrivals_since(central, back);
    CHECK(arrivals.count >= parts);
    CHECK(arrivals.newest == arrivals.earliest);  // the newest came first, or with the first
}

TEST_CASE("a broker that hangs holds scans back without losing one") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Journey journey(central, staff, "W-2");
    journey.scan();
    REQUIRE_MESSAGE(journey.arrived(), journey.broken_promise());
    const auto broker = central.broker_pid();
    REQUIRE(broker > 0);
    for (int i = 0; i < 5; ++i) {
        const auto before = journey.scans_at_central();
        REQUIRE(::kill(broker, SIGSTOP) == 0);
        for (int n = 0; n < 3; ++n) journey.scan();
        CHECK(status_of(journey).unacked.fact >= 3);
        CHECK(journey.scans_at_central() == before);
        REQUIRE(::kill(broker, SIGCONT) == 0);
        CHECK_MESSAGE(journey.arrived(), journey.broken_promise());
    }
    CHECK(central.broker_pid() == broker);
    CHECK(journey.saved.size() == 16);
    journey.expect_whole();
}
