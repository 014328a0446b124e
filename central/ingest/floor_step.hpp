// The step of the fact unit for facts of a depot's workers: what they are to its floor beside custody. In a unit,
// behind apply_to_parcel.
#pragma once
#include "central/app/field/field_event.hpp"
#include "central/ingest/batch.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::ingest {

void apply_to_floor(core::Tx& tx, const app::field::FieldEvent& event, FieldNews& news);

// Workers of depots are told what became of all facts of the batch, once and last.
void tell_floors(core::Tx& tx, FieldNews& news);

}  // namespace plus7::central::ingest
