// What a handheld is told of an order, its parcels and sites, as rows of its view. SQL-free; beside the stores because
// only they know the wire's bytes.
#pragma once
#include <optional>
#include <vector>

#include "central/store/assignment_store.hpp"
#include "central/store/custody_store.hpp"
#include "central/store/order_store.hpp"
#include "central/store/site_store.hpp"
#include "shared/wire/view_rows.hpp"

namespace plus7::central::store {

struct ViewBody {
    wire::RowKey key;
    core::Bytes body;
};

// What the task is to the one whose handheld it is.
struct TaskTerms {
    std::optional<AssignmentRow> plan{};     // of him; none: he only holds parcels of it, or
    bool is_for_his_point = false;           // he is a clerk of the point that it goes to
    std::optional<core::TimeUs> keep_until;  // by the point
};
std::vector<ViewBody> order_rows(const OrderLine& line, const std::vector<ParcelRow>& parcels,
                                 const std::vector<CustodyRow>& custody, const TaskTerms& terms);
ViewBody site_row(const SiteRow& site);

std::vector<wire::RowKey> order_keys(const std::string& order, const std::vector<ParcelRow>& parcels);
wire::RowId row_id(const std::string& uuid);  // throws std::logic_error on what is none

}  // namespace plus7::central::store
