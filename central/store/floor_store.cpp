#include "central/store/floor_store.hpp"

#include <map>

#include "central/store/trip_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::store {
namespace {

using Text = std::optional<std::string>;

const std::string select_parcel =
    "SELECT p.parcel_id, p.order_id, p.number, (SELECT COUNT(*) FROM parcel q WHERE q.order_id = p.order_id) AS "
    "pieces, o.number AS order_number, o.sender, o.recipient, o.address, c.holder_kind, c.holder_id, c.status, "
    "a.courier_id, (SELECT k.code FROM parcel_code k WHERE k.parcel_id = p.parcel_id AND k.place = 0) AS own_code, "
    "(SELECT k.code FROM parcel_code k WHERE k.parcel_id = p.parcel_id AND k.place = 1) AS outer_code "
    "FROM parcel p JOIN customer_order o ON o.order_id = p.order_id JOIN custody c ON c.parcel_id = p.parcel_id "
    "LEFT JOIN assignment a ON a.order_id = p.order_id ";

// Came to the depot $2 at some time: it is there, or went on from there. The story is only asked of what has moved on.
constexpr const char* came_here =
    "((c.holder_kind = 'depot' AND c.holder_id = $2) OR (c.version > 0 AND EXISTS (SELECT 1 FROM parcel_event e WHERE "
    "e.parcel_id = c.parcel_id AND e.type = 'parcel.handover' AND e.to_kind = 'depot' AND e.to_id = $2 AND e.undone = "
    "0)))";

// Damages that stand, of the parcels that a query gives; by an index of their own.
constexpr const char* damages_of =
    "FROM parcel_event e WHERE e.type = 'parcel.damaged' AND e.undone = 0 AND e.effect <> 'evidence' AND e.parcel_id "
    "IN ("
    "SELECT l.parcel_id FROM registry_line l WHERE l.registry_id = $1 UNION SELECT x.parcel_id FROM depot_extra x "
    "WHERE x.registry_id = $1 AND "
    "x.undone = 0 AND x.parcel_id IS NOT NULL)";

FloorParcel parcel_of(const sql::Row& row) {
    FloorParcel parcel;
    parcel.id = row.get<std::string>("parcel_id");
    parcel.order = row.get<std::string>("order_id");
    parcel.order_number = row.get<std::string>("order_number");
    parcel.sender = row.get<std::string>("sender");
    parcel.recipient = row.get<std::string>("recipient");
    parcel.address = row.get<std::string>("address");
    parcel.number = row.get<std::int64_t>("number");
    parcel.of = row.get<std::int64_t>("pieces");
    parcel.code = row.get<Text>("own_code").value_or("");
    parcel.outer_code = row.get<Text>("outer_code");
    parcel.holder = {model::holder_kind_from(row.get<std::string>("holder_kind")),
                     row.get<std::optional<model::HolderId>>("holder_id").value_or(model::HolderId{})};
    parcel.status = model::parcel_status_from(row.get<std::string>("status")).value_or(model::ParcelStatus::accepted);
    parcel.courier = row.get<Text>("courier_id");
    return parcel;
}

const std::string select_registry =
    "SELECT registry_id, number, outer_number, sender, site_id, state, total, created_us, closed_us FROM registry ";

FloorRegistry registry_of(const sql::Row& row) {
    FloorRegistry registry;
    registry.id = row.get<std::string>("registry_id");
    registry.number = row.get<std::string>("number");
    registry.outer_number = row.get<Text>("outer_number");
    registry.sender = row.get<std::string>("sender");
    registry.site = row.get<std::string>("site_id");
    registry.state = row.get<std::string>("state");
    registry.total = row.get<std::int64_t>("total");
    registry.created = row.get<core::TimeUs>("created_us");
    registry.closed = row.get<std::optional<core::TimeUs>>("closed_us");
    return registry;
}

std::optional<FloorRegistry> maybe_registry(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return registry_of(*row);
}

template <typename... Args>
std::vector<FloorParcel> parcels(sql::Tx& tx, const std::string& rest, const Args&... args) {
    std::vector<FloorParcel> all;
    for (const auto& row : tx.query(select_parcel + rest, args...)) all.push_back(parcel_of(row));
    return all;
}

}  // namespace

std::vector<FloorParcel> parcels_with_code(sql::Tx& tx, const std::string& code) {
    return parcels(tx,
                   "WHERE p.parcel_id IN (SELECT k.parcel_id FROM parcel_code k WHERE k.code = $1) "
                   "ORDER BY o.created_us DESC, p.order_id DESC, p.number LIMIT 20",
                   code);
}

std::optional<FloorParcel> find_floor_parcel(sql::Tx& tx, const std::string& parcel) {
    const auto row = tx.one(select_parcel + "WHERE p.parcel_id = $1", parcel);
    if (!row) return std::nullopt;
    return parcel_of(*row);
}

std::vector<FloorParcel> parcels_to_hand_out(sql::Tx& tx, const model::Holder& depot, const std::string& courier) {
    return parcels(tx,
                   "WHERE a.courier_id = $1 AND c.holder_kind = 'depot' AND c.holder_id = $2 AND c.status = 'assigned' "
                   "ORDER BY a.place, p.order_id, p.number",
                   courier, depot.id);
}

std::vector<FloorParcel> parcels_not_here(sql::Tx& tx, const model::Holder& depot, const std::string& courier) {
    return parcels(tx,
                   "WHERE a.courier_id = $1 AND ((c.holder_kind = 'seller' AND c.status = 'accepted') OR "
                   "(c.holder_kind = 'depot' AND c.holder_id <> $2 AND c.status = 'assigned')) "
                   "ORDER BY a.place, p.order_id, p.number",
                   courier, depot.id);
}

std::vector<FloorParcel> parcels_held_by(sql::Tx& tx, const model::Holder& holder) {
    return parcels(tx, "WHERE c.holder_kind = $1 AND c.holder_id = $2 ORDER BY o.number, p.order_id, p.number",
                   model::name_of(holder.kind), holder.id);
}

std::vector<CourierLoad> courier_loads(sql::Tx& tx, const model::Holder& depot, const std::string& site) {
    std::map<std::string, CourierLoad> loads;
    for (const auto& row : tx.query(
             "SELECT a.courier_id, COUNT(*) AS parcels FROM custody c JOIN assignment a ON a.order_id = c.order_id "
             "WHERE c.holder_kind = 'depot' AND c.holder_id = $1 AND c.status = 'assigned' GROUP BY a.courier_id",
             depot.id))
        loads[row.get<std::string>("courier_id")].to_hand_out = row.get<std::int64_t>("parcels");
    for (const auto& row : tx.query("SELECT holder_id, COUNT(*) AS parcels FROM custody WHERE holder_kind = 'courier' "
                                    "GROUP BY holder_id"))
        loads[core::to_uuid_text({row.get<core::EventId>("holder_id")})].carried = row.get<std::int64_t>("parcels");
    for (const auto& row :
         tx.query("SELECT n.courier_id, COUNT(l.event_id) AS parcels FROM return_count n LEFT JOIN return_line l ON "
                  "l.count_id = n.count_id WHERE n.site_id = $1 AND n.closed_us IS NULL GROUP BY n.courier_id",
                  site))
        loads[row.get<std::string>("courier_id")].counted = row.get<std::int64_t>("parcels");
    std::vector<CourierLoad> all;
    for (auto& [courier, load] : loads) {
        if (load.to_hand_out == 0 && carrier_of_trip(tx, courier)) continue;
        load.courier = courier;
        all.push_back(load);
    }
    return all;
}

std::optional<FloorRegistry> find_floor_registry(sql::Tx& tx, const std::string& id) {
    return maybe_registry(tx.one(select_registry + "WHERE registry_id = $1", id));
}

std::optional<FloorRegistry> lock_floor_registry(sql::Tx& tx, const std::string& id) {
    return maybe_registry(tx.one(select_registry + "WHERE registry_id = $1 {for_update}", id));
}

std::vector<FloorRegistry> floor_registries(sql::Tx& tx, const std::string& site, int most_closed) {
    std::vector<FloorRegistry> all;
    for (const auto& row :
         tx.query(select_registry + "WHERE site_id = $1 AND state = 'open' ORDER BY created_us DESC, registry_id DESC",
                  site))
        all.push_back(registry_of(row));
    for (const auto& row :
         tx.query(select_registry +
                      "WHERE site_id = $1 AND state = 'closed' ORDER BY closed_us DESC, registry_id DESC LIMIT $2",
                  site, most_closed))
        all.push_back(registry_of(row));
    return all;
}

void set_registry_state(sql::Tx& tx, const FloorRegistry& registry) {
    tx.exec("UPDATE registry SET state = $2, closed_us = $3, version = version + 1 WHERE registry_id = $1", registry.id,
            registry.state, registry.closed);
}

std::optional<RegistryOf> registry_of_parcel(sql::Tx& tx, const std::string& parcel) {
    const auto rows = tx.query(
        "SELECT r.registry_id, r.number, r.site_id FROM registry_line l JOIN registry r ON r.registry_id = "
        "l.registry_id WHERE l.parcel_id = $1 ORDER BY CASE r.state WHEN 'open' THEN 0 ELSE 1 END, r.created_us DESC "
        "LIMIT 1",
        parcel);
    if (rows.empty()) return std::nullopt;
    return RegistryOf{rows[0].get<std::string>("registry_id"), rows[0].get<std::string>("number"),
                      rows[0].get<std::string>("site_id")};
}

bool registry_has(sql::Tx& tx, const std::string& registry, const std::string& parcel) {
    return !tx.query("SELECT 1 AS one FROM registry_line WHERE registry_id = $1 AND parcel_id = $2 LIMIT 1", registry,
                     parcel)
                .empty();
}

RegistryFigures registry_figures(sql::Tx& tx, const std::string& registry, const model::Holder& depot) {
    const auto lines = tx.one(std::string("SELECT COUNT(*) AS expected, COALESCE(SUM(CASE WHEN ") + came_here +
                                  " THEN 1 ELSE 0 END), 0) AS arrived FROM registry_line l JOIN custody c ON "
                                  "c.parcel_id = l.parcel_id WHERE l.registry_id = $1 AND c.status <> 'cancelled'",
                              registry, depot.id);
    const auto extras = tx.one(
        "SELECT COUNT(*) AS extra, COUNT(note) AS damaged FROM depot_extra WHERE registry_id = $1 AND undone = 0",
        registry);
    const auto damages = tx.one(std::string("SELECT COUNT(*) ") + damages_of, registry)->get<std::int64_t>(0);
    return {lines->get<std::int64_t>("expected"), lines->get<std::int64_t>("arrived"),
            extras->get<std::int64_t>("extra"), damages + extras->get<std::int64_t>("damaged")};
}

std::vector<FloorParcel> registry_missing(sql::Tx& tx, const std::string& registry, const model::Holder& depot) {
    return parcels(
        tx,
        std::string("JOIN registry_line l ON l.parcel_id = p.parcel_id WHERE l.registry_id = $1 AND c.status <> "
                    "'cancelled' AND NOT ") +
            came_here + " ORDER BY l.line",
        registry, depot.id);
}

std::vector<FloorDamage> registry_damaged(sql::Tx& tx, const std::string& registry) {
    std::vector<FloorDamage> all;
    const auto rows = tx.query(std::string("SELECT e.parcel_id, e.event_id, e.reason, e.by_id, e.at_us ") + damages_of +
                                   " ORDER BY e.at_us, e.parcel_id, e.number",
                               registry);
    for (const auto& row : rows)
        if (auto parcel = find_floor_parcel(tx, row.get<std::string>("parcel_id")))
            all.push_back({std::move(*parcel), row.get<core::EventId>("event_id"), row.get<Text>("reason").value_or(""),
                           row.get<Text>("by_id"), row.get<core::TimeUs>("at_us")});
    return all;
}

std::optional<ParcelEventRow> find_parcel_event(sql::Tx& tx, const std::string& parcel, const core::EventId& event) {
    const auto row = tx.one(
        "SELECT order_id, type, by_kind, by_id, received_us, from_kind, from_id, to_kind, to_id, undone FROM "
        "parcel_event WHERE parcel_id = $1 AND event_id = $2",
        parcel, event);
    if (!row) return std::nullopt;
    const auto holder = [&](const std::string& kind, const std::string& id) -> std::optional<model::Holder> {
        if (row->is_null(kind)) return std::nullopt;
        return model::Holder{model::holder_kind_from(row->get<std::string>(kind)),
                             row->get<std::optional<model::HolderId>>(id).value_or(model::HolderId{})};
    };
    ParcelEventRow line;
    line.parcel = parcel;
    line.event = event;
    line.order = row->get<std::string>("order_id");
    line.type = row->get<std::string>("type");
    line.by_kind = row->get<std::string>("by_kind");
    line.by_id = row->get<Text>("by_id");
    line.received = row->get<core::TimeUs>("received_us");
    line.from = holder("from_kind", "from_id");
    line.to = holder("to_kind", "to_id");
    line.undone = row->get<bool>("undone");
    return line;
}

}  // namespace plus7::central::store
