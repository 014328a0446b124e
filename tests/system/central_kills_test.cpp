// kill -9 of central, on both engines: nothing that a courier was told is saved is lost or doubled.
#include <doctest/doctest.h>
#include "tests/support/postgres.hpp"
#include "tests/system/journey.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

constexpr int kills = 20;

struct OnSqlite {
    static std::string database() { return {}; }
};
struct OnPostgres {
    static std::string database() { return PostgresServer::shared().fresh_database(); }
};

}  // namespace

TEST_CASE_TEMPLATE("central killed twenty times while a handheld sends loses and doubles nothing", Engine, OnSqlite,
                   OnPostgres) {
    CentralProcess central(Engine::database());
    StaffClient staff(central.url(), central.setup_token());
    Gpsfake gpsd(ride_nmea(), 0.1);
    Journey journey(central, staff, "C-1", gpsd.port());
    for (int i = 0; i < kills; ++i) {
        const auto before = journey.scans_at_central();
        journey.scan();
        journey.scan();
        central.kill();  // perhaps before, perhaps after the commit, perhaps before the ack
        journey.scan();
        central.start();
        REQUIRE_MESSAGE(journey.until_more_than(before), central.output() << journey.agent.output());
    }
    CHECK(journey.saved.size() == 3 * kills);
    journey.expect_whole();
}
