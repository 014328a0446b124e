#include "central/app/orders/storage.hpp"

#include "central/app/custody/office.hpp"
#include "central/app/orders/points.hpp"
#include "central/store/point_store.hpp"

namespace plus7::central::app::orders {

std::vector<std::string> kept_at_points(core::Tx& tx) { return store::orders_kept_at_points(tx); }

// Who edits an order takes its lock first, then the parcels'.
bool end_storage(core::Tx& tx, const std::string& order, core::TimeUs now) {
    if (!store::lock_order(tx, order)) return false;
    const auto line = store::find_order_line(tx, order);
    const auto until = keep_until(tx, *line);
    if (!until || now <= *until) return false;
    bool any = false;
    for (const auto& parcel : store::custody_of_order(tx, order)) {
        if (parcel.status != model::ParcelStatus::arrived_at_point) continue;
        custody::end_storage(tx, {std::nullopt, now}, parcel.parcel).value();
        any = true;
    }
    if (any) store::touch_order(tx, order);
    return any;
}

}  // namespace plus7::central::app::orders
