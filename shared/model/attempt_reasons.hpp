// THE catalogue of reasons why a parcel was not handed over; the names are on the wire, the words for people are in the
// pages' dictionaries.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace plus7::model {

struct AttemptReason {
    std::string_view name;
    bool needs_photo = false;  // of the door, the place, the damage
    std::uint8_t calls = 0;    // to be tried before
};

inline constexpr std::array<AttemptReason, 8> attempt_reasons{{
    {"no_answer", false, 2},
    {"not_home", false, 1},
    {"refused"},
    {"rescheduled"},
    {"wrong_address", true, 1},
    {"no_access", true, 1},
    {"no_money"},
    {"damaged", true},
}};

constexpr const AttemptReason* find_attempt_reason(std::string_view name) {
    const auto found = std::find_if(attempt_reasons.begin(), attempt_reasons.end(),
                                    [&](const AttemptReason& reason) { return reason.name == name; });
    return found == attempt_reasons.end() ? nullptr : &*found;
}

}  // namespace plus7::model
