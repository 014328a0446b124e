#include "central/store/site_store.hpp"

#include <cmath>

namespace plus7::central::store {
namespace {

constexpr const char* select_site =
    "SELECT site_id, kind, name, name_fold, address, lat_e7, lon_e7, hours, storage_days, time_zone, state, version, "
    "created_us FROM site ";

SiteRow site_of(const sql::Row& row) {
    return {row.get<std::string>("site_id"),
            row.get<std::string>("kind") == "depot",
            row.get<std::string>("name"),
            row.get<std::string>("name_fold"),
            row.get<std::string>("address"),
            place_of(row),
            row.get<std::optional<std::string>>("hours"),
            row.get<std::int64_t>("storage_days"),
            row.get<std::string>("time_zone"),
            row.get<std::string>("state") == "open",
            row.get<std::int64_t>("version"),
            row.get<core::TimeUs>("created_us")};
}

std::optional<SiteRow> maybe_site(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return site_of(*row);
}

const char* state_of(const SiteRow& site) { return site.is_open ? "open" : "closed"; }

constexpr double unit = 1e7;

}  // namespace

std::optional<std::int64_t> lat_e7(const std::optional<core::LatLon>& place) {
    if (!place) return std::nullopt;
    return std::llround(place->lat * unit);
}

std::optional<std::int64_t> lon_e7(const std::optional<core::LatLon>& place) {
    if (!place) return std::nullopt;
    return std::llround(place->lon * unit);
}

std::optional<core::LatLon> place_of(const sql::Row& row) {
    const auto lat = row.get<std::optional<std::int64_t>>("lat_e7");
    const auto lon = row.get<std::optional<std::int64_t>>("lon_e7");
    if (!lat || !lon) return std::nullopt;
    return core::LatLon{static_cast<double>(*lat) / unit, static_cast<double>(*lon) / unit};
}

void insert_site(sql::Tx& tx, const SiteRow& s) {
    tx.exec(
        "INSERT INTO site (site_id, kind, name, name_fold, address, lat_e7, lon_e7, hours, storage_days, time_zone, "
        "state, version, created_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        s.id, s.is_depot ? "depot" : "point", s.name, s.name_fold, s.address, lat_e7(s.where), lon_e7(s.where), s.hours,
        s.storage_days, s.time_zone, state_of(s), s.version, s.created);
}

std::optional<SiteRow> find_site(sql::Tx& tx, const std::string& id) {
    return maybe_site(tx.one(std::string(select_site) + "WHERE site_id = $1", id));
}

std::optional<SiteRow> lock_site(sql::Tx& tx, const std::string& id) {
    return maybe_site(tx.one(std::string(select_site) + "WHERE site_id = $1 {for_update}", id));
}

void update_site(sql::Tx& tx, const SiteRow& s) {
    tx.exec(
        "UPDATE site SET name = $2, name_fold = $3, address = $4, lat_e7 = $5, lon_e7 = $6, hours = $7, "
        "storage_days = $8, time_zone = $9, state = $10, version = version + 1 WHERE site_id = $1",
        s.id, s.name, s.name_fold, s.address, lat_e7(s.where), lon_e7(s.where), s.hours, s.storage_days, s.time_zone,
        state_of(s));
}

std::vector<SiteRow> sites(sql::Tx& tx) {
    std::vector<SiteRow> all;
    for (const auto& row : tx.query(std::string(select_site) + "ORDER BY kind, name_fold, site_id"))
        all.push_back(site_of(row));
    return all;
}

}  // namespace plus7::central::store
