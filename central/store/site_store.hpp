// Rows of depots and pickup points (0006_orders.sql). SQL only; the rules are in app/orders/sites. In a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/geo.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct SiteRow {
    std::string id;  // UUID text
    bool is_depot = true;
    std::string name, name_fold, address;
    std::optional<core::LatLon> where;
    std::optional<std::string> hours;
    std::int64_t storage_days = 7;
    std::string time_zone = "Europe/Moscow";
    bool is_open = true;
    std::int64_t version = 1;
    core::TimeUs created{};
};

void insert_site(sql::Tx& tx, const SiteRow& site);
std::optional<SiteRow> find_site(sql::Tx& tx, const std::string& id);
std::optional<SiteRow> lock_site(sql::Tx& tx, const std::string& id);
void update_site(sql::Tx& tx, const SiteRow& site);  // gives the next version
std::vector<SiteRow> sites(sql::Tx& tx);             // depots first, by name

// Degrees as stored: integers of 1e-7.
std::optional<std::int64_t> lat_e7(const std::optional<core::LatLon>& place);
std::optional<std::int64_t> lon_e7(const std::optional<core::LatLon>& place);
std::optional<core::LatLon> place_of(const sql::Row& row);  // columns lat_e7, lon_e7

}  // namespace plus7::central::store
