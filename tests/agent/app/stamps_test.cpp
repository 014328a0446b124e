#include "agent/app/stamps.hpp"

#include "tests/agent/app/desk.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::app::Stamps;

namespace {
const core::LatLon place{55.75, 37.61};
const core::TimeMs gps_time = core::time_ms(1'795'000'000'000);

struct Clocked {
    VirtualClock clock;
    core::WallSource source = core::WallSource::rtc;
    Stamps stamps{clock, core::BootId{{9}}, [this] { return source; }};
};
}  // namespace

TEST_CASE("before the first fix an act has wall clock, boot and monotonic clock only") {
    Clocked c;
    const auto stamp = c.stamps.now();
    CHECK_FALSE(stamp.gps);
    CHECK(stamp.wall == std::chrono::floor<std::chrono::milliseconds>(c.clock.now()));
    CHECK(stamp.wall_src == core::WallSource::rtc);
    CHECK(stamp.boot == core::BootId{{9}});
    CHECK(stamp.mono == c.clock.mono());
    CHECK_FALSE(c.stamps.where());
}

TEST_CASE("GPS time is carried on by the monotonic clock, and given up when the fix is old") {
    Clocked c;
    c.stamps.saw(fix_at(gps_time, place), c.clock.mono());
    c.clock.elapsed = 7s;
    CHECK(c.stamps.now().gps == gps_time + 7s);
    c.clock.elapsed = 31s;
    CHECK_FALSE(c.stamps.now().gps);
}

TEST_CASE("the time a fix waited for the storage thread is not lost") {
    Clocked c;
    const auto arrived = c.clock.mono();
    c.clock.elapsed = 3s;
    c.stamps.saw(fix_at(gps_time, place), arrived);
    CHECK(c.stamps.now().gps == gps_time + 3s);
}

TEST_CASE("the place of an act is that of the newest fix, with its age and accuracy") {
    Clocked c;
    c.stamps.saw(fix_at(gps_time, place), c.clock.mono());
    c.clock.elapsed = 90s;
    const auto where = c.stamps.where();
    REQUIRE(where);
    CHECK(where->place == place);
    CHECK(where->acc_m == 4);
    CHECK(where->age == 90s);
}

TEST_CASE("an older fix does not take the place of a newer one") {
    Clocked c;
    c.stamps.saw(fix_at(gps_time, place), c.clock.mono());
    c.stamps.saw(fix_at(gps_time - 1s, {1, 1}), c.clock.mono());
    CHECK(c.stamps.where()->place == place);
}
