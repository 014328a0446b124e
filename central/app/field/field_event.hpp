// A fact of the field as the rules see it: what a device stated, already verified, without any bytes of the wire.
#pragma once
#include <optional>
#include <string>
#include <variant>

#include "shared/core/geo.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/model/field_facts.hpp"
#include "shared/model/ids.hpp"

namespace plus7::central::app::field {

struct Place {
    core::LatLon at;
    std::optional<std::uint32_t> accuracy_m;
    std::chrono::milliseconds age{0};  // of the fix at the act
};

using FieldData = std::variant<std::monostate,  // a type that no rule here reads
                               model::ShiftStarted, model::ShiftEnded, model::BreakStarted, model::BreakEnded,
                               model::Scan, model::DeviceBattery, model::HandedOver, model::AttemptFailed,
                               model::Damaged, model::Corrected, model::MoneyTaken, model::ChatSent, model::ChatRead>;

// Whose act it is, as the fact names it.
struct About {
    std::optional<model::ParcelId> parcel;
    std::optional<model::OrderId> order;
    std::uint64_t knew = 0;  // custody version that the device had been told
    std::optional<model::TransferId> transfer;
};

struct FieldEvent {
    FieldEvent(const core::EventId& event, core::DeviceId by) : id(event), device(std::move(by)) {}
    core::EventId id;
    core::DeviceId device;
    core::Epoch epoch{};
    std::uint64_t seq = 0;
    std::string type;
    core::Stamp at;
    std::optional<Place> place;
    std::optional<model::CourierId> courier;
    std::optional<model::ShiftId> shift;
    About about;
    core::TimeUs received{};
    std::string flags;       // words for the console: unknown_type, after_gap, blocked_aware …
    core::Bytes data_bytes;  // what the type carries, as on the wire
    FieldData data;
};

}  // namespace plus7::central::app::field
