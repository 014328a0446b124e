// Central's schema: the texts of store/sql in order.
#pragma once
#include <vector>

#include "shared/sql/migrations.hpp"

namespace plus7::central::store {

std::vector<sql::Migration> migrations();

}  // namespace plus7::central::store
