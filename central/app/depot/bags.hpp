// Bags at a depot: opened for one direction, filled by scans, closed, opened again with a reason. Closed, one scan of
// it stands for all that is in it (bag_scan.hpp). What is in it is no custody: that stays with each parcel.
// Synchronous, inside the caller's transaction; a bag is locked before its parcels.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/app/depot/scan.hpp"
#include "central/store/bag_store.hpp"

namespace plus7::central::app::depot {

inline constexpr std::size_t most_in_bag = 300;

// Workers' handhelds are told of it and its parcels, once it is where it is.
dispatch::Devices retell_bag(core::Tx& tx, const std::string& bag);

BagSeen seen(const store::BagRow& bag);
// Whether the parcel does not travel with what goes there; says why, and where it goes.
bool goes_elsewhere(core::Tx& tx, const Floor& floor, const Goal& to, bool confirmed, Scanned& scanned);

// invalid: it goes to nobody; not_found, conflict: as check_goal().
core::Result<store::BagRow> open_bag(core::Tx& tx, const Floor& floor, const Goal& goal);

// not_found: no such bag lies at this depot.
core::Result<Scanned> put_into_bag(core::Tx& tx, const Floor& floor, const std::string& bag, const Code& code);
// conflict: it is not in this bag, or the bag is closed.
core::Status take_from_bag(core::Tx& tx, const Floor& floor, const std::string& bag, const std::string& parcel);

// conflict: it is not open, or nothing is in it.
core::Result<store::BagRow> close_bag(core::Tx& tx, const Floor& floor, const std::string& bag,
                                      const std::optional<std::string>& seal);
// conflict: it is not closed.
core::Result<store::BagRow> reopen_bag(core::Tx& tx, const Floor& floor, const std::string& bag,
                                       const std::string& reason);

struct BagBoard {
    store::BagRow bag;
    std::vector<store::FloorParcel> parcels;
    std::vector<store::Packing> packings;
    std::vector<store::BagEvent> events;
};
// Wherever the bag is.
core::Result<BagBoard> bag_board(core::Tx& tx, const std::string& bag);

// Its number in the bag's story.
std::int64_t tell_bag(core::Tx& tx, const Floor& floor, const std::string& bag, const std::string& what,
                      const std::optional<std::string>& note = {});

}  // namespace plus7::central::app::depot
