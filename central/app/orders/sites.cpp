#include "central/app/orders/sites.hpp"

#include <algorithm>
#include <filesystem>

#include "central/app/orders/orders.hpp"
#include "central/app/tariffs/tariffs.hpp"
#include "central/store/point_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::app::orders {
namespace {

void apply(store::SiteRow& site, const SiteChange& change) {
    if (change.name) site.name = *change.name;
    if (change.address) site.address = *change.address;
    if (change.where) site.where = *change.where;
    if (change.hours) site.hours = *change.hours;
    if (change.storage_days) site.storage_days = *change.storage_days;
    if (change.time_zone) site.time_zone = *change.time_zone;
    if (change.open) site.is_open = *change.open;
    site.name_fold = text::fold(site.name);
}

core::Status check(const store::SiteRow& site) {
    if (!is_text(site.name) || !is_text(site.address)) return core::invalid("a site has a name and an address");
    if (site.storage_days < 1 || site.storage_days > 60) return core::invalid("parcels are kept for 1 to 60 days");
    if (!is_time_zone(site.time_zone)) return core::invalid("no such time zone; write it as Europe/Moscow");
    if (site.where && !core::is_valid(*site.where)) return core::invalid("a place that is not on the globe");
    return {};
}

}  // namespace

bool is_time_zone(std::string_view name) {
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
               c == '-' || c == '+';
    });
    if (!plain || name.empty() || name.front() == '/') return false;
    std::error_code error;
    return std::filesystem::is_regular_file(std::filesystem::path("/usr/share/zoneinfo") / name, error);
}

core::Result<store::SiteRow> create_site(core::Tx& tx, bool is_depot, const SiteChange& site, core::TimeUs now) {
    store::SiteRow row;
    row.id = core::new_uuid_text(now);
    row.is_depot = is_depot;
    row.created = now;
    apply(row, site);
    if (auto good = check(row); !good) return good.error();
    store::insert_site(tx, row);
    return row;
}

core::Result<store::SiteRow> change_site(core::Tx& tx, const std::string& id, const SiteChange& change) {
    auto row = store::lock_site(tx, id);
    if (!row) return core::not_found("no such depot or point");
    apply(*row, change);
    if (auto good = check(*row); !good) return good.error();
    store::update_site(tx, *row);
    ++row->version;
    return *row;
}

std::vector<std::string> follow_point(core::Tx& tx, const store::SiteRow& before, const store::SiteRow& after) {
    const bool has_moved = before.address != after.address || before.where != after.where;
    const bool keeps_otherwise = before.storage_days != after.storage_days || before.time_zone != after.time_zone;
    if (after.is_depot || (!has_moved && !keeps_otherwise)) return {};
    auto orders = store::readdress_orders(tx, after);
    if (has_moved)
        for (const auto& order : orders) tariffs::resettle(tx, *store::find_order(tx, order));
    return orders;
}

}  // namespace plus7::central::app::orders
