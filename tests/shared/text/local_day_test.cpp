// The own clock of a place, also where it jumps.
#include "shared/text/local_day.hpp"

#include <doctest/doctest.h>

using namespace plus7;
using namespace plus7::text;

namespace {

core::TimeUs utc(std::string_view text) { return core::from_iso8601(text).value(); }

}  // namespace

TEST_CASE("a moment is a day, a weekday and a minute there, and comes back") {
    const auto omsk = local_time(utc("2026-11-22T19:30:00Z"), "Asia/Omsk");
    CHECK(omsk.day == "2026-11-23");
    CHECK(omsk.weekday == 0);
    CHECK(omsk.minute == 90);
    CHECK(moment_of("2026-11-23", 90, "Asia/Omsk") == utc("2026-11-22T19:30:00Z"));
    CHECK(moment_of("2026-11-23", 1440, "UTC") == utc("2026-11-24T00:00:00Z"));
    CHECK(local_time(utc("1969-12-31T23:59:59Z"), "UTC").minute == 1439);
}

TEST_CASE("where clocks jump a window keeps its hour") {
    CHECK(moment_of("2026-03-29", 10 * 60, "Europe/Berlin") == utc("2026-03-29T08:00:00Z"));
    CHECK(moment_of("2026-03-28", 10 * 60, "Europe/Berlin") == utc("2026-03-28T09:00:00Z"));
    CHECK(moment_of("2026-03-29", 150, "Europe/Berlin") == utc("2026-03-29T01:30:00Z"));  // 2:30 is skipped
    CHECK(moment_of("2026-10-25", 150, "Europe/Berlin") == utc("2026-10-25T00:30:00Z"));  // 2:30 comes twice
}

TEST_CASE("days are read strictly and counted over ends of months") {
    CHECK(is_day("2028-02-29"));
    for (const auto* wrong : {"2026-02-29", "2026-13-01", "2026-1-01", "20260101", "", "2026-01-0a", "2026-01--1"})
        CHECK_FALSE(is_day(wrong));
    CHECK(day_after("2026-12-31", 1) == "2027-01-01");
    CHECK(day_after("2026-03-01", -1) == "2026-02-28");
    CHECK(weekday_of("2026-11-29") == 6);
}
