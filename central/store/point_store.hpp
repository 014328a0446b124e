// What a pickup point has to do with orders and people: its clerks' handhelds, what lies there, what is on its way to
// it. SQL only; the rules are in app/orders/storage and app/dispatch. In a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/store/site_store.hpp"
#include "shared/core/ids.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

std::optional<SiteRow> find_open_point(sql::Tx& tx, const std::string& id);

struct Clerk {
    core::DeviceId device;
    std::string courier;
};
std::vector<Clerk> clerks_of(sql::Tx& tx, const std::string& point);  // those who carry a handheld

// Orders, by id, at most `limit`: with a parcel that the point holds; with a parcel that a courier carries to it.
std::vector<std::string> orders_at_point(sql::Tx& tx, const std::string& point, int limit);
std::vector<std::string> orders_towards_point(sql::Tx& tx, const std::string& point, int limit);

// Orders of which a parcel lies at a point, and that have not begun to go back; by id.
std::vector<std::string> orders_kept_at_points(sql::Tx& tx);

// When the last of the order's parcels that lie at the point came there, as the field states it; none lies there.
std::optional<core::TimeUs> arrived_at(sql::Tx& tx, const std::string& order, const std::string& point);

// Orders to the point that are not over follow its address; gives them.
std::vector<std::string> readdress_orders(sql::Tx& tx, const SiteRow& point);

}  // namespace plus7::central::store
