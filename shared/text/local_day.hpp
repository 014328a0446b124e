// Days and minutes of a place's own clock, by the IANA time zones that ICU knows. Pure functions; any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/time.hpp"

namespace plus7::text {

struct LocalTime {
    std::string day;          // 2026-11-30
    int weekday = 0;          // 0: Monday
    std::int64_t minute = 0;  // of the day
};

// An unknown zone counts as UTC; app/orders/sites lets none in.
LocalTime local_time(core::TimeUs at, const std::string& zone);

bool is_day(std::string_view day);
// 0: Monday. `day` is one (is_day).
int weekday_of(std::string_view day);
std::string day_after(std::string_view day, int days);

// The moment when the clock there shows this minute of this day; 1440 is the next midnight. A minute that the clocks
// skip is the one an hour on, of one that comes twice it is the first.
core::TimeUs moment_of(std::string_view day, std::int64_t minute, const std::string& zone);

}  // namespace plus7::text
