// When an act really happened, from the three clocks of its record (X1). A device's wall clock can be set wrong, on
// purpose or not; GPS time and a monotonic clock tied to GPS time cannot. Pure.
#pragma once
#include <optional>
#include <string_view>

#include "shared/core/time.hpp"

namespace plus7::central::app::field {

enum class Trust {
    gps,       // the receiver had the time at the act
    mono,      // the monotonic clock, tied to GPS time by another fact of the same boot
    wall,      // only the device's wall clock, from a source that may be believed
    received,  // only our own clock when the record came in: an upper bound
};

std::string_view name_of(Trust trust);

struct TrueTime {
    core::TimeUs at{};
    Trust trust = Trust::received;
    bool operator==(const TrueTime&) const = default;
};

// `anchor`: GPS time minus monotonic time of the act's boot, when known. Nothing happens after it was received: a clock
// that says so by more than the tolerance is not believed.
TrueTime true_time(const core::Stamp& stamp, std::optional<std::chrono::microseconds> anchor, core::TimeUs received);

constexpr auto clock_tolerance = std::chrono::minutes{2};

}  // namespace plus7::central::app::field
