#include "central/app/orders/points.hpp"

#include <algorithm>

#include "central/store/custody_store.hpp"
#include "central/store/point_store.hpp"
#include "shared/text/day.hpp"

namespace plus7::central::app::orders {
namespace {

core::Error not_its_own() { return core::invalid("address: it is the pickup point's"); }

core::Status to_point(core::Tx& tx, store::OrderRow& order, const OrderChange& change) {
    if (change.address || (change.where && *change.where)) return not_its_own();
    const auto point = store::find_open_point(tx, **change.point);
    if (!point) return core::invalid("point: no such pickup point, or it is closed");
    order.point = point->id;
    order.address = point->address;
    order.where = point->where;
    for (auto* part : {&order.entrance, &order.floor, &order.intercom, &order.comment}) part->reset();
    return {};
}

// It lies there still, although its storage days are over.
bool was_kept_too_long(core::Tx& tx, const std::string& order) {
    const auto parcels = store::custody_of_order(tx, order);
    return std::any_of(parcels.begin(), parcels.end(), [](const store::CustodyRow& parcel) {
        return parcel.goes_back && !parcel.is_cancelled && parcel.custody.holder.kind == model::HolderKind::point;
    });
}

}  // namespace

core::Status redirect(core::Tx& tx, store::OrderRow& order, const OrderChange& change) {
    if (change.point && *change.point) return to_point(tx, order, change);
    if (!order.point) return {};
    if (!change.point) return change.address || change.where ? core::Status(not_its_own()) : core::Status{};
    if (!change.address) return core::invalid("address: an order to the door needs one");
    order.point.reset();
    order.where.reset();
    return {};
}

std::optional<core::TimeUs> keep_until(core::Tx& tx, const store::OrderLine& line) {
    const bool is_there = line.status == "arrived_at_point" || line.status == "partly_delivered" ||
                          (line.status == "returning" && was_kept_too_long(tx, line.order.id));
    if (!line.order.point || !is_there) return std::nullopt;
    const auto arrived = store::arrived_at(tx, line.order.id, *line.order.point);
    const auto point = store::find_site(tx, *line.order.point);
    if (!arrived || !point) return std::nullopt;
    return text::end_of_day(*arrived, static_cast<int>(point->storage_days), point->time_zone);
}

}  // namespace plus7::central::app::orders
