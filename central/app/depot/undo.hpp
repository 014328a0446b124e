// Taking a scan of the depot back: by anybody of the floor for ten minutes, later with a reason by who may.
// Synchronous, inside the caller's transaction.
#pragma once
#include <optional>
#include <string>

#include "central/app/depot/scan.hpp"

namespace plus7::central::app::depot {

inline constexpr std::chrono::minutes freely_undone{10};

struct Undo {
    std::string parcel;
    core::EventId event;  // a handover or a damage that was told at this depot
    std::optional<std::string> reason{};
    bool may_late = false;
};

// The parcel as it is then. not_found: no such scan; denied: too late for him; invalid: too late without a reason;
// conflict: it was taken back before, the parcel has gone on, or its count was closed.
core::Result<Scanned> undo_scan(core::Tx& tx, const Floor& floor, const Undo& undo);

// An unexpected code that is not ours.
core::Status undo_extra(core::Tx& tx, const Floor& floor, const std::string& extra);

}  // namespace plus7::central::app::depot
