// The step of the fact unit for facts of a depot's workers: what they are to its floor beside custody. In a unit,
// behind apply_to_parcel.
#pragma once
#include "central/app/field/field_event.hpp"
#include "central/ingest/batch.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::ingest {

// `site`: the depot of whoever stated the fact; none: he is no worker of one, and nothing is done.
void apply_to_floor(core::Tx& tx, const app::field::FieldEvent& event, core::TimeUs at,
                    const std::optional<std::string>& site, FieldNews& news);

}  // namespace plus7::central::ingest
