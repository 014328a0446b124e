// A disk that is full to the last byte: nothing is called saved that is not, and when there is room again all goes on.
#include <doctest/doctest.h>

#include "agent/handheld/status.hpp"
#include "tests/support/eventually.hpp"
#include "tests/system/figures.hpp"
#include "tests/system/journey.hpp"
#include "tests/system/small_disk.hpp"

using namespace plus7;
using namespace plus7::test;
using std::chrono::seconds;

namespace {

constexpr int mib = 48;

std::uint64_t unacked_facts(const Journey& journey) {
    const auto status = agent::handheld::status_from_json(journey.agent.command({"status", "--json"}).output);
    REQUIRE(status.ok());
    return status->unacked.fact;
}

}  // namespace

TEST_CASE("a handheld with a full disk says \"not saved\", and saves again when there is room") {
    if (const auto why = SmallDisk::missing(); !why.empty()) {
        MESSAGE("skipped, no small disk can be had here: " << why);
        return;
    }
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Journey journey(central, staff, "F-1");
    REQUIRE(journey.agent.stop() == 0);
    SmallDisk disk(journey.agent.data(), mib);
    journey.agent.start();
    for (int round = 0; round < 2; ++round) {
        CAPTURE(round);
        journey.scan();
        const auto refused = [&] {
            disk.fill();  // also what the agent freed for its facts: its reserve
            const auto before = journey.saved.size();
            journey.scan();
            return journey.saved.size() == before;
        };
        CHECK(eventually(refused, seconds{60}));
        CHECK(journey.agent.running());
        disk.clear();
        const auto saved = journey.saved.size();
        CHECK(eventually(
            [&] {
                journey.scan();
                return journey.saved.size() > saved;
            },
            seconds{60}));
        CHECK_MESSAGE(journey.arrived(), journey.broken_promise());
    }
    CHECK(journey.unsure.empty());
    journey.expect_whole();
}

TEST_CASE("a central with a full disk acks nothing that it has not, and takes all of it when there is room") {
    if (const auto why = SmallDisk::missing(); !why.empty()) {
        MESSAGE("skipped, no small disk can be had here: " << why);
        return;
    }
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Journey journey(central, staff, "F-2");
    REQUIRE(central.stop() == 0);
    SmallDisk disk(std::filesystem::path(central.data_file("")), mib);
    central.start();
    journey.scan();
    CHECK_MESSAGE(journey.arrived(), journey.broken_promise());
    const auto not_taken = [&] {
        disk.fill();
        journey.scan();
        return Figures(central.url()).sum("plus7_ingest_not_durable_total") > 0;
    };
    CHECK_MESSAGE(eventually(not_taken, seconds{60}), central.output());
    const auto told = [&] {  // the office is told why, and that nothing was saved
        disk.fill();
        return staff.post("/api/v1/couriers", {{"name", "Пробный Павел"}, {"code", "F-3"}}).status == 507;
    };
    CHECK(eventually(told, seconds{60}));
    for (int i = 0; i < 3; ++i) journey.scan();
    CHECK(unacked_facts(journey) > 3);  // on the handheld they are, here not yet
    disk.clear();
    CHECK_MESSAGE(journey.arrived(), journey.broken_promise());
    journey.expect_whole();
}
