// The step of the fact unit for facts about parcels: what they do, whom to ask, whom to tell. In a unit.
#pragma once
#include "central/app/field/field_event.hpp"
#include "central/ingest/batch.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::ingest {

// The words for FieldEvent::flags when the courier was blocked: whether his device had been told (K8, K9). `view`: the
// version it had applied when the act happened.
std::string blocked_flag(core::Tx& tx, const core::DeviceId& device, const std::optional<model::CourierId>& courier,
                         std::uint64_t view);

// Nothing for facts that are about no parcel. Devices whose view changes, orders of which a courier gave or took
// parcels (or took that back), those of which a parcel came to a pickup point or was taken back from one, are added to
// `news`.
void apply_to_parcel(core::Tx& tx, const app::field::FieldEvent& event, FieldNews& news);

// The plan goes with the parcels; behind the facts in the log.
void follow(core::Tx& tx, const std::string& order, core::TimeUs now, FieldNews& news);

// What was brought to a point and taken back from it is on its carrier's list again; behind the facts in the log.
void plan_again(core::Tx& tx, const std::string& order, core::TimeUs now, FieldNews& news);

// The plan to bring the order there ends with it; behind the facts in the log.
void end_at_point(core::Tx& tx, const std::string& order, core::TimeUs now, FieldNews& news);

}  // namespace plus7::central::ingest
