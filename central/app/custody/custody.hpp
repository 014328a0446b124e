// What an event does to a parcel: its custody (shared/model/custody), its status and its order's, its story. A function
// of the parcel's events in their order alone, so that rebuilding gives the same rows (I9). Inside the caller's
// transaction.
#pragma once
#include <optional>

#include "central/app/custody/parcel_event.hpp"
#include "central/store/custody_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::custody {

struct Taken {
    std::string order;
    model::Verdict verdict;
    bool was_clear = true, is_clear = true;
    model::ParcelStatus before = model::ParcelStatus::accepted;
    model::ParcelStatus after = model::ParcelStatus::accepted;
    core::EventId event{};
    std::optional<model::ParcelStatus> order_before;  // nothing: the order's first event
    model::ParcelStatus order_after = model::ParcelStatus::accepted;

    core::TimeUs at{};  // when it really happened

    bool changes_order() const { return order_before != order_after; }
};

// not_found: the parcel is not known (only Registered makes it known); nothing is changed then. The caller has made
// sure that the event is new and logs it under the subject 'parcel' in the same transaction.
core::Result<Taken> take(core::Tx& tx, const ParcelEvent& event);

}  // namespace plus7::central::app::custody
