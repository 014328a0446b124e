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

// Nothing for facts that are about no parcel. Devices whose view changes are added to `news`. The order, when a courier
// gave or took it, or took such an act back: its plan is to follow once the facts are in the log.
std::optional<std::string> apply_to_parcel(core::Tx& tx, const app::field::FieldEvent& event, FieldNews& news);
void follow(core::Tx& tx, const std::string& order, core::TimeUs now, FieldNews& news);

}  // namespace plus7::central::ingest
