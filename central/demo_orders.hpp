// Invented orders for a demonstration: a depot, and parcels for the real handheld's courier to take and deliver. Only
// when [demo] orders is set.
#pragma once
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central {

// Nothing when there is any order already. They are planned for the courier with the code demo_handheld_code.
core::Status seed_demo_orders(sql::Database& db, int orders, core::TimeUs now);

}  // namespace plus7::central
