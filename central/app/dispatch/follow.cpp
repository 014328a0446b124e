#include "central/app/dispatch/follow.hpp"

#include <algorithm>
#include <optional>

#include "central/app/dispatch/plan.hpp"
#include "central/store/courier_store.hpp"
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
    return core::to_uuid_text(one->id);
}

// The one courier who delivered all of it.
std::optional<std::string> courier_who_delivered(const std::vector<store::CustodyRow>& parcels) {
    std::optional<model::Holder> one;
    for (const auto& parcel : parcels) {
        const auto* last = parcel.custody.last();
        const bool by_courier = parcel.custody.holder.kind == model::HolderKind::customer && last &&
                                last->from.kind == model::HolderKind::courier;
        if (!by_courier || (one && *one != last->from)) return std::nullopt;
        one = last->from;
    }
    if (!one) return std::nullopt;
    return core::to_uuid_text(one->id);
}

// A list has no place for what is over: only whose it was is put right.
bool was_his(core::Tx& tx, store::AssignmentRow plan, const std::string& courier,
             const std::vector<store::CustodyRow>& parcels, core::TimeUs now) {
    if (courier == plan.courier || !store::find_courier(tx, courier)) return false;
    for (const auto& parcel : parcels) custody::plan_parcel(tx, {std::nullopt, now}, parcel.parcel, courier).value();
    plan.courier = courier;
    plan.planned = now;
    store::put_assignment(tx, plan);
    return true;
}

// Whose plan central itself ended last; none when the plan since is a person's, or there was none.
std::optional<std::string> whose_plan_ended(const std::vector<store::ParcelEventRow>& story) {
    std::optional<std::string> planned, ended;
    for (const auto& line : story) {
        if (line.type == "parcel.planned" && line.to) {
            planned = core::to_uuid_text(line.to->id);
            ended.reset();
        }
        if (line.type == "parcel.unplanned") ended = line.by_kind == "system" ? planned : std::nullopt;
    }
    return ended;
}

}  // namespace

bool plan_again(core::Tx& tx, const std::string& order, core::TimeUs now) {
    if (store::find_assignment(tx, order)) return false;
    const auto courier = courier_with_all(store::custody_of_order(tx, order));
    if (!courier || whose_plan_ended(store::story_of(tx, order)) != courier) return false;
    return app::dispatch::plan(tx, {std::nullopt, now}, {{order}, *courier, true}).ok();
}

bool follow_transfer(core::Tx& tx, const std::string& order, core::TimeUs now) {
    const auto plan = store::find_assignment(tx, order);
    if (!plan) return false;
    const auto parcels = store::custody_of_order(tx, order);
    if (const auto deliverer = courier_who_delivered(parcels)) return was_his(tx, *plan, *deliverer, parcels, now);
    const auto courier = courier_with_all(parcels);
    if (!courier || *courier == plan->courier) return false;
    return app::dispatch::plan(tx, {std::nullopt, now}, {{order}, *courier, false}).ok();
}

}  // namespace plus7::central::app::dispatch
