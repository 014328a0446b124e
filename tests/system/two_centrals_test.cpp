// Two central instances on one PostgreSQL and one broker: either may take any handheld's batch, either may be killed.
#include <doctest/doctest.h>

#include "tests/support/eventually.hpp"
#include "tests/support/postgres.hpp"
#include "tests/system/figures.hpp"
#include "tests/system/journey.hpp"
#include "tests/system/outside_broker.hpp"

using namespace plus7;
using namespace plus7::test;
using std::chrono::seconds;

namespace {

std::uint64_t facts_taken(const CentralProcess& central) {
    return Figures(central.url()).sum("plus7_ingest_records_total", "what=\"fact\"");
}

struct Couriers {
    Couriers(CentralProcess& central, StaffClient& staff)
        : all{Journey(central, staff, "T-1"), Journey(central, staff, "T-2"), Journey(central, staff, "T-3")} {}
    void scan() {
        for (auto& one : all) one.scan();
    }
    void expect_all() {
        for (auto& one : all) CHECK_MESSAGE(one.arrived(seconds{120}), one.broken_promise());
    }
    std::array<Journey, 3> all;
};

}  // namespace

TEST_CASE("two centrals share the handhelds' facts, either is killed, and every scan is there exactly once") {
    OutsideBroker broker;
    const auto database = PostgresServer::shared().fresh_database();
    CentralProcess first(broker.setup("first", database));
    StaffClient staff(first.url(), first.setup_token());
    CentralProcess second(broker.setup("second", database));
    Couriers couriers(first, staff);

    const auto both_worked = [&] {
        couriers.scan();
        return facts_taken(first) > 0 && facts_taken(second) > 0;
    };
    REQUIRE(eventually(both_worked, seconds{60}));
    couriers.expect_all();
    for (auto* central : {&second, &first, &second, &first}) {
        couriers.scan();
        central->kill();
        couriers.scan();  // the other one takes what comes meanwhile
        central->start();
        couriers.scan();
        couriers.expect_all();
    }
    for (auto* central : {&first, &second}) CHECK(eventually([&] { return add_up(Figures(central->url())); }));

    broker.restart();
    couriers.scan();
    couriers.expect_all();
    for (auto& one : couriers.all) CHECK(one.agent.stop() == 0);
    CHECK(second.stop() == 0);
    CHECK(first.stop() == 0);
    const auto [code, words] = first.command({"verify"});
    CHECK_MESSAGE(code == 0, words);
}
