// What the office does with parcels: takes effect, and goes into the parcel's log, in one. Inside the caller's
// transaction.
#pragma once
#include "central/app/custody/custody.hpp"
#include "central/store/event_store.hpp"
#include "central/store/office_event.hpp"

namespace plus7::central::app::custody {

// `staff`: who; none: central itself.
struct Acting {
    std::optional<std::string> staff;
    core::TimeUs now{};
};

core::Result<Taken> register_parcel(core::Tx& tx, const Acting& who, const std::string& parcel,
                                    const std::string& order);
core::Result<Taken> plan_parcel(core::Tx& tx, const Acting& who, const std::string& parcel, const std::string& courier);
core::Result<Taken> unplan_parcel(core::Tx& tx, const Acting& who, const std::string& parcel);
core::Result<Taken> cancel_parcel(core::Tx& tx, const Acting& who, const std::string& parcel,
                                  const std::string& reason);

// A scan at the depot: what a handheld's handover is for a courier, told by the staff member, who knows the custody of
// that moment. Doubts are cases, as those of a handheld's fact.
struct Move {
    model::Holder from, to;
    model::Leg leg = model::Leg::delivery;
};
core::Result<Taken> hand_over(core::Tx& tx, const Acting& who, const std::string& parcel, const Move& move);
core::Result<Taken> damage_parcel(core::Tx& tx, const Acting& who, const std::string& parcel,
                                  const std::string& reason);
// What time causes: K3, and the end of the storage days at a pickup point.
core::Result<Taken> mark_overdue(core::Tx& tx, const Acting& who, const std::string& parcel,
                                 const model::TransferId& transfer);
core::Result<Taken> end_storage(core::Tx& tx, const Acting& who, const std::string& parcel);
// K11: `event` of this parcel never was: a handover or a damage.
core::Result<Taken> take_back(core::Tx& tx, const Acting& who, const std::string& parcel, const core::EventId& event,
                              const std::optional<std::string>& reason);

// An event of the log, for rebuilding. internal: bytes or a type that nobody here wrote.
core::Result<ParcelEvent> from_log(const core::EventId& id, const std::string& parcel, core::ByteView bytes);

}  // namespace plus7::central::app::custody
