// The labels of an order's parcels, in Russian as the company's people read them. Pure but for the machine's fonts.
#pragma once
#include <string>
#include <vector>

#include "central/store/order_store.hpp"
#include "shared/core/result.hpp"

namespace plus7::central::api {

// `point`: the name of the pickup point that it goes to.
core::Result<std::string> labels_of(const store::OrderRow& order, const std::vector<store::ParcelRow>& parcels,
                                    const std::optional<std::string>& point, bool small);

}  // namespace plus7::central::api
