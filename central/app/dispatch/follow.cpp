#include "central/app/dispatch/follow.hpp"

#include <algorithm>
#include <optional>

#include "central/app/dispatch/plan.hpp"
#include "central/store/custody_store.hpp"
#include "central/store/order_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::dispatch {
namespace {

// Who has it in his hands: a taker who stated his half has it, although the giver holds it until he states the other.
model::Holder carrier_of(const model::Custody& custody) {
    const auto half = std::find_if(custody.steps.rbegin(), custody.steps.rend(), [](const model::Step& step) {
        return step.half == model::Half::take && !step.undone;
    });
    const bool waits = half != custody.steps.rend() && half->from == custody.holder;
    return waits ? half->to : custody.holder;
}

// The one courier who has all of what is still to be delivered; none when there is no such one.
std::optional<std::string> courier_with_all(const std::vector<store::CustodyRow>& parcels) {
    std::optional<model::Holder> one;
    for (const auto& parcel : parcels) {
        const auto carrier = carrier_of(parcel.custody);
        if (parcel.is_cancelled || model::is_final(carrier.kind)) continue;
        if (carrier.kind != model::HolderKind::courier || (one && *one != carrier)) return std::nullopt;
        one = carrier;
    }
    if (!one) return std::nullopt;
    return core::to_uuid_text(core::EventId{one->id.value});
}

}  // namespace

bool follow_transfer(core::Tx& tx, const std::string& order, core::TimeUs now) {
    const auto plan = store::find_assignment(tx, order);
    if (!plan) return false;
    const auto courier = courier_with_all(store::custody_of_order(tx, order));
    if (!courier || *courier == plan->courier) return false;
    return app::dispatch::plan(tx, {std::nullopt, now}, {{order}, *courier, false}).ok();
}

}  // namespace plus7::central::app::dispatch
