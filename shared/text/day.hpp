// Days as people of a place count and name them (by ICU). Pure functions; any thread.
#pragma once
#include <string>
#include <string_view>

#include "shared/core/time.hpp"

namespace plus7::text {

// The last millisecond of the day that is so many days after the one of `at`, in the IANA zone; in UTC when this
// machine does not know the zone. Days that are longer or shorter by a change of the clocks end when they end.
core::TimeUs end_of_day(core::TimeUs at, int days_later, std::string_view zone);

// "29 ноября", "29 November" (language: "ru", "en").
std::string day_name(core::TimeUs at, std::string_view zone, std::string_view language);

}  // namespace plus7::text
