// Rows of the plan: which courier is to deliver which order, in which order of his list (0006_orders.sql,
// 0012_board.sql). SQL only;
// the rules are in app/dispatch. In a transaction.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct AssignmentRow {
    std::string order, courier;  // UUID texts
    std::int64_t place = 0;      // ascending in his list
    core::TimeUs planned{};      // when a person last put it there
    bool is_fixed = false;       // moves of many orders at once leave it there
};

std::optional<AssignmentRow> find_assignment(sql::Tx& tx, const std::string& order);
std::map<std::string, AssignmentRow> assignments_of_orders(sql::Tx& tx, const std::vector<std::string>& orders);
// Of orders that are not over, in the order of his list.
std::vector<AssignmentRow> assignments_of(sql::Tx& tx, const std::string& courier);
// Of all couriers, each list in its order.
std::vector<AssignmentRow> open_assignments(sql::Tx& tx);
void put_assignment(sql::Tx& tx, const AssignmentRow& row);
void remove_assignment(sql::Tx& tx, const std::string& order);

}  // namespace plus7::central::store
