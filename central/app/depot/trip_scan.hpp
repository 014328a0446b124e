// Scans of line haul: bags and parcels onto a trip, and off it at its end. Synchronous, inside the caller's
// transaction; the trip is locked first, so that loading and leaving wait for each other.
#pragma once
#include <string>

#include "central/app/depot/trips.hpp"

namespace plus7::central::app::depot {

// A parcel or a closed bag. not_found: no such trip from this depot.
core::Result<Scanned> load(core::Tx& tx, const Floor& floor, const std::string& trip, const Code& code);

// At the depot where it ends; the first scan sends it off when nobody had. not_found: no such trip to this depot.
core::Result<Scanned> unload(core::Tx& tx, const Floor& floor, const std::string& trip, const Code& code);

}  // namespace plus7::central::app::depot
