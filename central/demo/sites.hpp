// The depot and the pickup point of a demonstration.
#pragma once
#include "central/store/site_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::demo {

struct Sites {
    store::SiteRow depot, point;
};
// The first open ones; invented where there is none.
core::Result<Sites> sites(core::Tx& tx, core::TimeUs now);

}  // namespace plus7::central::demo
