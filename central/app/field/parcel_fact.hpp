// What a verified fact about a parcel does to it (app/custody). Apart from apply(), because a parcel's facts come from
// several devices and take effect in the parcel's own order, also when they are replayed. In the caller's transaction.
#pragma once
#include <string>

#include "central/app/custody/custody.hpp"
#include "central/app/field/field_event.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::field {

// Words of FieldEvent::flags: ingest found them when the fact came, and they stay with it.
inline constexpr std::string_view blocked_aware_flag = "blocked_aware";
inline constexpr std::string_view blocked_unaware_flag = "blocked_unaware";

bool is_about_parcel(const FieldEvent& event);

// When its act happened, as apply() found it.
struct ActTime {
    core::TimeUs at{};
    std::string trust;
};

// not_found: a parcel that we do not have.
core::Result<custody::Taken> apply_to_parcel(core::Tx& tx, const FieldEvent& event, const ActTime& act);

}  // namespace plus7::central::app::field
