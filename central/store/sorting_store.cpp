#include "central/store/sorting_store.hpp"

#include "central/store/site_store.hpp"

namespace plus7::central::store {
namespace {

using Text = std::optional<std::string>;

const std::string select_way =
    "SELECT c.parcel_id, c.status, a.courier_id, a.place, o.point_id, o.lat_e7, o.lon_e7, z.depot_id, (SELECT "
    "r.site_id FROM "
    "registry_line l JOIN registry r ON r.registry_id = l.registry_id WHERE l.parcel_id = c.parcel_id AND r.state = "
    "'open' ORDER BY r.created_us DESC LIMIT 1) AS expected_at FROM custody c JOIN customer_order o ON o.order_id = "
    "c.order_id LEFT JOIN assignment a ON a.order_id = c.order_id LEFT JOIN order_price p ON p.order_id = "
    "c.order_id LEFT JOIN zone z ON z.zone_id = p.zone_id AND z.state = 'open' ";

WayRow way_of(const sql::Row& row) {
    WayRow way;
    way.parcel = row.get<std::string>("parcel_id");
    way.status = model::parcel_status_from(row.get<std::string>("status")).value_or(model::ParcelStatus::accepted);
    way.courier = row.get<Text>("courier_id");
    way.place = row.get<std::optional<std::int64_t>>("place").value_or(0);
    way.point = row.get<Text>("point_id");
    way.where = place_of(row);
    way.zone_depot = row.get<Text>("depot_id");
    way.expected_at = row.get<Text>("expected_at");
    return way;
}

GoalKey goal_of(const sql::Row& row) { return {row.get<std::string>("goal_kind"), row.get<std::string>("goal_id")}; }

}  // namespace

std::optional<WayRow> find_way(sql::Tx& tx, const std::string& parcel) {
    const auto row = tx.one(select_way + "WHERE c.parcel_id = $1", parcel);
    if (!row) return std::nullopt;
    return way_of(*row);
}

std::vector<WayRow> ways_from(sql::Tx& tx, const model::Holder& holder) {
    std::vector<WayRow> all;
    for (const auto& row : tx.query(select_way + "WHERE c.holder_kind = $1 AND c.holder_id = $2 ORDER BY c.parcel_id",
                                    model::name_of(holder.kind), holder.id))
        all.push_back(way_of(row));
    return all;
}

std::map<GoalKey, std::string> cells_of(sql::Tx& tx, const std::string& site) {
    std::map<GoalKey, std::string> cells;
    for (const auto& row : tx.query("SELECT goal_kind, goal_id, cell FROM depot_cell WHERE site_id = $1", site))
        cells[goal_of(row)] = row.get<std::string>("cell");
    return cells;
}

void put_cell(sql::Tx& tx, const std::string& site, const GoalKey& goal, const Text& cell) {
    if (cell)
        tx.exec(
            "INSERT INTO depot_cell (site_id, goal_kind, goal_id, cell) VALUES ($1, $2, $3, $4) ON CONFLICT (site_id, "
            "goal_kind, goal_id) DO UPDATE SET cell = excluded.cell",
            site, goal.first, goal.second, *cell);
    else
        tx.exec("DELETE FROM depot_cell WHERE site_id = $1 AND goal_kind = $2 AND goal_id = $3", site, goal.first,
                goal.second);
}

void put_sorted(sql::Tx& tx, const SortedRow& s) {
    tx.exec(
        "INSERT INTO depot_sorted (site_id, parcel_id, goal_kind, goal_id, at_us, staff_id) VALUES ($1, $2, $3, $4, "
        "$5, $6) ON CONFLICT (site_id, parcel_id) DO UPDATE SET goal_kind = excluded.goal_kind, goal_id = "
        "excluded.goal_id, at_us = excluded.at_us, staff_id = excluded.staff_id",
        s.site, s.parcel, s.goal.first, s.goal.second, s.at, s.staff);
}

std::map<std::string, GoalKey> sorted_at(sql::Tx& tx, const std::string& site, const model::Holder& depot) {
    std::map<std::string, GoalKey> sorted;
    for (const auto& row :
         tx.query("SELECT s.parcel_id, s.goal_kind, s.goal_id FROM depot_sorted s JOIN custody c ON c.parcel_id = "
                  "s.parcel_id WHERE s.site_id = $1 AND c.holder_kind = 'depot' AND c.holder_id = $2",
                  site, depot.id))
        sorted[row.get<std::string>("parcel_id")] = goal_of(row);
    return sorted;
}

}  // namespace plus7::central::store
