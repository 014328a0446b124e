#include "central/app/dispatch/plan.hpp"

#include <algorithm>

#include "central/store/courier_store.hpp"
#include "central/store/custody_store.hpp"
#include "central/store/order_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::dispatch {
namespace {

core::Status plan_parcels(core::Tx& tx, const custody::Acting& who, const std::string& order,
                          const std::optional<std::string>& courier) {
    for (const auto& parcel : store::custody_of_order(tx, order)) {
        const bool is_over = parcel.is_cancelled || parcel.status == model::ParcelStatus::delivered ||
                             parcel.status == model::ParcelStatus::returned;
        if (is_over || parcel.planned == courier) continue;
        const auto done = courier ? custody::plan_parcel(tx, who, parcel.parcel, *courier)
                                  : custody::unplan_parcel(tx, who, parcel.parcel);
        if (!done) return done.error();
    }
    return {};
}

// Orders are locked in sorted order of their ids, so that two plans at once wait for each other and never cross.
core::Status lock_orders(core::Tx& tx, const PlanRequest& request) {
    auto sorted = request.orders;
    std::sort(sorted.begin(), sorted.end());
    for (const auto& id : sorted)
        if (!store::lock_order(tx, id)) return core::not_found("no such order: " + id);
    for (std::size_t at = 0; at < request.orders.size(); ++at)
        if (store::is_over(store::find_order_line(tx, request.orders[at])->status))
            return core::conflict("orders[" + std::to_string(at) + "] has come to its end");
    return {};
}

// His list in its new order; places are given anew from 1.
void put_in_order(core::Tx& tx, const PlanRequest& request, core::TimeUs now) {
    auto list = store::assignments_of(tx, *request.courier);
    const auto is_given = [&](const store::AssignmentRow& row) {
        return std::find(request.orders.begin(), request.orders.end(), row.order) != request.orders.end();
    };
    std::vector<store::AssignmentRow> given;
    for (const auto& order : request.orders) {
        const auto known = std::find_if(list.begin(), list.end(), [&](const auto& row) { return row.order == order; });
        if (known == list.end())
            given.push_back({order, *request.courier, 0, now});
        else if (request.from_start)
            given.push_back(*known);
    }
    if (request.from_start) std::erase_if(list, is_given);
    list.insert(request.from_start ? list.begin() : list.end(), given.begin(), given.end());
    std::int64_t place = 0;
    for (auto& row : list) {
        ++place;
        if (row.place == place) continue;
        row.place = place;
        store::put_assignment(tx, row);
    }
}

}  // namespace

core::Result<std::vector<Replanned>> plan(core::Tx& tx, const custody::Acting& who, const PlanRequest& request) {
    if (request.courier) {
        const auto courier = store::lock_courier(tx, *request.courier);
        if (!courier) return core::not_found("no such courier");
        if (courier->blocked) return core::conflict("the courier is blocked");
    }
    if (auto locked = lock_orders(tx, request); !locked) return locked.error();
    std::vector<Replanned> changed;
    for (const auto& order : request.orders) {
        const auto before = store::find_assignment(tx, order);
        const auto whose = before ? std::optional(before->courier) : std::nullopt;
        if (whose == request.courier) continue;
        if (auto done = plan_parcels(tx, who, order, request.courier); !done) return done.error();
        if (!request.courier) store::remove_assignment(tx, order);
        store::touch_order(tx, order);
        changed.push_back({order, whose});
    }
    if (request.courier) put_in_order(tx, request, who.now);
    return changed;
}

// The order's row stays untouched: facts hold the parcels' locks here, and who edits an order takes its lock first.
bool end_at_point(core::Tx& tx, const std::string& order, core::TimeUs now) {
    const auto line = store::find_order_line(tx, order);
    if (!line || !line->order.point || !line->courier) return false;
    const model::Holder point{model::HolderKind::point, {core::from_uuid_text(*line->order.point).value().value}};
    const auto parcels = store::custody_of_order(tx, order);
    const auto is_there = [&](const store::CustodyRow& parcel) {
        return parcel.custody.holder == point || parcel.status == model::ParcelStatus::delivered;
    };
    if (line->status != "arrived_at_point" || !std::all_of(parcels.begin(), parcels.end(), is_there)) return false;
    for (const auto& parcel : parcels)
        if (parcel.planned) custody::unplan_parcel(tx, {std::nullopt, now}, parcel.parcel).value();
    store::remove_assignment(tx, order);
    return true;
}

}  // namespace plus7::central::app::dispatch
