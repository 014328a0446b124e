#include "central/app/dispatch/retell.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "central/app/dispatch/floor_view.hpp"
#include "central/app/orders/points.hpp"
#include "central/app/view/view.hpp"
#include "central/store/courier_store.hpp"
#include "central/store/device_store.hpp"
#include "central/store/floor_rows.hpp"
#include "central/store/point_store.hpp"
#include "central/store/task_view.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::dispatch {
namespace {

using store::CustodyRow;

// A pickup point keeps that many orders at most; more are not told to its clerks.
constexpr int most_at_point = 2'000;

std::optional<std::string> courier_of(const model::Holder& holder) {
    if (holder.kind != model::HolderKind::courier) return std::nullopt;
    return core::to_uuid_text(holder.id);
}

// Couriers who need to know of the order.
std::set<std::string> concerned(const std::vector<CustodyRow>& custody, const store::OrderLine& line) {
    std::set<std::string> couriers;
    if (line.courier && !store::is_over(line.status)) couriers.insert(*line.courier);
    for (const auto& parcel : custody) {
        if (const auto courier = courier_of(parcel.custody.holder)) couriers.insert(*courier);
        // One half alone: both sides go on seeing it.
        for (const auto& step : parcel.custody.steps) {
            if (step.half == model::Half::none || step.undone) continue;
            for (const auto& side : {step.from, step.to})
                if (const auto courier = courier_of(side)) couriers.insert(*courier);
        }
    }
    return couriers;
}

bool is_carried(model::ParcelStatus status) {
    using enum model::ParcelStatus;
    return status == with_courier || status == in_transit || status == out_for_delivery || status == attempt_failed;
}

// Pickup points where parcels of it lie, and the one to which some are being carried.
std::set<std::string> concerned_points(const std::vector<CustodyRow>& custody, const store::OrderLine& line) {
    std::set<std::string> points;
    for (const auto& parcel : custody) {
        if (parcel.custody.holder.kind == model::HolderKind::point)
            points.insert(core::to_uuid_text(parcel.custody.holder.id));
        if (line.order.point && is_carried(parcel.status)) points.insert(*line.order.point);
    }
    return points;
}

// Whose handheld is told: the courier, and the point that he is a clerk of.
struct Reader {
    std::string courier;
    std::optional<std::string> point;
};

class Order {
  public:
    Order(core::Tx& tx, const std::string& id)
        : line(*store::find_order_line(tx, id)),
          parcels(store::parcels_of(tx, id)),
          custody(store::custody_of_order(tx, id)),
          keep_until(orders::keep_until(tx, line)) {}

    // True: the device's view changed.
    bool tell(core::Tx& tx, const core::DeviceId& device, const Reader& reader) const {
        store::TaskTerms terms{{}, reader.point && reader.point == line.order.point, keep_until};
        if (line.courier == reader.courier && !store::is_over(line.status))
            terms.plan = store::find_assignment(tx, line.order.id);
        const auto before = view::head(tx, device);
        const auto rows = store::order_rows(line, parcels, custody, terms);
        for (const auto& row : rows) view::put(tx, device, row.key, row.body).value();
        // A row that the order had and has no more: its code is not asked for any longer.
        for (const auto& key : store::order_keys(line.order.id, parcels)) {
            const bool has = std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row.key == key; });
            if (!has) view::remove(tx, device, key).value();
        }
        return view::head(tx, device) != before;
    }
    bool withdraw(core::Tx& tx, const core::DeviceId& device) const {
        const auto before = view::head(tx, device);
        for (const auto& key : store::order_keys(line.order.id, parcels)) view::remove(tx, device, key).value();
        return view::head(tx, device) != before;
    }

    store::OrderLine line;
    std::vector<store::ParcelRow> parcels;
    std::vector<CustodyRow> custody;
    std::optional<core::TimeUs> keep_until;
};

// Orders that the courier has to know of, his list first.
std::set<std::string> orders_of(core::Tx& tx, const Reader& reader) {
    const auto& courier = reader.courier;
    std::set<std::string> orders;
    for (const auto& row : store::assignments_of(tx, courier)) orders.insert(row.order);
    const model::Holder holder{model::HolderKind::courier, {store::row_id(courier).value}};
    for (auto& order : store::orders_held_by(tx, holder)) orders.insert(std::move(order));
    if (!reader.point) return orders;
    const auto lying = store::orders_at_point(tx, *reader.point, most_at_point);
    const auto coming = store::orders_towards_point(tx, *reader.point, most_at_point - static_cast<int>(lying.size()));
    orders.insert(lying.begin(), lying.end());
    orders.insert(coming.begin(), coming.end());
    return orders;
}

bool is_work(wire::RowKind kind) {
    return kind == wire::RowKind::task || kind == wire::RowKind::parcel || kind == wire::RowKind::recipient ||
           kind == wire::RowKind::verifier || kind == wire::RowKind::site || is_floor(kind);
}

std::map<core::DeviceId, Reader> audience_of(core::Tx& tx, const Order& order) {
    std::map<core::DeviceId, Reader> audience;
    for (const auto& courier : concerned(order.custody, order.line))
        if (const auto device = store::device_of_courier(tx, courier)) audience[device->id] = {courier, {}};
    for (const auto& point : concerned_points(order.custody, order.line))
        for (const auto& clerk : store::clerks_of(tx, point)) {
            const bool is_known =
                audience.count(clerk.device) != 0 ||
                store::find_view_row(tx, clerk.device, {wire::RowKind::task, store::row_id(order.line.order.id)})
                    .has_value();
            if (is_known || store::count_view_rows(tx, clerk.device, wire::RowKind::task) < most_at_point)
                audience[clerk.device] = {clerk.courier, point};
        }
    return audience;
}

}  // namespace

Devices retell_order(core::Tx& tx, const std::string& id, Floors floors) {
    const Order order(tx, id);
    const auto audience = audience_of(tx, order);
    Devices changed;
    for (const auto& device : store::devices_with_row(tx, {wire::RowKind::task, store::row_id(id)}))
        if (!audience.count(device) && order.withdraw(tx, device)) changed.push_back(device);
    for (const auto& [device, reader] : audience)
        if (order.tell(tx, device, reader)) changed.push_back(device);
    if (floors == Floors::now)
        for (const auto& device : retell_floors(tx, {id}))
            if (std::find(changed.begin(), changed.end(), device) == changed.end()) changed.push_back(device);
    return changed;
}

void retell_device(core::Tx& tx, const core::DeviceId& id) {
    const auto device = store::find_device(tx, id);
    if (!device) return;
    std::set<wire::RowKey> wanted;
    const auto put = [&](const store::ViewBody& row) {
        wanted.insert(row.key);
        view::put(tx, id, row.key, row.body).value();
    };
    if (device->courier) {
        for (const auto& site : store::sites(tx))
            if (site.is_open) put(store::site_row(site));
        const auto depot = store::depot_of_worker(tx, *device->courier);
        if (depot) wanted.merge(tell_floor(tx, id, *depot));
        Reader reader{*device->courier, {}};
        if (!depot) reader.point = store::find_courier(tx, *device->courier)->site;
        for (const auto& order : orders_of(tx, reader)) {
            const Order told(tx, order);
            for (const auto& key : store::order_keys(order, told.parcels)) wanted.insert(key);
            told.tell(tx, id, reader);
        }
    }
    for (const auto& row : store::live_view_rows(tx, id))
        if (is_work(row.key.kind) && !wanted.count(row.key)) view::remove(tx, id, row.key).value();
}

Devices retell_sites(core::Tx& tx) {
    const auto sites = store::sites(tx);
    Devices changed;
    for (const auto& carried : store::carried_devices(tx)) {
        const auto& device = carried.id;
        const auto before = view::head(tx, device);
        for (const auto& site : sites) {
            const auto row = store::site_row(site);
            if (site.is_open)
                view::put(tx, device, row.key, row.body).value();
            else
                view::remove(tx, device, row.key).value();
        }
        if (view::head(tx, device) != before) changed.push_back(device);
    }
    return changed;
}

Devices retell_courier(core::Tx& tx, const std::string& courier) {
    const auto device = store::device_of_courier(tx, courier);
    if (!device) return {};
    const auto before = view::head(tx, device->id);
    retell_device(tx, device->id);
    if (view::head(tx, device->id) == before) return {};
    return {device->id};
}

}  // namespace plus7::central::app::dispatch
