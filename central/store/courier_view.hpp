// What a handheld is told of its courier, as a row of its view. SQL-free; beside the stores because only they know the
// wire's bytes.
#pragma once
#include "central/store/courier_store.hpp"
#include "central/store/sign_in_store.hpp"
#include "central/store/site_store.hpp"
#include "shared/core/bytes.hpp"
#include "shared/wire/courier_row.hpp"

namespace plus7::central::store {

using wire::courier_row_key;
// `site`: where he works.
core::Bytes courier_row_body(const CourierRow& courier, const std::optional<SignIn>& sign_in,
                             const std::optional<SiteRow>& site);

}  // namespace plus7::central::store
