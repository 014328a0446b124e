#include "central/app/depot/bag_undo.hpp"

#include <map>

#include "central/app/depot/bag_scan.hpp"
#include "central/store/bag_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::depot {
namespace {

core::Result<store::BagEvent> newest_scan(core::Tx& tx, const BagUndo& undo) {
    const auto events = store::bag_events(tx, undo.bag);
    const auto number = static_cast<std::size_t>(undo.scan);
    if (undo.scan < 1 || number > events.size()) return core::not_found("no such scan of this bag");
    if (number < events.size()) return core::conflict("something has been done with the bag since");
    return events.back();
}

core::Status put_back_in(core::Tx& tx, const std::string& bag, core::TimeUs when) {
    for (const auto& parcel : store::bag_contents(tx, bag))
        if (store::bag_of_parcel(tx, parcel).value_or(bag) != bag)
            return core::conflict("a parcel of it lies in another bag by now");
    store::put_back_in_bag(tx, bag, when);
    return {};
}

}  // namespace

std::optional<std::string> site_of(core::Tx& tx, const std::string& bag) {
    std::map<std::string, int> lying;
    for (const auto& parcel : store::bag_contents(tx, bag))
        if (const auto row = store::find_custody(tx, parcel); row->custody.holder.kind == model::HolderKind::depot)
            ++lying[core::to_uuid_text(row->custody.holder.id)];
    std::optional<std::string> site;
    for (const auto& [id, parcels] : lying)
        if (!site || parcels > lying[*site]) site = id;
    return site;
}

core::Result<Scanned> undo_bag_scan(core::Tx& tx, const Floor& floor, const BagUndo& undo) {
    auto bag = store::lock_bag(tx, undo.bag);
    if (!bag) return core::not_found("no such bag");
    const auto scan = newest_scan(tx, undo);
    if (!scan) return scan.error();
    const auto moves = store::moves_of_bag(tx, *scan);
    if (moves.empty()) return core::not_found("no such scan of this bag");
    Scanned done;
    for (const auto& [parcel, event] : moves) {
        const auto back = undo_scan(tx, floor, {parcel, event, undo.reason, undo.may_late});
        if (!back) return back.error();
        done.told.insert(done.told.end(), back->told.begin(), back->told.end());
    }
    if (bag->state == "done")
        if (const auto put = put_back_in(tx, bag->id, scan->at); !put) return put.error();
    bag->state = "closed";
    bag->site = site_of(tx, bag->id);
    store::update_bag(tx, *bag);
    tell_bag(tx, floor, bag->id, "undone", undo.reason);
    done.word = Word::bag_taken;
    done.bag = seen(*store::find_bag(tx, bag->id));
    done.bag->moved = static_cast<std::int64_t>(moves.size());
    tell_workers(tx, bag->id, done);
    return done;
}

}  // namespace plus7::central::app::depot
