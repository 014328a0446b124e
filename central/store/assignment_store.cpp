#include "central/store/assignment_store.hpp"

#include "central/store/in_list.hpp"

namespace plus7::central::store {
namespace {

const std::string select_row = "SELECT a.order_id, a.courier_id, a.place, a.planned_us, a.fixed FROM assignment a ";
const std::string of_open_orders =
    "JOIN order_state s ON s.order_id = a.order_id WHERE s.status NOT IN ('delivered', 'returned', 'cancelled') ";

AssignmentRow assignment_of(const sql::Row& row) {
    return {row.get<std::string>(0), row.get<std::string>(1), row.get<std::int64_t>(2), row.get<core::TimeUs>(3),
            row.get<bool>(4)};
}

}  // namespace

std::optional<AssignmentRow> find_assignment(sql::Tx& tx, const std::string& order) {
    auto found = assignments_of_orders(tx, {order});
    if (found.empty()) return std::nullopt;
    return std::move(found.begin()->second);
}

std::map<std::string, AssignmentRow> assignments_of_orders(sql::Tx& tx, const std::vector<std::string>& orders) {
    std::map<std::string, AssignmentRow> all;
    each_of_ids(tx, select_row + "WHERE a.order_id IN {ids}", {}, orders, [&](const sql::Row& row) {
        auto assignment = assignment_of(row);
        all.emplace(assignment.order, std::move(assignment));
    });
    return all;
}

std::vector<AssignmentRow> assignments_of(sql::Tx& tx, const std::string& courier) {
    std::vector<AssignmentRow> all;
    for (const auto& row :
         tx.query(select_row + of_open_orders + "AND a.courier_id = $1 ORDER BY a.place, a.order_id", courier))
        all.push_back(assignment_of(row));
    return all;
}

std::vector<AssignmentRow> open_assignments(sql::Tx& tx) {
    std::vector<AssignmentRow> all;
    for (const auto& row : tx.query(select_row + of_open_orders + "ORDER BY a.courier_id, a.place, a.order_id"))
        all.push_back(assignment_of(row));
    return all;
}

void put_assignment(sql::Tx& tx, const AssignmentRow& row) {
    tx.exec(
        "INSERT INTO assignment (order_id, courier_id, place, planned_us, fixed) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (order_id) DO UPDATE SET courier_id = excluded.courier_id, place = excluded.place, "
        "planned_us = excluded.planned_us, fixed = excluded.fixed",
        row.order, row.courier, row.place, row.planned, row.is_fixed);
}

void remove_assignment(sql::Tx& tx, const std::string& order) {
    tx.exec("DELETE FROM assignment WHERE order_id = $1", order);
}

}  // namespace plus7::central::store
