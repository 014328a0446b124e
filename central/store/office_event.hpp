// What the office does with a parcel, as it stands in the event log (beside the handhelds' facts, whose bytes are their
// own). SQL-free.
#pragma once
#include <optional>
#include <string>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/model/custody.hpp"

namespace plus7::central::store {

// A change of hands that was scanned at the depot.
struct OfficeMove {
    model::Holder from, to;
    model::Leg leg = model::Leg::delivery;
    std::uint64_t knew = 0;  // the custody version of that moment
    bool operator==(const OfficeMove&) const = default;
};

struct OfficeEvent {
    // parcel.registered, parcel.planned, parcel.unplanned, parcel.cancelled, parcel.handover, parcel.damaged,
    // corrected, parcel.transfer_overdue, parcel.storage_over
    std::string type;
    core::TimeUs at{};
    std::optional<std::string> staff;    // who; none: central itself
    std::optional<std::string> order;    // of parcel.registered
    std::optional<std::string> courier;  // of parcel.planned
    std::optional<std::string> reason;   // of parcel.cancelled and parcel.damaged; of corrected when it was asked for
    std::optional<core::EventId> corrects;        // of corrected
    std::optional<OfficeMove> move;               // of parcel.handover
    std::optional<model::TransferId> transfer{};  // of parcel.transfer_overdue
    bool operator==(const OfficeEvent&) const = default;
};

core::Bytes encode(const OfficeEvent& event);
core::Result<OfficeEvent> decode_office_event(core::ByteView bytes);

}  // namespace plus7::central::store
