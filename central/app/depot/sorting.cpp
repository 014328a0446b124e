#include "central/app/depot/sorting.hpp"

#include <map>

#include "central/app/depot/bags.hpp"
#include "central/store/courier_store.hpp"

namespace plus7::central::app::depot {
namespace {

Word word_for(GoalKind kind) {
    switch (kind) {
        case GoalKind::back:
            return Word::sorted_back;
        case GoalKind::damaged:
            return Word::sorted_damaged;
        case GoalKind::none:
            return Word::sorted_unplanned;
        default:
            return Word::sorted;
    }
}

Scanned sort_parcel(core::Tx& tx, const Floor& floor, store::FloorParcel found) {
    Scanned scanned{.parcel = found};
    if (is_elsewhere(floor, scanned)) return scanned;
    const auto way = store::find_way(tx, found.id);
    scanned.goal = Ways(tx, floor.site).goal(*way);
    scanned.word = word_for(scanned.goal->kind);
    scanned.place = way->place;
    if (const auto bag = store::bag_of_parcel(tx, found.id)) {
        scanned.word = Word::sorted_in_bag;
        scanned.bag = seen(*store::find_bag(tx, *bag));
    }
    store::put_sorted(tx, {floor.site, found.id, key_of(*scanned.goal), floor.who.now, floor.staff()});
    return scanned;
}

}  // namespace

core::Result<Scanned> sort(core::Tx& tx, const Floor& floor, const Code& code) {
    if (const auto bag = store::find_bag_by_number(tx, code.text)) {
        Scanned scanned{.word = bag->state == "done" ? Word::bag_done : Word::sorted};
        scanned.bag = seen(*bag);
        scanned.goal = goal_from(bag->goal);
        return scanned;
    }
    const auto found = lying_here(tx, floor, code);
    if (auto unclear = found.unclear()) return std::move(*unclear);
    return sort_parcel(tx, floor, found.one());
}

std::vector<Bin> bins(core::Tx& tx, const Floor& floor) {
    const Ways ways(tx, floor.site);
    const auto sorted = store::sorted_at(tx, floor.site, floor.depot);
    std::map<store::GoalKey, Bin> bins;
    for (const auto& [key, cell] : store::cells_of(tx, floor.site)) bins[key].cell = cell;
    for (const auto& way : store::ways_from(tx, floor.depot)) {
        const auto key = key_of(ways.goal(way));
        auto& bin = bins[key];
        ++bin.parcels;
        const auto was = sorted.find(way.parcel);
        if (was != sorted.end() && was->second == key) ++bin.sorted;
    }
    std::vector<Bin> all;
    for (auto& [key, bin] : bins) {
        bin.goal = goal_from(key);
        all.push_back(bin);
    }
    return all;
}

core::Status check_goal(core::Tx& tx, const Floor& floor, const Goal& goal) {
    if (goal.kind == GoalKind::courier) {
        const auto courier = store::find_courier(tx, goal.id);
        if (!courier) return core::not_found("no such courier");
        return courier->blocked ? core::Status(core::conflict("the courier is blocked: choose another one"))
                                : core::Status{};
    }
    const auto site = store::find_site(tx, goal.id);
    if (!site || site->is_depot != (goal.kind == GoalKind::depot) || site->id == floor.site)
        return core::not_found("no such depot or point to send to");
    if (!site->is_open) return core::conflict("the place is closed: choose another one, or have it opened");
    return {};
}

core::Status name_cell(core::Tx& tx, const Floor& floor, const Goal& goal, const std::optional<std::string>& cell) {
    const bool has_id = goal.kind == GoalKind::courier || goal.kind == GoalKind::point || goal.kind == GoalKind::depot;
    if (has_id != !goal.id.empty()) return core::invalid("id: couriers, depots and points have one, others have none");
    // A name may always go, whatever became of its direction.
    if (cell && has_id)
        if (const auto good = check_goal(tx, floor, goal); !good) return good;
    store::put_cell(tx, floor.site, key_of(goal), cell);
    return {};
}

}  // namespace plus7::central::app::depot
