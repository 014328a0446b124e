// Rows of sorting at a depot: what a parcel's way is told from, names of cells, what was sorted (0016_bags.sql). SQL
// only; the rules are in app/depot. In a transaction.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/core/geo.hpp"
#include "shared/model/holder.hpp"
#include "shared/model/parcel_status.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct WayRow {
    std::string parcel;
    model::ParcelStatus status = model::ParcelStatus::accepted;
    std::optional<std::string> courier;      // planned for
    std::int64_t place = 0;                  // in his list
    std::optional<std::string> point;        // to which the order goes
    std::optional<core::LatLon> where;       // of the address
    std::optional<std::string> zone_depot;   // that serves the open zone of the address
    std::optional<std::string> expected_at;  // the depot of an open registry
};
std::optional<WayRow> find_way(sql::Tx& tx, const std::string& parcel);
std::vector<WayRow> ways_from(sql::Tx& tx, const model::Holder& holder);  // of all parcels that he holds

using GoalKey = std::pair<std::string, std::string>;  // kind and id
std::map<GoalKey, std::string> cells_of(sql::Tx& tx, const std::string& site);
void put_cell(sql::Tx& tx, const std::string& site, const GoalKey& goal, const std::optional<std::string>& cell);

struct SortedRow {
    std::string site, parcel;
    GoalKey goal;
    core::TimeUs at{};
    std::string staff;
};
void put_sorted(sql::Tx& tx, const SortedRow& row);
std::map<std::string, GoalKey> sorted_at(sql::Tx& tx, const std::string& site,
                                         const model::Holder& depot);  // by parcel

}  // namespace plus7::central::store
