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

struct Order {
    store::OrderLine line;
    std::vector<store::ParcelRow> parcels;
    std::vector<CustodyRow> custody;
    std::optional<store::AssignmentRow> plan;
    std::optional<core::TimeUs> keep_until;

    // As this reader's handheld has to have it.
    void tell(const Reader& reader, view::Change& change) const {
        store::TaskTerms terms{{}, reader.point && reader.point == line.order.point, keep_until};
        if (line.courier == reader.courier && !store::is_over(line.status)) terms.plan = plan;
        for (auto& row : store::order_rows(line, parcels, custody, terms))
            change.put.insert_or_assign(row.key, std::move(row.body));
        // A row that the order had and has no more: its code is not asked for any longer.
        for (const auto& key : store::order_keys(line.order.id, parcels))
            if (!change.put.count(key)) change.gone.insert(key);
    }
    void withdraw(view::Change& change) const {
        for (const auto& key : store::order_keys(line.order.id, parcels)) change.gone.insert(key);
    }
};

std::vector<Order> read_orders(core::Tx& tx, const std::set<std::string>& wanted) {
    const std::vector<std::string> ids(wanted.begin(), wanted.end());
    auto lines = store::order_lines(tx, ids);
    auto parcels = store::parcels_of_orders(tx, ids);
    auto custody = store::custody_of_orders(tx, ids);
    auto plans = store::assignments_of_orders(tx, ids);
    std::vector<Order> read;
    for (auto& [id, line] : lines) {
        const auto plan = plans.find(id);
        const auto until = orders::keep_until(tx, line);
        read.push_back({std::move(line), std::move(parcels[id]), std::move(custody[id]),
                        plan == plans.end() ? std::nullopt : std::optional(std::move(plan->second)), until});
    }
    return read;
}

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

view::Rows open_sites(core::Tx& tx) {
    view::Rows rows;
    for (const auto& site : store::sites(tx)) {
        if (!site.is_open) continue;
        auto row = store::site_row(site);
        rows.emplace(row.key, std::move(row.body));
    }
    return rows;
}

bool is_work(wire::RowKind kind) {
    return kind == wire::RowKind::task || kind == wire::RowKind::parcel || kind == wire::RowKind::recipient ||
           kind == wire::RowKind::verifier || kind == wire::RowKind::site || is_floor(kind);
}

// Which device somebody carries; many orders have to do with the same few couriers.
class Carried {
  public:
    explicit Carried(core::Tx& tx) : tx_(tx) {}
    const std::optional<core::DeviceId>& by(const std::string& courier) {
        const auto known = known_.find(courier);
        if (known != known_.end()) return known->second;
        const auto device = store::device_of_courier(tx_, courier);
        return known_.emplace(courier, device ? std::optional(device->id) : std::nullopt).first->second;
    }

  private:
    core::Tx& tx_;
    std::map<std::string, std::optional<core::DeviceId>> known_;
};

std::map<core::DeviceId, Reader> audience_of(core::Tx& tx, const Order& order, Carried& carried) {
    std::map<core::DeviceId, Reader> audience;
    for (const auto& courier : concerned(order.custody, order.line))
        if (const auto& device = carried.by(courier)) audience[*device] = {courier, {}};
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

Devices retell_orders(core::Tx& tx, const std::set<std::string>& orders, const std::set<std::string>& registries) {
    std::vector<wire::RowId> ids;
    for (const auto& id : orders) ids.push_back(store::row_id(id));
    const auto told = store::devices_with_rows(tx, wire::RowKind::task, ids);
    Carried carried(tx);
    std::map<core::DeviceId, view::Change> changes;
    for (const auto& order : read_orders(tx, orders)) {
        const auto audience = audience_of(tx, order, carried);
        const auto [first, last] = told.equal_range(store::row_id(order.line.order.id));
        for (auto row = first; row != last; ++row)
            if (!audience.count(row->second)) order.withdraw(changes[row->second]);
        for (const auto& [device, reader] : audience) order.tell(reader, changes[device]);
    }
    Devices changed;
    for (const auto& [device, change] : changes)
        if (view::change(tx, device, change)) changed.push_back(device);
    for (const auto& device : retell_floors(tx, orders, registries))
        if (std::find(changed.begin(), changed.end(), device) == changed.end()) changed.push_back(device);
    return changed;
}

bool retell_device(core::Tx& tx, const core::DeviceId& id) {
    const auto device = store::find_device(tx, id);
    if (!device) return false;
    view::Change work;
    if (device->courier) {
        work.put = open_sites(tx);
        const auto depot = store::depot_of_worker(tx, *device->courier);
        if (depot) work.put.merge(floor_rows(tx, *depot));
        Reader reader{*device->courier, {}};
        if (!depot) reader.point = store::find_courier(tx, *device->courier)->site;
        for (const auto& order : read_orders(tx, orders_of(tx, reader))) order.tell(reader, work);
    }
    return view::replace(tx, id, is_work, work.put);
}

Devices retell_sites(core::Tx& tx) {
    const auto open = open_sites(tx);
    Devices changed;
    for (const auto& carried : store::carried_devices(tx))
        if (view::replace(
                tx, carried.id, [](wire::RowKind kind) { return kind == wire::RowKind::site; }, open))
            changed.push_back(carried.id);
    return changed;
}

Devices retell_courier(core::Tx& tx, const std::string& courier) {
    const auto device = store::device_of_courier(tx, courier);
    if (!device || !retell_device(tx, device->id)) return {};
    return {device->id};
}

}  // namespace plus7::central::app::dispatch
