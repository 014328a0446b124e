#include "central/store/assignment_store.hpp"

namespace plus7::central::store {
namespace {

AssignmentRow assignment_of(const sql::Row& row) {
    return {row.get<std::string>(0), row.get<std::string>(1), row.get<std::int64_t>(2), row.get<core::TimeUs>(3)};
}

}  // namespace

std::optional<AssignmentRow> find_assignment(sql::Tx& tx, const std::string& order) {
    const auto row =
        tx.one("SELECT order_id, courier_id, place, planned_us FROM assignment WHERE order_id = $1", order);
    if (!row) return std::nullopt;
    return assignment_of(*row);
}

std::vector<AssignmentRow> assignments_of(sql::Tx& tx, const std::string& courier) {
    std::vector<AssignmentRow> all;
    for (const auto& row : tx.query("SELECT a.order_id, a.courier_id, a.place, a.planned_us FROM assignment a "
                                    "JOIN order_state s ON s.order_id = a.order_id WHERE a.courier_id = $1 "
                                    "AND s.status NOT IN ('delivered', 'returned', 'cancelled') "
                                    "ORDER BY a.place, a.order_id",
                                    courier))
        all.push_back(assignment_of(row));
    return all;
}

void put_assignment(sql::Tx& tx, const AssignmentRow& row) {
    tx.exec(
        "INSERT INTO assignment (order_id, courier_id, place, planned_us) VALUES ($1, $2, $3, $4) ON CONFLICT "
        "(order_id) "
        "DO UPDATE SET courier_id = excluded.courier_id, place = excluded.place, planned_us = excluded.planned_us",
        row.order, row.courier, row.place, row.planned);
}

void remove_assignment(sql::Tx& tx, const std::string& order) {
    tx.exec("DELETE FROM assignment WHERE order_id = $1", order);
}

}  // namespace plus7::central::store
