// Taking parcels in at a depot, against a registry or without one: each scan is a custody event; what nobody expected
// is kept for the act. Closing a registry freezes its figures. Synchronous, inside the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/app/depot/scan.hpp"
#include "central/store/depot_store.hpp"

namespace plus7::central::app::depot {

// not_found: no such registry; conflict: it is another depot's.
core::Result<Scanned> take_in(core::Tx& tx, const Floor& floor, const std::optional<std::string>& registry,
                              const Code& code);

// The parcel is damaged, and what is wrong with it. conflict: it is not at this depot.
core::Result<Scanned> note_damage(core::Tx& tx, const Floor& floor, const std::string& parcel, const std::string& note);
// The same of a code that is not ours.
core::Status note_extra(core::Tx& tx, const Floor& floor, const std::string& extra, const std::string& note);

// How a registry stands, and for the act.
struct IntakeBoard {
    store::FloorRegistry registry;
    store::RegistryFigures figures;
    std::vector<store::FloorParcel> missing;
    std::vector<store::ExtraRow> extras;
    std::vector<store::FloorDamage> damaged;
};
core::Result<IntakeBoard> intake_board(core::Tx& tx, const Floor& floor, const std::string& registry);

// conflict: it is not open (not closed).
core::Result<store::FloorRegistry> close_registry(core::Tx& tx, const Floor& floor, const std::string& registry);
core::Result<store::FloorRegistry> reopen_registry(core::Tx& tx, const Floor& floor, const std::string& registry);

}  // namespace plus7::central::app::depot
