#include "central/store/floor_rows.hpp"

#include "central/store/site_store.hpp"

namespace plus7::central::store {
namespace {

using Text = std::optional<std::string>;
using wire::RowKind;

// $1 the site, $2 the depot as a holder.
const std::string select_line =
    "SELECT c.parcel_id, c.order_id, c.holder_kind, c.holder_id, c.version, c.status, p.number, (SELECT COUNT(*) FROM "
    "parcel q WHERE q.order_id = c.order_id) AS pieces, o.number AS order_number, o.point_id, o.lat_e7, o.lon_e7, "
    "a.courier_id, a.place, z.depot_id, (SELECT k.code FROM parcel_code k WHERE k.parcel_id = c.parcel_id AND k.place "
    "= 0) AS "
    "own_code, (SELECT k.code FROM parcel_code k WHERE k.parcel_id = c.parcel_id AND k.place = 1) AS outer_code, "
    "(SELECT r.site_id FROM registry_line l JOIN registry r ON r.registry_id = l.registry_id WHERE l.parcel_id = "
    "c.parcel_id AND r.state = 'open' ORDER BY r.created_us DESC LIMIT 1) AS expected_at, (SELECT r.registry_id FROM "
    "registry_line l JOIN registry r ON r.registry_id = l.registry_id WHERE l.parcel_id = c.parcel_id AND r.state = "
    "'open' AND r.site_id = $1 ORDER BY r.created_us DESC LIMIT 1) AS registry_id, (SELECT x.bag_id FROM bag_parcel x "
    "JOIN bag b ON b.bag_id = x.bag_id WHERE x.parcel_id = c.parcel_id AND x.out_us IS NULL AND b.state = 'closed') AS "
    "bag_id, CASE WHEN (c.holder_kind = 'depot' "
    "AND c.holder_id = $2) OR EXISTS (SELECT 1 FROM parcel_event e WHERE e.parcel_id = c.parcel_id AND e.type = "
    "'parcel.handover' AND e.to_kind = 'depot' AND e.to_id = $2 AND e.undone = 0) THEN 1 ELSE 0 END AS arrived FROM "
    "custody c JOIN parcel p ON p.parcel_id = c.parcel_id JOIN customer_order o ON o.order_id = c.order_id LEFT JOIN "
    "assignment a ON a.order_id = c.order_id LEFT JOIN order_price f ON f.order_id = c.order_id LEFT JOIN zone z ON "
    "z.zone_id = f.zone_id AND z.state = 'open' ";

const std::string lies_here = "(c.holder_kind = 'depot' AND c.holder_id = $2)";
// A bag b on its way to the depot: to stay there, or on a trip that ends there.
const std::string bag_comes =
    "(b.site_id IS NULL AND b.state = 'closed' AND ((b.goal_kind = 'depot' AND b.goal_id = $1) OR EXISTS (SELECT 1 "
    "FROM "
    "trip h JOIN trip_parcel t ON t.trip_id = h.trip_id WHERE h.to_site = $1 AND h.state <> 'closed' AND t.bag_id = "
    "b.bag_id)))";
const std::string may_come = "c.holder_kind IN ('seller', 'depot', 'courier')";
const std::string went_from_here =
    "(c.holder_kind = 'courier' AND EXISTS (SELECT 1 FROM parcel_event e WHERE e.parcel_id = c.parcel_id AND e.type = "
    "'parcel.handover' AND e.from_kind = 'depot' AND e.from_id = $2 AND e.undone = 0))";

FloorLine line_of(const sql::Row& row) {
    FloorLine line;
    line.way.parcel = row.get<std::string>("parcel_id");
    line.way.status = model::parcel_status_from(row.get<std::string>("status")).value_or(model::ParcelStatus::accepted);
    line.way.courier = row.get<Text>("courier_id");
    line.way.place = row.get<std::optional<std::int64_t>>("place").value_or(0);
    line.way.point = row.get<Text>("point_id");
    line.way.where = place_of(row);
    line.way.zone_depot = row.get<Text>("depot_id");
    line.way.expected_at = row.get<Text>("expected_at");
    line.order = row.get<std::string>("order_id");
    line.order_number = row.get<std::string>("order_number");
    line.number = row.get<std::int64_t>("number");
    line.of = row.get<std::int64_t>("pieces");
    for (const auto* column : {"own_code", "outer_code"})
        if (auto code = row.get<Text>(column)) line.codes.push_back(std::move(*code));
    line.version = row.get<std::int64_t>("version");
    line.holder = {model::holder_kind_from(row.get<std::string>("holder_kind")),
                   row.get<std::optional<model::HolderId>>("holder_id").value_or(model::HolderId{})};
    line.registry = row.get<Text>("registry_id");
    line.bag = row.get<Text>("bag_id");
    line.has_arrived = row.get<std::int64_t>("arrived") != 0;
    return line;
}

template <typename... Args>
std::vector<FloorLine> lines(sql::Tx& tx, const std::string& rest, const Args&... args) {
    std::vector<FloorLine> all;
    for (const auto& row : tx.query(select_line + rest, args...)) all.push_back(line_of(row));
    return all;
}

model::HolderId holder_id(const std::string& uuid) { return {row_id(uuid).value}; }

}  // namespace

std::vector<FloorWorker> floor_workers(sql::Tx& tx) {
    std::vector<FloorWorker> all;
    for (const auto& row :
         tx.query("SELECT d.device_id, c.courier_id, c.site_id FROM site s JOIN courier c ON c.site_id = s.site_id "
                  "JOIN device d ON d.courier_id = c.courier_id WHERE s.kind = 'depot' ORDER BY d.device_id"))
        all.push_back({row.get<core::DeviceId>(0), row.get<std::string>(1), row.get<std::string>(2)});
    return all;
}

std::optional<std::string> depot_of_worker(sql::Tx& tx, const std::string& courier) {
    const auto row = tx.one(
        "SELECT s.site_id FROM courier c JOIN site s ON s.site_id = c.site_id WHERE c.courier_id = $1 AND s.kind = "
        "'depot'",
        courier);
    if (!row) return std::nullopt;
    return row->get<std::string>(0);
}

std::vector<FloorLine> floor_lines(sql::Tx& tx, const FloorOf& floor, int limit) {
    // Each way in by its own index.
    static const std::string rest =
        "WHERE c.parcel_id IN (SELECT c.parcel_id FROM custody c WHERE " + lies_here +
        " UNION SELECT l.parcel_id FROM registry r JOIN registry_line l ON l.registry_id = r.registry_id WHERE "
        "r.site_id = $1 AND r.state = 'open' UNION SELECT c.parcel_id FROM custody c WHERE " +
        went_from_here +
        " UNION SELECT x.parcel_id FROM bag b JOIN bag_parcel x ON x.bag_id = b.bag_id WHERE x.out_us IS NULL AND " +
        bag_comes + ") AND " + may_come + " ORDER BY o.created_us, c.order_id, p.number LIMIT $3";
    return lines(tx, rest, floor.site, floor.depot.id, limit);
}

std::vector<FloorLine> floor_lines_of(sql::Tx& tx, const FloorOf& floor, const std::string& order) {
    static const std::string rest =
        "WHERE c.order_id = $3 AND " + may_come + " AND (" + lies_here + " OR " + went_from_here +
        " OR EXISTS (SELECT 1 FROM registry_line l JOIN registry r ON r.registry_id = l.registry_id WHERE l.parcel_id "
        "= c.parcel_id AND r.site_id = $1 AND r.state = 'open') OR EXISTS (SELECT 1 FROM bag_parcel x JOIN bag b ON "
        "b.bag_id = x.bag_id WHERE x.parcel_id = c.parcel_id AND x.out_us IS NULL AND " +
        bag_comes + ")) ORDER BY p.number";
    return lines(tx, rest, floor.site, floor.depot.id, order);
}

std::vector<FloorBag> floor_bags(sql::Tx& tx, const FloorOf& floor, const Text& bag) {
    static const std::string select =
        "SELECT b.bag_id, b.number, b.goal_kind, b.goal_id, b.state, (SELECT COUNT(*) FROM bag_parcel x WHERE x.bag_id "
        "= b.bag_id AND x.out_us IS NULL) AS parcels FROM bag b WHERE b.state <> 'done' AND (b.site_id = $1 OR " +
        bag_comes + ")";
    std::vector<FloorBag> all;
    for (const auto& row : bag ? tx.query(select + " AND b.bag_id = $2", floor.site, *bag)
                               : tx.query(select + " ORDER BY b.number", floor.site))
        all.push_back({row.get<std::string>("bag_id"),
                       row.get<std::string>("number"),
                       {row.get<std::string>("goal_kind"), row.get<std::string>("goal_id")},
                       row.get<std::string>("state") == "closed",
                       row.get<std::int64_t>("parcels")});
    return all;
}

bool has_work(sql::Tx& tx, const std::string& courier) {
    return !tx.query("SELECT 1 AS one FROM custody WHERE holder_kind = 'courier' AND holder_id = $1 LIMIT 1",
                     holder_id(courier))
                .empty() ||
           !tx.query(
                  "SELECT 1 AS one FROM assignment a JOIN custody c ON c.order_id = a.order_id WHERE a.courier_id = $1 "
                  "AND c.holder_kind IN ('seller', 'depot') LIMIT 1",
                  courier)
                .empty();
}

ViewBody floor_row(const FloorLine& line, const FloorGoal& goal, const Text& told_by) {
    wire::FloorRow row;
    row.order = {row_id(line.order).value};
    row.order_number = line.order_number;
    row.number = static_cast<std::uint32_t>(line.number);
    row.of = static_cast<std::uint32_t>(line.of);
    row.codes = line.codes;
    row.version = static_cast<std::uint64_t>(line.version);
    row.holder = line.holder;
    row.goal = goal.kind;
    if (!goal.id.empty()) row.to = holder_id(goal.id);
    row.cell = goal.cell;
    if (goal.kind == wire::FloorGoal::courier) row.place = static_cast<std::uint64_t>(line.way.place);
    if (line.registry) row.registry = model::RegistryId{row_id(*line.registry).value};
    if (told_by) row.told_by = model::CourierId{row_id(*told_by).value};
    if (line.bag) row.bag = model::BagId{row_id(*line.bag).value};
    row.has_arrived = line.has_arrived;
    const auto status = line.way.status;
    row.is_cancelled = status == model::ParcelStatus::cancelled || status == model::ParcelStatus::returning;
    row.is_damaged = status == model::ParcelStatus::damaged;
    return {{RowKind::floor, row_id(line.way.parcel)}, wire::encode(row)};
}

ViewBody crew_row(const CourierRow& courier) {
    return {{RowKind::crew, row_id(courier.id)},
            wire::encode(wire::CrewRow{courier.code, courier.name, courier.blocked})};
}

ViewBody bag_row(const FloorBag& bag, wire::FloorGoal goal) {
    return {{RowKind::bag, row_id(bag.id)},
            wire::encode(wire::BagRow{bag.number, goal, holder_id(bag.goal.second), bag.is_closed,
                                      static_cast<std::uint64_t>(bag.parcels)})};
}

ViewBody registry_row(const FloorRegistry& registry, const RegistryFigures& figures) {
    const auto count = [](std::int64_t number) { return static_cast<std::uint64_t>(number); };
    return {{RowKind::registry, row_id(registry.id)},
            wire::encode(wire::RegistryRow{registry.number, registry.sender, count(figures.expected),
                                           count(figures.arrived), count(figures.extra)})};
}

}  // namespace plus7::central::store
