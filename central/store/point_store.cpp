#include "central/store/point_store.hpp"

#include "central/store/task_view.hpp"

namespace plus7::central::store {
namespace {

model::HolderId holder_id(const std::string& point) { return {row_id(point).value}; }

template <typename Rows>
std::vector<std::string> first_column(const Rows& rows) {
    std::vector<std::string> all;
    for (const auto& row : rows) all.push_back(row.template get<std::string>(0));
    return all;
}

}  // namespace

std::optional<SiteRow> find_open_point(sql::Tx& tx, const std::string& id) {
    auto site = find_site(tx, id);
    if (site && (site->is_depot || !site->is_open)) site.reset();
    return site;
}

std::vector<Clerk> clerks_of(sql::Tx& tx, const std::string& point) {
    std::vector<Clerk> clerks;
    for (const auto& row : tx.query("SELECT d.device_id, c.courier_id FROM courier c JOIN device d ON d.courier_id = "
                                    "c.courier_id WHERE c.site_id = $1 ORDER BY d.device_id",
                                    point))
        clerks.push_back({row.get<core::DeviceId>(0), row.get<std::string>(1)});
    return clerks;
}

std::vector<std::string> orders_at_point(sql::Tx& tx, const std::string& point, int limit) {
    return first_column(
        tx.query("SELECT DISTINCT order_id FROM custody WHERE holder_kind = 'point' AND holder_id = $1 "
                 "ORDER BY order_id LIMIT $2",
                 holder_id(point), limit));
}

// From what couriers hold, which is little, not from all the orders that ever went there.
std::vector<std::string> orders_towards_point(sql::Tx& tx, const std::string& point, int limit) {
    return first_column(
        tx.query("SELECT DISTINCT c.order_id FROM custody c JOIN customer_order o ON o.order_id = c.order_id "
                 "WHERE c.holder_kind = 'courier' AND o.point_id = $1 "
                 "AND c.status IN ('with_courier', 'in_transit', 'out_for_delivery', 'attempt_failed') "
                 "ORDER BY c.order_id LIMIT $2",
                 point, limit));
}

std::vector<std::string> orders_kept_at_points(sql::Tx& tx) {
    return first_column(
        tx.query("SELECT DISTINCT order_id FROM custody WHERE holder_kind = 'point' AND status = 'arrived_at_point' "
                 "ORDER BY order_id"));
}

std::optional<core::TimeUs> arrived_at(sql::Tx& tx, const std::string& order, const std::string& point) {
    const auto row = tx.one(
        "SELECT MAX(e.at_us) FROM custody c JOIN parcel_event e ON e.parcel_id = c.parcel_id "
        "WHERE c.order_id = $1 AND c.holder_kind = 'point' AND c.holder_id = $2 AND e.to_kind = 'point' "
        "AND e.to_id = $2 AND e.effect = 'applied' AND e.undone = 0",
        order, holder_id(point));
    return row->get<std::optional<core::TimeUs>>(0);
}

std::vector<std::string> readdress_orders(sql::Tx& tx, const SiteRow& point) {
    return first_column(tx.query(
        "UPDATE customer_order SET address = $2, lat_e7 = $3, lon_e7 = $4, version = version + 1 WHERE point_id = $1 "
        "AND order_id IN (SELECT s.order_id FROM order_state s WHERE s.status NOT IN ('delivered', 'returned', "
        "'cancelled')) RETURNING order_id",
        point.id, point.address, lat_e7(point.where), lon_e7(point.where)));
}

}  // namespace plus7::central::store
