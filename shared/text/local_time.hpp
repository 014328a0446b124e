// Days and times of day as people write them, on the clock of a place (ICU's time zones). Pure functions; any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/time.hpp"

namespace plus7::text {

// "2026-12-01 14:00", "2026-12-01T14:00:00", "01.12.2026 14:00", or only "14:00" on the day of `same_day`; with an
// offset ("Z", "+05:00") it is that clock's, else the zone's (IANA). Nothing: not written so, or no such day.
std::optional<core::TimeUs> local_time_of(std::string_view text, const std::string& zone,
                                          std::optional<core::TimeUs> same_day = {});

}  // namespace plus7::text
