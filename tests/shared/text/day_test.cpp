#include <doctest/doctest.h>

#include "shared/text/day.hpp"

using plus7::core::from_iso8601;
using plus7::core::TimeUs;
using plus7::text::day_name;
using plus7::text::end_of_day;

namespace {

TimeUs at(const char* text) { return *from_iso8601(text); }

}  // namespace

TEST_CASE("a day ends by the clocks of its place") {
    CHECK(end_of_day(at("2026-11-22T12:00:00Z"), 7, "Europe/Moscow") == at("2026-11-29T20:59:59.999Z"));
    CHECK(end_of_day(at("2026-11-22T22:30:00Z"), 0, "Europe/Moscow") == at("2026-11-23T20:59:59.999Z"));
    CHECK(end_of_day(at("2026-11-22T12:00:00Z"), 0, "Asia/Vladivostok") == at("2026-11-22T13:59:59.999Z"));
    CHECK(end_of_day(at("2026-12-30T12:00:00Z"), 3, "Europe/Moscow") == at("2027-01-02T20:59:59.999Z"));
}

TEST_CASE("days on which the clocks are changed end when they end") {
    CHECK(end_of_day(at("2026-10-24T12:00:00Z"), 1, "Europe/Berlin") == at("2026-10-25T22:59:59.999Z"));
    CHECK(end_of_day(at("2026-03-28T12:00:00Z"), 1, "Europe/Berlin") == at("2026-03-29T21:59:59.999Z"));
}

TEST_CASE("an unknown zone is UTC") {
    CHECK(end_of_day(at("2026-11-22T12:00:00Z"), 1, "Mars/Base") == at("2026-11-23T23:59:59.999Z"));
}

TEST_CASE("a day is named in the language of who reads it") {
    CHECK(day_name(at("2026-11-25T20:59:59.999Z"), "Europe/Moscow", "ru") == "25 ноября");
    CHECK(day_name(at("2026-11-25T20:59:59.999Z"), "Europe/Moscow", "en") == "25 November");
}
