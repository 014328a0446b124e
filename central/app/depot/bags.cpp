#include "central/app/depot/bags.hpp"

#include <set>

#include "central/app/depot/sorting.hpp"
#include "central/app/dispatch/floor_view.hpp"
#include "central/store/custody_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::depot {
namespace {

core::Result<store::BagRow> lock_own(core::Tx& tx, const Floor& floor, const std::string& id) {
    auto bag = store::lock_bag(tx, id);
    if (!bag) return core::not_found("no such bag");
    if (bag->site != floor.site) return core::not_found("the bag is not at this depot");
    return std::move(*bag);
}

// Why it is not put in, with what the screen says of it.
bool stays_out(core::Tx& tx, const Floor& floor, const store::BagRow& bag, const Code& code, Scanned& scanned) {
    if (is_elsewhere(floor, scanned)) return true;
    if (const auto other = store::bag_of_parcel(tx, scanned.parcel->id)) {
        scanned.word = *other == bag.id ? Word::bagged_already : Word::in_other_bag;
        scanned.bag = seen(*store::find_bag(tx, *other));
        return true;
    }
    return goes_elsewhere(tx, floor, goal_from(bag.goal), code.confirmed, scanned);
}

std::optional<Word> misfit(Fit fit, bool confirmed) {
    switch (fit) {
        case Fit::yes:
            return std::nullopt;
        case Fit::ask:
            return confirmed ? std::nullopt : std::optional(Word::confirm_elsewhere);
        case Fit::no:
            return Word::goes_elsewhere;
        case Fit::called_off:
            return Word::called_off;
        case Fit::damaged:
            return Word::set_aside;
    }
    return std::nullopt;
}

}  // namespace

bool goes_elsewhere(core::Tx& tx, const Floor& floor, const Goal& to, bool confirmed, Scanned& scanned) {
    const Ways ways(tx, floor.site);
    const auto way = store::find_way(tx, scanned.parcel->id);
    const auto word = misfit(ways.fit(*way, to), confirmed);
    if (!word) return false;
    scanned.word = *word;
    scanned.goal = ways.goal(*way);
    return true;
}

dispatch::Devices retell_bag(core::Tx& tx, const std::string& bag) {
    std::set<std::string> orders;
    for (const auto& parcel : store::bag_contents(tx, bag))
        if (const auto row = store::find_custody(tx, parcel)) orders.insert(row->order);
    return dispatch::retell_floors(tx, orders);
}

BagSeen seen(const store::BagRow& bag) { return {bag.id, bag.number, goal_from(bag.goal)}; }

std::int64_t tell_bag(core::Tx& tx, const Floor& floor, const std::string& bag, const std::string& what,
                      const std::optional<std::string>& note) {
    return store::add_bag_event(tx, {bag, what, floor.who.now, floor.staff(), note});
}

core::Result<store::BagRow> open_bag(core::Tx& tx, const Floor& floor, const Goal& goal) {
    if (goal.kind != GoalKind::courier && goal.kind != GoalKind::point && goal.kind != GoalKind::depot)
        return core::invalid("kind: a bag goes to a courier, a point or a depot");
    if (const auto good = check_goal(tx, floor, goal); !good) return good.error();
    store::BagRow bag;
    bag.id = core::new_uuid_text(floor.who.now);
    bag.number = "BAG-" + std::to_string(store::take_haul_number(tx, "bag"));
    bag.site = floor.site;
    bag.goal = key_of(goal);
    bag.created = floor.who.now;
    store::insert_bag(tx, bag);
    tell_bag(tx, floor, bag.id, "opened");
    return bag;
}

core::Result<Scanned> put_into_bag(core::Tx& tx, const Floor& floor, const std::string& id, const Code& code) {
    const auto bag = lock_own(tx, floor, id);
    if (!bag) return bag.error();
    if (bag->state != "open") return Scanned{.word = Word::bag_closed, .bag = seen(*bag)};
    const auto found = lying_here(tx, floor, code);
    if (auto unclear = found.unclear()) return std::move(*unclear);
    Scanned scanned{.word = Word::bagged, .parcel = found.one()};
    scanned.parcel->holder = store::lock_custody(tx, scanned.parcel->id)->custody.holder;
    if (stays_out(tx, floor, *bag, code, scanned)) return scanned;
    if (bag->parcels >= static_cast<std::int64_t>(most_in_bag)) {
        scanned.word = Word::bag_full;
        return scanned;
    }
    store::put_in_bag(tx, {bag->id, scanned.parcel->id, floor.who.now, floor.staff()});
    scanned.bag = seen(*bag);
    scanned.goal = scanned.bag->goal;
    return scanned;
}

core::Status take_from_bag(core::Tx& tx, const Floor& floor, const std::string& id, const std::string& parcel) {
    const auto bag = lock_own(tx, floor, id);
    if (!bag) return bag.error();
    if (bag->state != "open") return core::conflict("the bag is closed: open it again first");
    if (store::bag_of_parcel(tx, parcel) != id) return core::conflict("the parcel is not in this bag");
    store::take_out_of_bag(tx, {id, parcel, {}, {}, floor.who.now, floor.staff(), "taken_out"});
    return {};
}

core::Result<store::BagRow> close_bag(core::Tx& tx, const Floor& floor, const std::string& id,
                                      const std::optional<std::string>& seal) {
    auto bag = lock_own(tx, floor, id);
    if (!bag) return bag;
    if (bag->state != "open") return core::conflict("the bag is closed");
    if (bag->parcels == 0) return core::conflict("nothing is in the bag: scan parcels into it first");
    bag->state = "closed";
    bag->seal = seal;
    store::update_bag(tx, *bag);
    tell_bag(tx, floor, id, "closed", seal);
    return bag;
}

core::Result<store::BagRow> reopen_bag(core::Tx& tx, const Floor& floor, const std::string& id,
                                       const std::string& reason) {
    auto bag = lock_own(tx, floor, id);
    if (!bag) return bag;
    if (bag->state != "closed") return core::conflict("the bag is not closed");
    bag->state = "open";
    bag->seal.reset();
    store::update_bag(tx, *bag);
    tell_bag(tx, floor, id, "reopened", reason);
    return bag;
}

core::Result<BagBoard> bag_board(core::Tx& tx, const std::string& id) {
    auto bag = store::find_bag(tx, id);
    if (!bag) return core::not_found("no such bag");
    BagBoard board{std::move(*bag), {}, store::packings_of(tx, id), store::bag_events(tx, id)};
    for (const auto& parcel : store::bag_contents(tx, id))
        if (auto row = store::find_floor_parcel(tx, parcel)) board.parcels.push_back(std::move(*row));
    return board;
}

}  // namespace plus7::central::app::depot
