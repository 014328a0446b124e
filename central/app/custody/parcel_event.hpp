// One thing that happened to one parcel, whoever told it. Values.
#pragma once
#include <optional>
#include <string>
#include <variant>

#include "shared/core/geo.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/model/custody_facts.hpp"

namespace plus7::central::app::custody {

struct Registered {
    std::string order;
};
struct Planned {
    std::string courier;
};
struct Unplanned {};
struct Cancelled {
    std::string reason;
};
// K3: the other half of this transfer did not come for a day.
struct TransferOverdue {
    model::TransferId transfer;
};
// The pickup point keeps it no longer: back to the sender.
struct StorageOver {};
using What = std::variant<Registered, Planned, Unplanned, Cancelled, TransferOverdue, StorageOver, model::HandedOver,
                          model::AttemptFailed, model::Damaged, model::Corrected>;

enum class ByKind { courier, staff, system };

struct ParcelEvent {
    core::EventId id;
    std::string parcel;  // UUID text
    std::string type;    // as in the log
    ByKind by_kind = ByKind::system;
    std::optional<std::string> by;      // courier or staff, UUID text
    std::optional<std::string> device;  // that recorded it
    core::TimeUs at{};                  // when it really happened, as far as central can tell
    std::string trust;                  // why that is believed: gps, mono, wall, received, central
    core::TimeUs received{};
    std::optional<core::LatLon> where;
    std::uint64_t knew = 0;  // custody version that the device had been told
    std::optional<model::TransferId> transfer;
    model::Standing standing = model::Standing::good;
    std::optional<std::string> reason;  // why it was taken back, when that was asked
    What what;
};

}  // namespace plus7::central::app::custody
