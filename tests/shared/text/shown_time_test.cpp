#include "shared/text/shown_time.hpp"

#include <doctest/doctest.h>

using namespace plus7;

TEST_CASE("a moment is told in the hours of the place, also where the clock was changed in summer") {
    const auto winter = core::TimeUs{*core::from_iso8601("2026-01-15T21:30:00Z")};
    const auto summer = core::TimeUs{*core::from_iso8601("2026-07-15T21:30:00Z")};
    CHECK(text::shown_time(winter, "Europe/Moscow") == "16.01.2026 00:30");
    CHECK(text::shown_time(winter, "Asia/Vladivostok") == "16.01.2026 07:30");
    CHECK(text::shown_time(winter, "Europe/Berlin") == "15.01.2026 22:30");
    CHECK(text::shown_time(summer, "Europe/Berlin") == "15.07.2026 23:30");
}

TEST_CASE("in a zone that nobody knows it is told in UTC, and said so") {
    const auto at = core::TimeUs{*core::from_iso8601("2026-01-15T21:30:00Z")};
    CHECK(text::shown_time(at, "Moon/Base") == "15.01.2026 21:30 UTC");
    CHECK(text::shown_time(at, "") == "15.01.2026 21:30 UTC");
}
