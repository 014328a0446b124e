// Orders that go to a pickup point instead of a door: whose address they have, and until when the point keeps them.
// Inside the caller's transaction.
#pragma once
#include <optional>

#include "central/app/orders/orders.hpp"

namespace plus7::central::app::orders {

// Where the order goes after the change, before the rest of it is applied. invalid (the message begins with the member:
// "point: …", "address: …"): no such point, or it is closed; an address beside a point; to the door without an address.
core::Status redirect(core::Tx& tx, store::OrderRow& order, const OrderChange& change);

// The last moment of the day until which the point keeps it: the day when it came, in the point's own time, and its
// storage days; also when that is over and it lies there still. Nothing as long as it does not lie, whole, at the point
// that it goes to.
std::optional<core::TimeUs> keep_until(core::Tx& tx, const store::OrderLine& line);

}  // namespace plus7::central::app::orders
