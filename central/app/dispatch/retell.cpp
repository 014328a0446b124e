#include "central/app/dispatch/retell.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "central/app/view/view.hpp"
#include "central/store/courier_store.hpp"
#include "central/store/device_store.hpp"
#include "central/store/task_view.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::dispatch {
namespace {

using store::CustodyRow;

std::optional<std::string> courier_of(const model::Holder& holder) {
    if (holder.kind != model::HolderKind::courier) return std::nullopt;
    return core::to_uuid_text(core::EventId{holder.id.value});
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

class Order {
  public:
    Order(core::Tx& tx, const std::string& id)
        : line(*store::find_order_line(tx, id)),
          parcels(store::parcels_of(tx, id)),
          custody(store::custody_of_order(tx, id)) {}

    // True: the device's view changed.
    bool tell(core::Tx& tx, const core::DeviceId& device, const std::string& courier) const {
        std::optional<store::AssignmentRow> plan;
        if (line.courier == courier && !store::is_over(line.status)) plan = store::find_assignment(tx, line.order.id);
        const auto before = view::head(tx, device);
        const auto rows = store::order_rows(line, parcels, custody, plan);
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
};

// Orders that the courier has to know of, his list first.
std::set<std::string> orders_of(core::Tx& tx, const std::string& courier) {
    std::set<std::string> orders;
    for (const auto& row : store::assignments_of(tx, courier)) orders.insert(row.order);
    const model::Holder holder{model::HolderKind::courier, {store::row_id(courier).value}};
    for (auto& order : store::orders_held_by(tx, holder)) orders.insert(std::move(order));
    return orders;
}

bool is_work(wire::RowKind kind) {
    return kind == wire::RowKind::task || kind == wire::RowKind::parcel || kind == wire::RowKind::recipient ||
           kind == wire::RowKind::verifier || kind == wire::RowKind::site;
}

}  // namespace

Devices retell_order(core::Tx& tx, const std::string& id) {
    const Order order(tx, id);
    std::map<core::DeviceId, std::string> audience;
    for (const auto& courier : concerned(order.custody, order.line))
        if (const auto device = store::device_of_courier(tx, courier)) audience.emplace(device->id, courier);
    Devices changed;
    for (const auto& device : store::devices_with_row(tx, {wire::RowKind::task, store::row_id(id)}))
        if (!audience.count(device) && order.withdraw(tx, device)) changed.push_back(device);
    for (const auto& [device, courier] : audience)
        if (order.tell(tx, device, courier)) changed.push_back(device);
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
        for (const auto& order : orders_of(tx, *device->courier)) {
            const Order told(tx, order);
            for (const auto& key : store::order_keys(order, told.parcels)) wanted.insert(key);
            told.tell(tx, id, *device->courier);
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
