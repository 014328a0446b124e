// A moment as people of a place read it, for papers that leave the house (by ICU). Pure functions; any thread.
#pragma once
#include <string>
#include <string_view>

#include "shared/core/time.hpp"

namespace plus7::text {

// "28.11.2026 10:05" in the IANA zone; in UTC, and saying so, when this machine does not know the zone.
std::string shown_time(core::TimeUs at, std::string_view zone);

}  // namespace plus7::text
