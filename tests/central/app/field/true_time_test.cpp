#include "central/app/field/true_time.hpp"

#include <doctest/doctest.h>

using namespace plus7;
using namespace plus7::central::app::field;
using namespace std::chrono_literals;

namespace {

const core::TimeUs received = *core::from_iso8601("2026-11-22T10:00:00Z");
const core::TimeMs act = *core::from_iso8601("2026-11-22T08:00:00Z");

core::Stamp stamp() {
    core::Stamp s;
    s.wall = act + 3h;  // set forward
    s.wall_src = core::WallSource::rtc;
    s.mono = 5000s;
    return s;
}

}  // namespace

TEST_CASE("GPS time is the true time, whatever the wall clock says") {
    auto s = stamp();
    s.gps = act;
    CHECK(true_time(s, std::nullopt, received) == TrueTime{act, Trust::gps});
}

TEST_CASE("without GPS the monotonic clock counts from another fact of the same boot") {
    const std::chrono::microseconds anchor = (act - 5000s).time_since_epoch();
    CHECK(true_time(stamp(), anchor, received) == TrueTime{act, Trust::mono});
}

TEST_CASE("a wall clock set by the network is believed when nothing better is there") {
    auto s = stamp();
    s.wall = act;
    s.wall_src = core::WallSource::network;
    CHECK(true_time(s, std::nullopt, received) == TrueTime{act, Trust::wall});
}

TEST_CASE("a wall clock that anybody may set proves nothing") {
    auto s = stamp();
    s.wall = act;
    for (const auto source : {core::WallSource::unset, core::WallSource::rtc}) {
        s.wall_src = source;
        CHECK(true_time(s, std::nullopt, received) == TrueTime{received, Trust::received});
    }
}

TEST_CASE("no clock is believed that puts the act after its arrival") {
    auto s = stamp();
    s.gps = std::chrono::floor<std::chrono::milliseconds>(received) + 1h;
    s.wall = *s.gps;
    s.wall_src = core::WallSource::network;
    CHECK(true_time(s, std::nullopt, received) == TrueTime{received, Trust::received});
    s.gps = std::chrono::floor<std::chrono::milliseconds>(received) + 1min;  // two clocks never agree to the second
    CHECK(true_time(s, std::nullopt, received).trust == Trust::gps);
}

TEST_CASE("a receiver whose week counter rolled over is not believed") {
    auto s = stamp();
    s.gps = act - std::chrono::days{1024 * 7};
    CHECK(true_time(s, std::nullopt, received).trust == Trust::received);
}
