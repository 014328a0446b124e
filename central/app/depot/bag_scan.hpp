// One scan of a closed bag: each parcel in it changes hands by an event of its own. Parcels that are elsewhere by now
// leave the bag and are told of. Synchronous, inside the caller's transaction; the bag is locked first, then its
// parcels in the order of their ids.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "central/app/depot/bags.hpp"

namespace plus7::central::app::depot {

// The bag with this code, locked; none: it is no bag's.
std::optional<store::BagRow> bag_with(core::Tx& tx, const Code& code);

// Why a scan of it moves nothing: it is open, or unpacked.
std::optional<Word> refusal_of(const store::BagRow& bag);

struct BagMove {
    model::Holder to;
    model::Leg leg = model::Leg::delivery;
    std::optional<model::Holder> from{};  // none: from whoever holds it
    std::function<void(const Scanned& parcel)> moved{};
};
// What it found: figures in `bag`, devices to tell. `here` parcels were with `to` before and stay in the bag.
struct BagMoved {
    Scanned scanned;
    std::int64_t here = 0;
};
core::Result<BagMoved> move_bag(core::Tx& tx, const Floor& floor, const store::BagRow& bag, const BagMove& move);

// Its way is over: `why` is handed or arrived. The number in its story.
std::int64_t finish_bag(core::Tx& tx, const Floor& floor, store::BagRow bag, const std::string& why);

// Behind a scan of it: workers' handhelds know what it is now.
void tell_workers(core::Tx& tx, const std::string& bag, Scanned& scanned);

// A worker's handheld told that this parcel of the closed bag went from `from` to `to` with it. The bag ends up as it
// does by a scan of it here, with the last of its parcels.
void went_with_bag(core::Tx& tx, const Floor& floor, const std::string& bag, const std::string& parcel,
                   const model::HandedOver& move);
// The same taken back: it is in the bag again, and the bag is closed and where its parcels lie.
void came_back_with_bag(core::Tx& tx, const Floor& floor, const std::string& bag, const std::string& parcel);

core::Result<Scanned> take_bag_in(core::Tx& tx, const Floor& floor, store::BagRow bag,
                                  const std::function<void(const Scanned& parcel)>& moved = {});
core::Result<Scanned> hand_bag_out(core::Tx& tx, const Floor& floor, const store::BagRow& bag,
                                   const std::string& courier, bool confirmed);

}  // namespace plus7::central::app::depot
