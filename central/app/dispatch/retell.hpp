// What handhelds are told of orders: rows of the view for the courier it is planned for, for everybody who holds a
// parcel of it, for the clerks of the pickup point where it lies or to which it is being carried, and for the workers
// of its depot (floor_view). Inside the caller's transaction; after the commit the devices given back are to be told
// (DeviceChanges).
#pragma once
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::dispatch {

using Devices = std::vector<core::DeviceId>;  // whose view changed, each once

// Whether the workers of its depot are told too; who tells of many orders does that behind them (retell_floors).
enum class Floors { now, later };

// One order changed: its plan, custody or terms.
Devices retell_order(core::Tx& tx, const std::string& order, Floors floors = Floors::now);

// Everything for the courier who carries the device now; another courier's work leaves it. Also after his list changed.
void retell_device(core::Tx& tx, const core::DeviceId& device);
// A depot or point was made, changed or closed.
Devices retell_sites(core::Tx& tx);
Devices retell_courier(core::Tx& tx, const std::string& courier);

}  // namespace plus7::central::app::dispatch
