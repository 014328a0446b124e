#include "shared/model/parcel_status.hpp"

#include <algorithm>
#include <array>

namespace plus7::model {
namespace {

using enum ParcelStatus;

constexpr std::array<std::string_view, 16> names{"draft",
                                                 "accepted",
                                                 "with_courier",
                                                 "at_depot",
                                                 "in_transit",
                                                 "assigned",
                                                 "out_for_delivery",
                                                 "attempt_failed",
                                                 "arrived_at_point",
                                                 "returning",
                                                 "returned",
                                                 "cancelled",
                                                 "damaged",
                                                 "lost",
                                                 "partly_delivered",
                                                 "delivered"};

struct Change {
    ParcelStatus from;
    std::initializer_list<ParcelStatus> to;
};

// clang-format off
const Change changes[] = {
    {draft,            {accepted, cancelled}},
    {accepted,         {at_depot, assigned, with_courier, out_for_delivery, arrived_at_point, cancelled}},
    {with_courier,     {at_depot, out_for_delivery, arrived_at_point, returning}},
    {at_depot,         {assigned, in_transit, out_for_delivery, delivered, returning}},
    {in_transit,       {at_depot, assigned, arrived_at_point, returning}},
    {assigned,         {out_for_delivery, at_depot, in_transit, delivered, returning}},
    {out_for_delivery, {delivered, attempt_failed, arrived_at_point, at_depot, assigned, returning}},
    {attempt_failed,   {out_for_delivery, delivered, at_depot, assigned, arrived_at_point, returning}},
    {arrived_at_point, {delivered, returning, out_for_delivery, in_transit}},
    {returning,        {returned, out_for_delivery, at_depot}},
    {delivered,        {out_for_delivery, arrived_at_point}},  // K11
    {lost,             {at_depot, assigned, returning}},
};
// clang-format on

ParcelStatus at_courier(const ParcelState& state) {
    if (state.goes_back || state.is_cancelled || state.leg == Leg::giving_back) return returning;
    if (state.has_failed) return attempt_failed;
    if (state.leg == Leg::line_haul) return in_transit;
    return state.leg == Leg::collection && !state.is_planned ? with_courier : out_for_delivery;
}

ParcelStatus at_sender(const ParcelState& state) {
    if (state.has_moved) return returned;
    if (state.is_cancelled) return cancelled;
    return state.accepted ? accepted : draft;
}

}  // namespace

ParcelStatus status_of(const ParcelState& state) {
    const bool is_back = state.goes_back || state.is_cancelled;
    switch (state.holder.kind) {
        case HolderKind::customer:
            return delivered;
        case HolderKind::lost:
            return lost;
        case HolderKind::seller:
        case HolderKind::unknown:
            return at_sender(state);
        default:
            break;
    }
    if (state.is_damaged) return damaged;
    if (state.holder.kind == HolderKind::courier) return at_courier(state);
    if (is_back) return returning;
    if (state.holder.kind == HolderKind::point) return arrived_at_point;
    return state.is_planned ? assigned : at_depot;
}

ParcelStatus order_status(const std::vector<ParcelStatus>& parcels) {
    if (parcels.empty()) return draft;
    const auto least = *std::min_element(parcels.begin(), parcels.end());
    const bool some = std::find(parcels.begin(), parcels.end(), delivered) != parcels.end();
    return some && least != delivered ? partly_delivered : least;
}

bool may_follow(ParcelStatus before, ParcelStatus after) {
    if (after == lost || after == damaged) return before != delivered && before != after;
    if (before == damaged) return after == returning || after == returned || after == at_depot;
    return std::any_of(std::begin(changes), std::end(changes), [&](const Change& change) {
        return change.from == before && std::find(change.to.begin(), change.to.end(), after) != change.to.end();
    });
}

std::string_view name_of(ParcelStatus status) { return names[static_cast<std::size_t>(status)]; }

std::optional<ParcelStatus> parcel_status_from(std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<ParcelStatus>(found - names.begin());
}

}  // namespace plus7::model
