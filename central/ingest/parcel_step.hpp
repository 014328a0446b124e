// The step of the fact unit for facts about parcels: what they do, whom to ask, whom to tell. In a unit.
#pragma once
#include "central/app/field/field_event.hpp"
#include "central/app/field/true_time.hpp"
#include "central/ingest/batch.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::ingest {

// The words for FieldEvent::flags when the courier was blocked: whether his device had been told (K8, K9). `told`: the
// version of its view that says so, if any; `view`: the one it had applied when the act happened.
std::string blocked_flag(std::optional<std::uint64_t> told, std::uint64_t view);

// Nothing for facts that are about no parcel. Orders of which something happened to a parcel, of which a courier gave
// or took parcels (or took that back), of which a parcel came to a pickup point or was taken back from one, are added
// to `news`.
void apply_to_parcel(core::Tx& tx, const app::field::FieldEvent& event, const app::field::TrueTime& time,
                     FieldNews& news);

// The plan goes with the parcels; behind the facts in the log.
void follow(core::Tx& tx, const std::string& order, core::TimeUs now, FieldNews& news);

// What was brought to a point and taken back from it is on its carrier's list again; behind the facts in the log.
void plan_again(core::Tx& tx, const std::string& order, core::TimeUs now, FieldNews& news);

// The plan to bring the order there ends with it; behind the facts in the log.
void end_at_point(core::Tx& tx, const std::string& order, core::TimeUs now, FieldNews& news);

// The handhelds that have to do with what moved are told what became of all facts of the batch, once and last; they are
// added to `news`.
void retell(core::Tx& tx, FieldNews& news);

}  // namespace plus7::central::ingest
