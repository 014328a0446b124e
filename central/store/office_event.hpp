// What the office does with a parcel, as it stands in the event log (beside the handhelds' facts, whose bytes are their
// own). SQL-free.
#pragma once
#include <optional>
#include <string>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"

namespace plus7::central::store {

struct OfficeEvent {
    std::string type;  // parcel.registered, parcel.planned, parcel.unplanned, parcel.cancelled, corrected
    core::TimeUs at{};
    std::optional<std::string> staff;       // who; none: central itself
    std::optional<std::string> order;       // of parcel.registered
    std::optional<std::string> courier;     // of parcel.planned
    std::optional<std::string> reason;      // of parcel.cancelled
    std::optional<core::EventId> corrects;  // of corrected
    bool operator==(const OfficeEvent&) const = default;
};

core::Bytes encode(const OfficeEvent& event);
core::Result<OfficeEvent> decode_office_event(core::ByteView bytes);

}  // namespace plus7::central::store
