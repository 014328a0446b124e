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

// `plan`: of the courier whose handheld it is; none: he only holds parcels of it.
std::vector<ViewBody> order_rows(const OrderLine& line, const std::vector<ParcelRow>& parcels,
                                 const std::vector<CustodyRow>& custody, const std::optional<AssignmentRow>& plan);
ViewBody site_row(const SiteRow& site);

std::vector<wire::RowKey> order_keys(const std::string& order, const std::vector<ParcelRow>& parcels);
wire::RowId row_id(const std::string& uuid);  // throws std::logic_error on what is none

}  // namespace plus7::central::store
