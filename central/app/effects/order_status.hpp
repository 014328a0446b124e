// Who outside is told that an order has a new status: rows of the outbox, in the transaction that changed it. Called by
// whoever takes a live event; replaying the log calls it never, so rebuilding tells nobody anything.
#pragma once
#include <string>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"
#include "shared/model/parcel_status.hpp"

namespace plus7::central::app::effects {

// The name of the outbox's destination that sends to webhooks; its target is the webhook's id.
inline constexpr const char* webhook_destination = "webhook";
constexpr std::chrono::hours tried_for{48};  // then the effect is dead

struct NewStatus {
    core::EventId event;  // that caused it
    std::string order;    // UUID text
    model::ParcelStatus status{};
    core::TimeUs at{};  // when it really happened
    core::TimeUs now{};
};

// The caller holds the lock of the order's state, so that effects of one order stand in the order of what happened.
void tell_order_status(core::Tx& tx, const NewStatus& news);

}  // namespace plus7::central::app::effects
