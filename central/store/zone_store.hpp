// Rows of delivery zones (0014_tariffs.sql). SQL only; the rules are in app/tariffs/zones. In a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/geo.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

using Ring = std::vector<core::LatLon>;  // closed: the last point is the first one
using Polygon = std::vector<Ring>;       // the outer ring, then holes
using Shape = std::vector<Polygon>;

struct ZoneRow {
    std::string id;  // UUID text
    std::string name, name_fold;
    std::string colour = "#2f6fde";
    std::int64_t priority = 0;
    std::optional<std::string> depot;
    bool is_open = true;
    Shape shape;
    std::int64_t version = 1;
    core::TimeUs created{};
};

void insert_zone(sql::Tx& tx, const ZoneRow& zone);
void update_zone(sql::Tx& tx, const ZoneRow& zone);  // gives the next version
std::optional<ZoneRow> find_zone(sql::Tx& tx, const std::string& id);
std::optional<ZoneRow> lock_zone(sql::Tx& tx, const std::string& id);
std::vector<ZoneRow> zones(sql::Tx& tx);  // highest priority first, then by name
// Open ones whose box holds the place, in the same order; whether the shape does is for the caller to see.
std::vector<ZoneRow> zones_near(sql::Tx& tx, core::LatLon place);
bool has_open_zones(sql::Tx& tx);

}  // namespace plus7::central::store
