#include "central/app/dispatch/floor_view.hpp"

#include <algorithm>
#include <map>

#include "central/app/dispatch/goal.hpp"
#include "central/app/view/view.hpp"
#include "central/store/floor_rows.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::dispatch {
namespace {

using store::FloorLine;
using view::Rows;
using wire::RowKey;
using wire::RowKind;

wire::FloorGoal wire_kind(GoalKind kind) {
    switch (kind) {
        case GoalKind::courier:
            return wire::FloorGoal::courier;
        case GoalKind::point:
            return wire::FloorGoal::point;
        case GoalKind::depot:
            return wire::FloorGoal::depot;
        case GoalKind::back:
            return wire::FloorGoal::back;
        case GoalKind::damaged:
            return wire::FloorGoal::damaged;
        case GoalKind::none:
            break;
    }
    return wire::FloorGoal::none;
}

// Workers' handhelds of all depots, by depot; and all of them by name, as sources of steps.
struct Workers {
    explicit Workers(core::Tx& tx) {
        for (const auto& worker : store::floor_workers(tx)) {
            floors[worker.site].push_back(worker.device);
            sources.insert(worker.device.text());
        }
    }
    std::map<std::string, Devices> floors;
    std::set<std::string> sources;
};

// The courier of the parcel's last handover with this depot, when nobody of the depot has told of it.
std::optional<std::string> told_by(const model::Custody& custody, const model::Holder& depot, const Workers& workers) {
    if (custody.way.empty()) return std::nullopt;
    const auto& last = custody.steps[custody.way.back()];
    const auto& courier = last.from == depot ? last.to : last.from;
    if ((last.from != depot && last.to != depot) || courier.kind != model::HolderKind::courier) return std::nullopt;
    for (auto at = custody.way.rbegin(); at != custody.way.rend(); ++at) {
        const auto& step = custody.steps[*at];
        if (step.from != last.from || step.to != last.to) break;
        // Handhelds have ids of another form than staff.
        if (core::from_uuid_text(step.source) || workers.sources.count(step.source)) return std::nullopt;
    }
    return core::to_uuid_text(courier.id);
}

// Rows as one depot sees them.
class Floor {
  public:
    Floor(core::Tx& tx, const std::string& site, const Workers& workers)
        : tx_(tx),
          workers_(workers),
          of_{site, {model::HolderKind::depot, {store::row_id(site).value}}},
          ways_(tx, site),
          cells_(store::cells_of(tx, site)) {}

    const store::FloorOf& of() const { return of_; }

    void add(Rows& rows, const FloorLine& line) const {
        const auto goal = ways_.goal(line.way);
        const auto cell = cells_.find(key_of(goal));
        const auto custody = line.version == 0 ? std::nullopt : store::find_custody(tx_, line.way.parcel);
        put(rows, store::floor_row(line, {wire_kind(goal.kind), goal.id, cell == cells_.end() ? "" : cell->second},
                                   custody ? told_by(custody->custody, of_.depot, workers_) : std::nullopt));
    }
    void add_courier(Rows& rows, const std::string& courier) const {
        if (const auto row = store::find_courier(tx_, courier)) put(rows, store::crew_row(*row));
    }
    // False: it is none of this floor.
    bool add_bag(Rows& rows, const std::string& id) const {
        const auto bags = store::floor_bags(tx_, of_, id);
        for (const auto& bag : bags) put(rows, store::bag_row(bag, wire_kind(goal_from(bag.goal).kind)));
        return !bags.empty();
    }
    void add_registry(Rows& rows, const std::string& id) const {
        const auto registry = store::find_floor_registry(tx_, id);
        if (registry && registry->site == of_.site && registry->state == "open")
            put(rows, store::registry_row(*registry, store::registry_figures(tx_, id, of_.depot)));
    }
    Rows all() const;

  private:
    static void put(Rows& rows, store::ViewBody row) { rows.insert_or_assign(row.key, std::move(row.body)); }

    core::Tx& tx_;
    const Workers& workers_;
    store::FloorOf of_;
    Ways ways_;
    std::map<store::GoalKey, std::string> cells_;
};

// Couriers that a parcel of the floor has to do with.
void name_couriers(const FloorLine& line, std::set<std::string>& couriers) {
    if (line.way.courier) couriers.insert(*line.way.courier);
    if (line.holder.kind == model::HolderKind::courier) couriers.insert(core::to_uuid_text(line.holder.id));
}

Rows Floor::all() const {
    Rows rows;
    std::set<std::string> couriers;
    for (const auto& line : store::floor_lines(tx_, of_, static_cast<int>(wire::most_floor_rows))) {
        add(rows, line);
        name_couriers(line, couriers);
    }
    for (const auto& courier : couriers) add_courier(rows, courier);
    for (const auto& registry : store::floor_registries(tx_, of_.site, 0)) add_registry(rows, registry.id);
    for (const auto& bag : store::floor_bags(tx_, of_))
        put(rows, store::bag_row(bag, wire_kind(goal_from(bag.goal).kind)));
    return rows;
}

void note(Devices& changed, const core::DeviceId& device) {
    if (std::find(changed.begin(), changed.end(), device) == changed.end()) changed.push_back(device);
}

// A device that is full gets no further parcels.
void tell(core::Tx& tx, const core::DeviceId& device, view::Change change, Devices& changed) {
    std::vector<RowKey> parcels;
    for (const auto& [key, body] : change.put)
        if (key.kind == RowKind::floor) parcels.push_back(key);
    std::set<RowKey> told;
    for (const auto& row : store::find_view_rows(tx, device, parcels)) told.insert(row.key);
    auto room = static_cast<std::int64_t>(wire::most_floor_rows) - store::count_view_rows(tx, device, RowKind::floor);
    for (const auto& key : parcels)
        if (!told.count(key) && --room < 0) change.put.erase(key);
    if (view::change(tx, device, change)) note(changed, device);
}

// What changes on a floor with some orders.
struct Change {
    Rows rows;
    std::set<RowKey> gone;
    std::set<std::string> named, before;  // couriers: now, and as far as the devices were told
    std::set<std::string> registries, bags;
};

// What a device was told of these parcels: whom and which registry it may have to forget.
void read_before(core::Tx& tx, const core::DeviceId& device, const std::vector<store::ParcelRow>& parcels,
                 Change& change) {
    for (const auto& parcel : parcels) {
        const auto row = store::find_view_row(tx, device, {RowKind::floor, store::row_id(parcel.id)});
        if (!row) continue;
        const auto known = wire::decode_floor_row(row->body);
        if (!known) continue;
        if (known->goal == wire::FloorGoal::courier && known->to) change.before.insert(core::to_uuid_text(*known->to));
        if (known->holder.kind == model::HolderKind::courier)
            change.before.insert(core::to_uuid_text(known->holder.id));
        if (known->bag) change.bags.insert(core::to_uuid_text(*known->bag));
        if (known->registry) change.registries.insert(core::to_uuid_text(*known->registry));
    }
}

void add_order(core::Tx& tx, const Floor& floor, const Devices& devices, const std::string& order, Change& change) {
    for (const auto& line : store::floor_lines_of(tx, floor.of(), order)) {
        floor.add(change.rows, line);
        name_couriers(line, change.named);
        if (line.bag) change.bags.insert(*line.bag);
        if (line.registry) change.registries.insert(*line.registry);
    }
    const auto parcels = store::parcels_of(tx, order);
    for (const auto& parcel : parcels)
        if (const RowKey key{RowKind::floor, store::row_id(parcel.id)}; !change.rows.count(key))
            change.gone.insert(key);
    for (const auto& device : devices) read_before(tx, device, parcels, change);
}

void tell_change(core::Tx& tx, const Floor& floor, const Devices& devices, Change change, Devices& changed) {
    for (const auto& courier : change.named) floor.add_courier(change.rows, courier);
    for (const auto& courier : change.before) {
        if (change.named.count(courier)) continue;
        if (store::has_work(tx, courier))
            floor.add_courier(change.rows, courier);
        else
            change.gone.insert({RowKind::crew, store::row_id(courier)});
    }
    for (const auto& registry : change.registries) floor.add_registry(change.rows, registry);
    for (const auto& bag : change.bags)
        if (!floor.add_bag(change.rows, bag)) change.gone.insert({RowKind::bag, store::row_id(bag)});
    for (const auto& device : devices) tell(tx, device, {change.rows, change.gone}, changed);
}

}  // namespace

bool is_floor(RowKind kind) {
    return kind == RowKind::floor || kind == RowKind::crew || kind == RowKind::registry || kind == RowKind::bag;
}

Devices retell_floors(core::Tx& tx, const std::set<std::string>& orders, const std::set<std::string>& registries) {
    Devices changed;
    if (orders.empty() && registries.empty()) return changed;
    const Workers workers(tx);
    for (const auto& [site, devices] : workers.floors) {
        const Floor floor(tx, site, workers);
        Change change;
        change.registries = registries;  // another depot's is none of this floor
        for (const auto& order : orders) add_order(tx, floor, devices, order, change);
        tell_change(tx, floor, devices, std::move(change), changed);
    }
    return changed;
}

Rows floor_rows(core::Tx& tx, const std::string& site) {
    const Workers workers(tx);
    return Floor(tx, site, workers).all();
}

Devices retell_floor(core::Tx& tx, const std::string& site) {
    Devices changed;
    const Workers workers(tx);
    const auto devices = workers.floors.find(site);
    if (devices == workers.floors.end()) return changed;
    const auto rows = Floor(tx, site, workers).all();
    for (const auto& device : devices->second)
        if (view::replace(tx, device, is_floor, rows)) note(changed, device);
    return changed;
}

Devices retell_crew(core::Tx& tx, const std::string& courier) {
    Devices changed;
    const RowKey key{RowKind::crew, store::row_id(courier)};
    const auto row = store::find_courier(tx, courier);
    if (!row) return changed;
    for (const auto& [id, device] : store::devices_with_rows(tx, key.kind, {key.id}))
        if (view::change(tx, device, {{{key, store::crew_row(*row).body}}, {}})) note(changed, device);
    return changed;
}

}  // namespace plus7::central::app::dispatch
