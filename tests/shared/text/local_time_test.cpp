// Times as people write them.
#include "shared/text/local_time.hpp"

#include <doctest/doctest.h>

using namespace plus7;

namespace {

std::string utc(std::string_view text, const char* zone = "Europe/Moscow", std::optional<core::TimeUs> day = {}) {
    const auto time = text::local_time_of(text, zone, day);
    return time ? core::to_iso8601(std::chrono::floor<std::chrono::milliseconds>(*time)).substr(0, 16) : "nothing";
}

}  // namespace

TEST_CASE("a day and a time of day are those of the place") {
    CHECK(utc("2026-12-01 14:00") == "2026-12-01T11:00");
    CHECK(utc("2026-12-01T14:00:30") == "2026-12-01T11:00");
    CHECK(utc("01.12.2026 9:05") == "2026-12-01T06:05");
    CHECK(utc("1.2.2026 00:00", "Asia/Vladivostok") == "2026-01-31T14:00");
    CHECK(utc("2026-07-01 12:00", "Europe/Berlin") == "2026-07-01T10:00");
    CHECK(utc("2026-12-01 24:00") == "2026-12-01T21:00");
}

TEST_CASE("an offset that is written counts, whatever the zone") {
    CHECK(utc("2026-12-01T14:00Z") == "2026-12-01T14:00");
    CHECK(utc("2026-12-01T14:00:00+05:00") == "2026-12-01T09:00");
    CHECK(utc("2026-12-01T14:00-0330") == "2026-12-01T17:30");
}

TEST_CASE("a time alone is on the day of another, as the place counts days") {
    const auto evening = core::time_us(core::count(*core::from_iso8601("2026-12-01T21:30:00Z")) * 1000);
    CHECK(utc("14:00", "Europe/Moscow", evening) == "2026-12-02T11:00");
    CHECK(utc("14:00") == "nothing");
}

TEST_CASE("what is no time is none") {
    for (const auto* text :
         {"", "2026-12-01", "tomorrow", "2026-13-01 10:00", "30.02.2026 10:00", "2026-12-01 25:00", "2026-12-01 10:60",
          "2026-12-01 10:00 pm", "2026-12-01 10:00+99:00", "1999-12-01 10:00", "12/01/2026 10:00", "2026-12-01 10"}) {
        CAPTURE(text);
        CHECK(utc(text) == "nothing");
    }
}
