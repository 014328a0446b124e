// What the handhelds of a depot's workers are told of its floor: parcels that lie there, are expected or went out from
// there, their couriers, open registries; nothing about recipients. Inside the caller's transaction; after the commit
// the devices given back are to be told.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "central/app/dispatch/retell.hpp"
#include "central/app/view/view.hpp"

namespace plus7::central::app::dispatch {

bool is_floor(wire::RowKind kind);

// These orders changed, or scans that changed none the figures of these registries. Who tells of many does it once,
// behind all else: a worker's device is locked by it, of which many transactions tell.
Devices retell_floors(core::Tx& tx, const std::set<std::string>& orders, const std::set<std::string>& registries = {});
// All of it, as a worker's device has to have it.
view::Rows floor_rows(core::Tx& tx, const std::string& site);

// A registry of the depot was opened, filled or closed, or a cell of its floor got a name.
Devices retell_floor(core::Tx& tx, const std::string& site);
// A courier has another name or code, or is blocked or not any more.
Devices retell_crew(core::Tx& tx, const std::string& courier);

}  // namespace plus7::central::app::dispatch
