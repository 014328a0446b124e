// What handhelds are told of orders: rows of the view for the courier it is planned for, for everybody who holds a
// parcel of it, for the clerks of the pickup point where it lies or to which it is being carried, and for the workers
// of its depot (floor_view). Inside the caller's transaction; after the commit the devices given back are to be told
// (DeviceChanges).
#pragma once
#include <set>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::dispatch {

using Devices = std::vector<core::DeviceId>;  // whose view changed, each once

// The plan, custody or terms of these orders changed; or the figures of these registries, by scans that changed none.
// Who tells of many does it once, behind all else: each device is read and written once, and the lock on a worker's
// device, of which many transactions tell, is held shortly.
Devices retell_orders(core::Tx& tx, const std::set<std::string>& orders, const std::set<std::string>& registries = {});
inline Devices retell_order(core::Tx& tx, const std::string& order) { return retell_orders(tx, {order}); }

// Everything for the courier who carries the device now; another courier's work leaves it. Also after his list changed.
// True: the view changed.
bool retell_device(core::Tx& tx, const core::DeviceId& device);
// A depot or point was made, changed or closed.
Devices retell_sites(core::Tx& tx);
Devices retell_courier(core::Tx& tx, const std::string& courier);

}  // namespace plus7::central::app::dispatch
