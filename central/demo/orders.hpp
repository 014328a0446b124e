// Invented orders for a demonstration: parcels for the real handheld's courier to take and deliver, some of them to the
// pickup point. Only when [demo] orders is set.
#pragma once
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::demo {

// Nothing when there is any order already. They are planned for the courier with the code handheld_code.
core::Status seed_orders(sql::Database& db, int orders, core::TimeUs now);

}  // namespace plus7::central::demo
