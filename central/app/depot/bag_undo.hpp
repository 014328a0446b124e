// Taking a scan of a bag back: each parcel that it moved is where it was, and so is the bag. As single scans
// (undo.hpp), and only as long as nothing else has happened with the bag. Synchronous, inside the caller's transaction;
// the bag is locked before its parcels.
#pragma once
#include "central/app/depot/undo.hpp"

namespace plus7::central::app::depot {

struct BagUndo {
    std::string bag;
    std::int64_t scan = 0;  // as it was told (BagSeen)
    std::optional<std::string> reason{};
    bool may_late = false;
};

// The bag as it is then, with what went back. As undo_scan; conflict also: something has been done with the bag or one
// of its parcels since.
core::Result<Scanned> undo_bag_scan(core::Tx& tx, const Floor& floor, const BagUndo& undo);

// Where it lies is where what is in it lies; with a driver, it is on its way.
std::optional<std::string> site_of(core::Tx& tx, const std::string& bag);

}  // namespace plus7::central::app::depot
