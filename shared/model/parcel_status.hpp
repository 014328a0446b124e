// What people are told of a parcel and an order: derived from custody, plan and attempts, never typed in. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "shared/model/custody.hpp"

namespace plus7::model {

// In the order of progress: an order is as far as the least of its parcels.
enum class ParcelStatus : std::uint8_t {
    draft,
    accepted,
    with_courier,  // collected at the sender's door
    at_depot,
    in_transit,  // line haul
    assigned,
    out_for_delivery,
    attempt_failed,
    arrived_at_point,
    returning,
    returned,
    cancelled,
    damaged,
    lost,
    partly_delivered,  // of orders only
    delivered,
};

struct ParcelState {
    bool accepted = true;  // false: a draft
    Holder holder{HolderKind::seller, {}};
    bool has_moved = false;   // somebody ever took it
    Leg leg = Leg::delivery;  // for which the holder took it
    bool is_planned = false;  // a courier is to deliver it
    bool has_failed = false;  // an attempt, since the holder took it
    bool is_cancelled = false;
    bool goes_back = false;  // to the sender: refused, storage over
    bool is_damaged = false;
};

ParcelStatus status_of(const ParcelState& state);

// The least advanced, but partly_delivered when some are delivered and others are not. Of no parcels: draft.
ParcelStatus order_status(const std::vector<ParcelStatus>& parcels);

// THE table of what may follow what in the normal course; what custody says beyond it is shown all the same.
bool may_follow(ParcelStatus before, ParcelStatus after);

std::string_view name_of(ParcelStatus status);
std::optional<ParcelStatus> parcel_status_from(std::string_view name);

}  // namespace plus7::model
