// kill -9 of the broker: nothing that a courier was told is saved is lost or doubled.
#include <doctest/doctest.h>
#include <signal.h>

#include "tests/support/eventually.hpp"
#include "tests/support/postgres.hpp"
#include "tests/system/journey.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

void kill_broker(const std::string& database, int kills) {
    CentralProcess central(database);
    StaffClient staff(central.url(), central.setup_token());
    Gpsfake gpsd(ride_nmea(), 0.1);
    Journey journey(central, staff, "B-1", gpsd.port());
    pid_t broker = 0, next = 0;
    // Asked once: one that has just ended by itself has no id, and 0 would be this test and all beside it.
    const auto another_runs = [&] {
        next = central.broker_pid();
        return next != 0 && next != broker;
    };
    for (int i = 0; i < kills; ++i) {
        const auto before = journey.scans_at_central();
        REQUIRE(eventually(another_runs));
        broker = next;
        journey.scan();
        ::kill(broker, SIGKILL);
        journey.scan();
        REQUIRE_MESSAGE(journey.until_more_than(before), central.output() << journey.agent.output());
    }
    CHECK(journey.saved.size() == 2 * static_cast<std::size_t>(kills));
    journey.expect_whole();
}

}  // namespace

TEST_CASE("a broker killed twenty times while a handheld sends loses and doubles nothing") { kill_broker("", 20); }

TEST_CASE("nor on PostgreSQL") { kill_broker(PostgresServer::shared().fresh_database(), 5); }
