#include "central/app/depot/bag_scan.hpp"

#include <algorithm>

#include "central/app/depot/bag_undo.hpp"

namespace plus7::central::app::depot {
namespace {

void leave(core::Tx& tx, const Floor& floor, const std::string& bag, const std::string& parcel, const char* why) {
    store::take_out_of_bag(tx, {bag, parcel, {}, {}, floor.who.now, floor.staff(), why});
}

// It went on without the bag: to where a person takes it from no bag.
bool is_gone(const store::CustodyRow& custody, const BagMove& move) {
    const auto& holder = custody.custody.holder;
    if (model::is_final(holder.kind) && custody.custody.version > 0) return true;
    return move.from && holder != *move.from;
}

Word word_of(const BagMoved& moved, Word all) {
    if (moved.scanned.bag->gone > 0) return Word::bag_partly;
    return moved.scanned.bag->moved == 0 && moved.here > 0 ? Word::bag_here : all;
}

}  // namespace

std::optional<store::BagRow> bag_with(core::Tx& tx, const Code& code) {
    const auto bag = store::find_bag_by_number(tx, code.text);
    if (!bag) return std::nullopt;
    return store::lock_bag(tx, bag->id);
}

std::optional<Word> refusal_of(const store::BagRow& bag) {
    if (bag.state == "open") return Word::bag_open;
    return bag.state == "done" ? std::optional(Word::bag_done) : std::nullopt;
}

core::Result<BagMoved> move_bag(core::Tx& tx, const Floor& floor, const store::BagRow& bag, const BagMove& wanted) {
    BagMoved done;
    done.scanned.bag = seen(bag);
    auto& figures = *done.scanned.bag;
    for (const auto& parcel : store::bag_contents(tx, bag.id)) {
        const auto custody = store::lock_custody(tx, parcel);
        const auto& holder = custody->custody.holder;
        if (holder == wanted.to) {
            ++done.here;
        } else if (is_gone(*custody, wanted)) {
            leave(tx, floor, bag.id, parcel, "gone");
            ++figures.gone;
        } else {
            Scanned one{.parcel = store::find_floor_parcel(tx, parcel)};
            const auto taken = move(tx, floor, {holder, wanted.to, wanted.leg}, one, Packed::in_its_bag);
            if (!taken) return taken.error();
            if (wanted.moved) wanted.moved(one);
            done.scanned.told.insert(done.scanned.told.end(), one.told.begin(), one.told.end());
            ++figures.moved;
        }
    }
    return done;
}

std::int64_t finish_bag(core::Tx& tx, const Floor& floor, store::BagRow bag, const std::string& why) {
    for (const auto& parcel : store::bag_contents(tx, bag.id)) leave(tx, floor, bag.id, parcel, why.c_str());
    bag.state = "done";
    bag.site.reset();
    store::update_bag(tx, bag);
    return tell_bag(tx, floor, bag.id, why);
}

core::Result<Scanned> take_bag_in(core::Tx& tx, const Floor& floor, store::BagRow bag,
                                  const std::function<void(const Scanned& parcel)>& told) {
    if (const auto word = refusal_of(bag)) return Scanned{.word = *word, .bag = seen(bag)};
    auto moved = move_bag(tx, floor, bag, {floor.depot, model::Leg::delivery, std::nullopt, told});
    if (!moved) return moved.error();
    moved->scanned.word = word_of(*moved, Word::bag_taken);
    std::optional<std::int64_t> told_as;
    if (goal_from(bag.goal) == Goal{GoalKind::depot, floor.site}) {
        told_as = finish_bag(tx, floor, std::move(bag), "arrived");
    } else if (bag.site != floor.site || moved->scanned.bag->moved > 0) {
        bag.site = floor.site;
        store::update_bag(tx, bag);
        told_as = tell_bag(tx, floor, bag.id, "taken");
    }
    if (moved->scanned.bag->moved > 0) moved->scanned.bag->scan = told_as;
    if (told_as) tell_workers(tx, moved->scanned.bag->id, moved->scanned);
    return std::move(moved->scanned);
}

void tell_workers(core::Tx& tx, const std::string& bag, Scanned& scanned) {
    for (const auto& device : retell_bag(tx, bag)) scanned.told.push_back(device);
}

void went_with_bag(core::Tx& tx, const Floor& floor, const std::string& id, const std::string& parcel,
                   const model::HandedOver& move) {
    auto bag = store::lock_bag(tx, id);
    if (!bag || bag->state != "closed" || store::bag_of_parcel(tx, parcel) != id)
        return leave(tx, floor, id, parcel, "moved");
    const bool is_handed = move.from == floor.depot;
    if (!is_handed && goal_from(bag->goal) != Goal{GoalKind::depot, floor.site}) {
        if (bag->site == floor.site) return;
        bag->site = floor.site;
        store::update_bag(tx, *bag);
        tell_bag(tx, floor, id, "taken");
        return;
    }
    const auto* why = is_handed ? "handed" : "arrived";
    leave(tx, floor, id, parcel, why);
    const auto rest = store::still_in_bag(tx, id);
    const auto waits = [&](const std::string& one) {
        return store::find_custody(tx, one)->custody.holder == move.from;  // its fact is on the way
    };
    if (std::any_of(rest.begin(), rest.end(), waits)) return;
    for (const auto& one : rest) leave(tx, floor, id, one, "gone");
    finish_bag(tx, floor, std::move(*bag), why);
}

void came_back_with_bag(core::Tx& tx, const Floor& floor, const std::string& id, const std::string& parcel) {
    auto bag = store::lock_bag(tx, id);
    if (!bag || bag->state == "open" || store::bag_of_parcel(tx, parcel).value_or(id) != id) return;
    store::put_back_in_bag(tx, id, parcel);
    const auto site = site_of(tx, id);
    if (bag->state == "closed" && bag->site == site) return;
    bag->state = "closed";
    bag->site = site;
    store::update_bag(tx, *bag);
    tell_bag(tx, floor, id, "undone");
}

core::Result<Scanned> hand_bag_out(core::Tx& tx, const Floor& floor, const store::BagRow& bag,
                                   const std::string& courier, bool confirmed) {
    Scanned refused{.bag = seen(bag)};
    const auto word = refusal_of(bag);
    const bool is_his = goal_from(bag.goal) == Goal{GoalKind::courier, courier};
    if (word || bag.site != floor.site || (!is_his && !confirmed)) {
        refused.word = word.value_or(bag.site != floor.site ? Word::not_here : Word::confirm_bag_goal);
        refused.goal = goal_from(bag.goal);
        return refused;
    }
    auto moved = move_bag(tx, floor, bag, {courier_holder(courier), model::Leg::delivery, floor.depot});
    if (!moved) return moved.error();
    moved->scanned.word = word_of(*moved, Word::bag_handed);
    const auto told_as = finish_bag(tx, floor, bag, "handed");
    if (moved->scanned.bag->moved > 0) moved->scanned.bag->scan = told_as;
    tell_workers(tx, bag.id, moved->scanned);
    return std::move(moved->scanned);
}

}  // namespace plus7::central::app::depot
