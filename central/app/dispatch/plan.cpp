#include "central/app/dispatch/plan.hpp"

#include <algorithm>

#include "central/store/courier_store.hpp"
#include "central/store/custody_store.hpp"
#include "central/store/order_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::dispatch {
namespace {

using store::AssignmentRow;

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

core::Error refusal(std::size_t at, std::string_view words) {
    return core::conflict("orders[" + std::to_string(at) + "]" + std::string(words));
}

// Orders are locked in sorted order of their ids, so that two plans at once wait for each other and never cross.
core::Status lock_open(core::Tx& tx, const std::vector<std::string>& orders) {
    auto sorted = orders;
    std::sort(sorted.begin(), sorted.end());
    for (const auto& id : sorted)
        if (!store::lock_order(tx, id)) return core::not_found("no such order: " + id);
    for (std::size_t at = 0; at < orders.size(); ++at)
        if (store::is_over(store::find_order_line(tx, orders[at])->status)) return refusal(at, is_over_words);
    return {};
}

bool another_carries(core::Tx& tx, const std::string& order, const std::optional<std::string>& courier) {
    const auto custody = store::custody_of_order(tx, order);
    return std::any_of(custody.begin(), custody.end(), [&](const store::CustodyRow& parcel) {
        const auto& holder = parcel.custody.holder;
        return holder.kind == model::HolderKind::courier && parcel.status != model::ParcelStatus::in_transit &&
               core::to_uuid_text(holder.id) != courier;
    });
}

core::Status check_seen(core::Tx& tx, const PlanRequest& request) {
    for (std::size_t at = 0; at < request.seen.size(); ++at)
        if (mark_of(store::find_assignment(tx, request.orders[at])) != request.seen[at])
            return refusal(at, is_stale_words);
    if (!request.spare_carried) return {};
    for (std::size_t at = 0; at < request.orders.size(); ++at) {
        const auto plan = store::find_assignment(tx, request.orders[at]);
        const bool stays = plan && plan->courier == request.courier;
        if (!stays && another_carries(tx, request.orders[at], request.courier)) return refusal(at, is_carried_words);
    }
    return {};
}

// A fixed one moves when it is moved alone: then somebody means it.
std::vector<std::string> take_fixed(core::Tx& tx, std::vector<std::string>& orders) {
    std::vector<std::string> kept;
    if (orders.size() < 2) return kept;
    std::erase_if(orders, [&](const std::string& order) {
        const auto plan = store::find_assignment(tx, order);
        if (!plan || !plan->is_fixed) return false;
        kept.push_back(order);
        return true;
    });
    return kept;
}

class List {
  public:
    List(core::Tx& tx, const PlanRequest& request)
        : request_(request), rows_(store::assignments_of(tx, *request.courier)) {}

    // The orders given, where they are to be. Those that were his and moved.
    std::vector<std::string> arrange(const std::vector<std::string>& orders, core::TimeUs now) {
        std::vector<std::string> moved;
        std::vector<AssignmentRow> given;
        for (const auto& order : orders) {
            const auto known = find(order);
            if (known == rows_.end()) {
                given.push_back({order, *request_.courier, 0, now});
            } else if (request_.from_start || request_.to_end || request_.before) {
                // Place 0 is written in any case; the mark is another one even within one tick of the clock.
                given.push_back({order, known->courier, 0, std::max(now, known->planned + std::chrono::microseconds{1}),
                                 known->is_fixed});
                moved.push_back(order);
                rows_.erase(known);
            }
        }
        rows_.insert(place(), given.begin(), given.end());
        return moved;
    }
    // Places are given anew from 1.
    void put(core::Tx& tx) {
        std::int64_t place = 0;
        for (auto& row : rows_) {
            ++place;
            if (row.place == place) continue;
            row.place = place;
            store::put_assignment(tx, row);
        }
    }
    bool has(const std::string& order) { return find(order) != rows_.end(); }

  private:
    std::vector<AssignmentRow>::iterator find(const std::string& order) {
        return std::find_if(rows_.begin(), rows_.end(), [&](const AssignmentRow& row) { return row.order == order; });
    }
    std::vector<AssignmentRow>::iterator place() {
        if (request_.before) return find(*request_.before);
        return request_.from_start ? rows_.begin() : rows_.end();
    }

    const PlanRequest& request_;
    std::vector<AssignmentRow> rows_;
};

core::Status check_courier(core::Tx& tx, const PlanRequest& request) {
    if (!request.courier) return {};
    const auto courier = store::lock_courier(tx, *request.courier);
    if (!courier) return core::not_found("no such courier");
    if (courier->blocked) return core::conflict("the courier is blocked");
    return {};
}

}  // namespace

std::optional<std::string> mark_of(const std::optional<AssignmentRow>& plan) {
    if (!plan) return std::nullopt;
    return std::to_string(core::count(plan->planned));
}

core::Result<Planned> plan(core::Tx& tx, const custody::Acting& who, const PlanRequest& request) {
    if (auto known = check_courier(tx, request); !known) return known.error();
    if (auto locked = lock_open(tx, request.orders); !locked) return locked.error();
    if (auto seen = check_seen(tx, request); !seen) return seen.error();
    Planned done;
    auto orders = request.orders;
    done.kept = take_fixed(tx, orders);
    std::optional<List> list;
    if (request.courier) list.emplace(tx, request);
    if (list && request.before && !list->has(*request.before))
        return core::conflict("the order that they were to stand before is not in his list any more");
    for (const auto& order : orders) {
        const auto before = store::find_assignment(tx, order);
        const auto whose = before ? std::optional(before->courier) : std::nullopt;
        if (whose == request.courier) continue;
        if (auto planned = plan_parcels(tx, who, order, request.courier); !planned) return planned.error();
        if (!request.courier) store::remove_assignment(tx, order);
        store::touch_order(tx, order);
        done.changed.push_back({order, whose});
    }
    if (list) {
        done.moved = list->arrange(orders, who.now);
        list->put(tx);
    }
    return done;
}

core::Result<std::vector<std::string>> fix(core::Tx& tx, const std::vector<std::string>& orders, bool fixed) {
    if (auto locked = lock_open(tx, orders); !locked) return locked.error();
    std::vector<std::string> changed;
    for (std::size_t at = 0; at < orders.size(); ++at) {
        auto plan = store::find_assignment(tx, orders[at]);
        if (!plan) return refusal(at, is_stale_words);
        if (plan->is_fixed == fixed) continue;
        plan->is_fixed = fixed;
        store::put_assignment(tx, *plan);
        changed.push_back(orders[at]);
    }
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
