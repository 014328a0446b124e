// What became of everything a device recorded in a shift: here, late, waiting, lost (openapi/couriers.yaml, Records).
// Reads only; inside the caller's transaction.
#pragma once
#include <optional>
#include <vector>

#include "central/store/courier_track_store.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::couriers {

constexpr auto late_after = std::chrono::seconds{60};
// A block is sealed up to a minute after its first fix (wire::Policy::seal_age): that is no lateness.
constexpr auto sealing_time = std::chrono::seconds{60};

bool is_late(core::TimeUs act, core::TimeUs received);
bool is_late(const store::RecordMark& mark);

// The newest hole that later records filled.
struct LastGap {
    core::TimeUs from{}, to{};
    std::int64_t late = 0, lost = 0;
    bool operator==(const LastGap&) const = default;
};

struct Records {
    std::optional<core::TimeUs> since;
    std::int64_t received = 0, late = 0, waiting = 0, lost = 0;
    std::optional<LastGap> last_gap;
    bool operator==(const Records&) const = default;
};

// Marks in any order.
Records count_records(std::vector<store::RecordMark> marks, std::int64_t waiting);

// Of the shift; nothing gives zeros. `waiting` counts only for the device's shift of now.
Records records_of_shift(core::Tx& tx, const std::optional<store::ShiftRow>& shift, core::TimeUs now);

}  // namespace plus7::central::app::couriers
