#include "shared/core/time.hpp"

#include <doctest/doctest.h>

#include "tests/support/eventually.hpp"

using namespace plus7::core;

TEST_CASE("ISO 8601 is printed in UTC with milliseconds, also before 1970 and in leap years") {
    CHECK(to_iso8601(time_ms(0)) == "1970-01-01T00:00:00.000Z");
    CHECK(to_iso8601(time_ms(-1)) == "1969-12-31T23:59:59.999Z");
    CHECK(to_iso8601(time_ms(951'827'696'789)) == "2000-02-29T12:34:56.789Z");
}

TEST_CASE("ISO 8601 is read with and without the fraction") {
    CHECK(from_iso8601("2000-02-29T12:34:56.789Z") == time_ms(951'827'696'789));
    CHECK(from_iso8601("2000-02-29T12:34:56Z") == time_ms(951'827'696'000));
}

TEST_CASE("what is no time is refused") {
    for (const char* text : {"", "Z", "2001-02-29T00:00:00Z", "2000-13-01T00:00:00Z", "2000-01-01T24:00:00Z",
                             "2000-01-01T00:60:00Z", "2000-01-01 00:00:00Z", "2000-01-01T00:00:00",
                             "2000-01-0aT00:00:00Z", "2000-01-01T00:00:00,000Z", "2000-01-01T00:00:00.00Z"})
        CHECK_MESSAGE(!from_iso8601(text), text);
}

TEST_CASE("the monotonic clock of the machine goes forward") {
    SystemClock clock;
    const auto before = clock.mono();
    CHECK(plus7::test::eventually([&] { return clock.mono() > before; }));
}

TEST_CASE("the wall clock of the machine is in this century") {
    CHECK(SystemClock{}.now() > *from_iso8601("2024-01-01T00:00:00Z"));
}
