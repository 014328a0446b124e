#include "agent/app/tracking.hpp"

#include "tests/agent/app/desk.hpp"

using namespace plus7;
using namespace plus7::test;
using wire::GapReason;

namespace {
// One fix a second, riding east at 5 m/s.
void ride(Desk& desk, int seconds, double from_m = 0) {
    for (int i = 0; i < seconds; ++i) {
        desk.clock.elapsed += 1s;
        REQUIRE(desk.arrive(from_m + 5.0 * i));
        REQUIRE(desk.life->tracking.tick(desk.clock.mono(), true));
    }
}
}  // namespace

TEST_CASE("outside a shift nothing is recorded and nothing is sent") {
    Desk desk;
    ride(desk, 60);
    CHECK(desk.life->live == 0);
    CHECK(desk.track().empty());
    REQUIRE(desk.life->shift.start());
    REQUIRE(desk.life->shift.end());
    ride(desk, 60);
    CHECK(desk.life->live == 0);
    CHECK(desk.track().empty());
}

TEST_CASE("a shift's track is sealed before the fact that ends it, without gaps") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    const auto begin = desk.now();
    ride(desk, 120);
    const auto end = desk.now();
    REQUIRE(desk.life->shift.end());
    CHECK(desk.life->live == 120);
    CHECK(desk.gaps().empty());
    const auto fixes = desk.fixes();
    REQUIRE(fixes.size() >= 20);
    CHECK(fixes.front().time == begin + 1s);
    CHECK(end - fixes.back().time <= 8s);
    CHECK(desk.life->types() == std::vector<std::string>{"shift.started", "track.digest", "shift.ended"});
}

TEST_CASE("half a minute without a fix is a gap with its reason") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    ride(desk, 20);
    const auto from = desk.now();
    desk.clock.elapsed += 45s;
    ride(desk, 5, 200);
    const auto gaps = desk.gaps();
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].reason == GapReason::no_fix);
    CHECK(gaps[0].from == from);
    CHECK(gaps[0].to == from + 46s);
}

TEST_CASE("a lost gpsd is a gap of its own kind, even a short one, stated when it is back") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    ride(desk, 20);
    desk.clock.elapsed += 16s;
    desk.life->tracking.gpsd_lost();
    CHECK(desk.gaps().empty());
    ride(desk, 40, 200);
    const auto gaps = desk.gaps();
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].reason == GapReason::no_gpsd);
}

TEST_CASE("a shift that starts while gpsd is gone owes that gap from its start") {
    Desk desk;
    desk.life->tracking.gpsd_lost();
    REQUIRE(desk.life->shift.start());
    const auto from = desk.now();
    desk.clock.elapsed += 20s;
    ride(desk, 5);
    const auto gaps = desk.gaps();
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].reason == GapReason::no_gpsd);
    CHECK(gaps[0].from == from);
}

TEST_CASE("a shift that ends without a fix since long says so") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    const auto from = desk.now();
    desk.clock.elapsed += 10min;
    REQUIRE(desk.life->shift.end());
    const auto gaps = desk.gaps();
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].from == from);
    CHECK(gaps[0].to == from + 10min);
}

TEST_CASE("a device whose clock was never set states no gap of decades when its first fix comes") {
    Desk desk;
    desk.life->wall_source = core::WallSource::unset;
    REQUIRE(desk.life->shift.start());
    desk.clock.elapsed += 24h * 365 * 5;
    ride(desk, 5);
    CHECK(desk.gaps().empty());
}

TEST_CASE("the storage ladder first thins the track, then stops it and states the gap when it goes on") {
    using agent::store::StorageStep;
    Desk desk;
    REQUIRE(desk.life->shift.start());
    ride(desk, 200);
    REQUIRE(desk.life->shift.end());
    const auto dense = desk.fixes().size();

    Desk thin;
    REQUIRE(thin.life->shift.start());
    thin.life->tracking.storage(StorageStep::thin_tracks);
    ride(thin, 200);
    const auto from = thin.now();
    thin.life->tracking.storage(StorageStep::stop_tracks);
    ride(thin, 100, 1000);
    thin.life->tracking.storage(StorageStep::normal);
    ride(thin, 10, 1500);
    const auto gaps = thin.gaps();
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].reason == GapReason::storage);
    CHECK(gaps[0].from == from);
    CHECK(gaps[0].to == from + 101s);
    REQUIRE(thin.life->shift.end());
    CHECK(thin.fixes().size() * 3 < dense + 10);
    CHECK(thin.life->live == 310);  // the map goes on
}

TEST_CASE("on a low battery the track is thinner and the map gets only what is kept, until it is charged") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    ride(desk, 200);
    const auto dense = desk.life->tracking.kept_fixes();
    CHECK(desk.life->live == 200);
    desk.life->tracking.save_battery(true);
    ride(desk, 200, 1000);
    const auto thin = desk.life->tracking.kept_fixes() - dense;
    CHECK(thin > 5);
    CHECK(thin * 2 < dense);
    CHECK(desk.life->live == 200 + thin);
    desk.life->tracking.save_battery(false);
    ride(desk, 200, 2000);
    CHECK(desk.life->tracking.kept_fixes() - dense - thin >= dense - 1);
    REQUIRE(desk.life->shift.end());
    CHECK(desk.gaps().empty());
}

TEST_CASE("a low battery and little space at once thin by the larger of the two, not by both") {
    Desk space, both;
    for (auto* desk : {&space, &both}) {
        REQUIRE(desk->life->shift.start());
        desk->life->tracking.storage(agent::store::StorageStep::thin_tracks);
    }
    both.life->tracking.save_battery(true);
    ride(space, 300);
    ride(both, 300);
    CHECK(both.life->tracking.kept_fixes() == space.life->tracking.kept_fixes());
}

TEST_CASE("a stop in order inside a shift seals the track and the time until the next start is a gap") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    ride(desk, 30);
    const auto from = desk.now();
    REQUIRE(desk.life->shift.pause());
    REQUIRE(desk.life->events.stopped());
    desk.restart();
    REQUIRE(desk.life->shift.open());
    desk.clock.elapsed += 5min;
    ride(desk, 10, 300);
    const auto gaps = desk.gaps();
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].reason == GapReason::unknown);
    CHECK(gaps[0].from == from);
}

TEST_CASE("a kill inside a shift costs at most the last seconds, and they are one gap") {
    Desk desk;
    REQUIRE(desk.life->shift.start());
    ride(desk, 60);
    const auto killed = desk.now();
    desk.restart();
    desk.clock.elapsed += 60s;
    ride(desk, 20, 500);
    const auto gaps = desk.gaps();
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].reason == GapReason::power_cut);
    CHECK(killed - gaps[0].from <= 20s);
    CHECK(gaps[0].to == killed + 61s);
}
