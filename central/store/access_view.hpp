// Who looked at a courier's place, as rows of his handheld's view: one a day. SQL-free; beside the stores because only
// they know the wire's bytes.
#pragma once
#include <vector>

#include "central/store/access_store.hpp"
#include "central/store/task_view.hpp"

namespace plus7::central::store {

std::vector<ViewBody> access_rows(const std::vector<LookRow>& looks);  // at most wire::max_looks, by `from`

}  // namespace plus7::central::store
