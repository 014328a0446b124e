// What a verified fact of the field changes in central: its act with the true time, and the shift or break it starts or
// ends. A function of the ordered facts alone, so that rebuilding from the log gives the same rows (I9). Inside
// ingest's unit.
#pragma once
#include "central/app/field/anchors.hpp"
#include "central/app/field/field_event.hpp"
#include "central/app/field/true_time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::field {

// What the live hub is told once the unit is durable.
struct Applied {
    bool is_new = false;  // false: the act was there already, nothing changed
    TrueTime time;
    std::optional<core::TimeUs> shift_started;
    bool shift_ended = false;
    bool break_changed = false;
    std::optional<int> battery_percent;
};

Applied apply(core::Tx& tx, const FieldEvent& event, Anchors& anchors);

}  // namespace plus7::central::app::field
