// Depots and pickup points as the office keeps them. Synchronous, inside the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/store/site_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::orders {

struct SiteChange {
    std::optional<std::string> name, address;
    std::optional<std::optional<core::LatLon>> where;
    std::optional<std::optional<std::string>> hours;
    std::optional<std::int64_t> storage_days;  // 1 – 60
    std::optional<std::string> time_zone;      // IANA
    std::optional<bool> open;
};

bool is_time_zone(std::string_view name);  // known to this machine

// invalid: a rule above is broken.
core::Result<store::SiteRow> create_site(core::Tx& tx, bool is_depot, const SiteChange& site, core::TimeUs now);
core::Result<store::SiteRow> change_site(core::Tx& tx, const std::string& id, const SiteChange& change);
// Orders to a point that are not over follow its address and lie in its zone; their price stays as agreed. Gives those
// of which handhelds are to be told; none when nothing changed that concerns them.
std::vector<std::string> follow_point(core::Tx& tx, const store::SiteRow& before, const store::SiteRow& after);

}  // namespace plus7::central::app::orders
