#include "central/app/depot/trip_scan.hpp"

#include <algorithm>

#include "central/app/depot/bag_scan.hpp"
#include "central/app/depot/intake.hpp"

namespace plus7::central::app::depot {
namespace {

void put_line(core::Tx& tx, const Floor& floor, const store::TripRow& trip, const std::optional<std::string>& bag,
              const Scanned& one, bool extra = false) {
    store::put_on_trip(tx, {trip.id, one.parcel->id, bag, *one.event, floor.who.now, floor.staff(), extra});
}

bool is_bag_on(core::Tx& tx, const store::TripRow& trip, const std::string& bag) {
    const auto lines = store::trip_parcels(tx, trip.id);
    return std::any_of(lines.begin(), lines.end(), [&](const store::TripParcel& line) { return line.bag == bag; });
}

std::optional<Word> not_loaded(core::Tx& tx, const Floor& floor, const store::TripRow& trip, const store::BagRow& bag,
                               bool confirmed) {
    if (const auto word = refusal_of(bag)) return word;
    if (bag.site != floor.site) return is_bag_on(tx, trip, bag.id) ? Word::loaded_already : Word::not_here;
    if (goal_from(bag.goal) == end_of(tx, trip)) return std::nullopt;
    if (goal_from(bag.goal).kind == GoalKind::courier) return Word::goes_elsewhere;
    return confirmed ? std::nullopt : std::optional(Word::confirm_bag_goal);
}

core::Result<Scanned> load_bag(core::Tx& tx, const Floor& floor, const store::TripRow& trip, store::BagRow bag,
                               bool confirmed) {
    if (const auto word = not_loaded(tx, floor, trip, bag, confirmed))
        return Scanned{.word = *word, .goal = goal_from(bag.goal), .bag = seen(bag)};
    const auto onto_list = [&](const Scanned& one) { put_line(tx, floor, trip, bag.id, one); };
    auto moved = move_bag(tx, floor, bag, {driver_of(trip), model::Leg::line_haul, floor.depot, onto_list});
    if (!moved) return moved.error();
    bag.site.reset();
    store::update_bag(tx, bag);
    const auto told_as = tell_bag(tx, floor, bag.id, "loaded", trip.number);
    if (moved->scanned.bag->moved > 0) moved->scanned.bag->scan = told_as;
    moved->scanned.word = moved->scanned.bag->gone > 0 ? Word::bag_partly : Word::bag_loaded;
    tell_workers(tx, bag.id, moved->scanned);
    return std::move(moved->scanned);
}

// Why it is not loaded, with what the screen says of it.
bool stays(core::Tx& tx, const Floor& floor, const store::TripRow& trip, bool confirmed, Scanned& scanned) {
    const auto& parcel = *scanned.parcel;
    if (is_elsewhere(floor, scanned)) {
        if (parcel.holder == driver_of(trip) && store::is_on_trip(tx, trip.id, parcel.id))
            scanned.word = Word::loaded_already;
        return true;
    }
    if (const auto bag = store::bag_of_parcel(tx, parcel.id)) {
        scanned.word = Word::in_bag;
        scanned.bag = seen(*store::find_bag(tx, *bag));
        return true;
    }
    return goes_elsewhere(tx, floor, end_of(tx, trip), confirmed, scanned);
}

// What came with it and is not on its list.
void mark_extra(core::Tx& tx, const Floor& floor, const store::TripRow& trip, const std::optional<std::string>& bag,
                const Scanned& one, bool& is_extra) {
    if (store::is_on_trip(tx, trip.id, one.parcel->id)) return;
    put_line(tx, floor, trip, bag, one, true);
    is_extra = true;
}

}  // namespace

core::Result<Scanned> load(core::Tx& tx, const Floor& floor, const std::string& id, const Code& code) {
    const auto trip = lock_trip(tx, floor, id);
    if (!trip) return trip.error();
    if (!goes_from(*trip, floor)) return core::not_found("no such trip from this depot");
    if (trip->state != "loading") return Scanned{.word = trip->state == "closed" ? Word::trip_closed : Word::trip_gone};
    if (auto bag = bag_with(tx, code)) return load_bag(tx, floor, *trip, std::move(*bag), code.confirmed);
    const auto found = lying_here(tx, floor, code);
    if (auto unclear = found.unclear()) return std::move(*unclear);
    Scanned scanned{.word = Word::loaded, .parcel = found.one()};
    scanned.parcel->holder = store::lock_custody(tx, scanned.parcel->id)->custody.holder;
    if (stays(tx, floor, *trip, code.confirmed, scanned)) return scanned;
    const auto taken = move(tx, floor, {floor.depot, driver_of(*trip), model::Leg::line_haul}, scanned);
    if (!taken) return taken.error();
    put_line(tx, floor, *trip, std::nullopt, scanned);
    return scanned;
}

core::Result<Scanned> unload(core::Tx& tx, const Floor& floor, const std::string& id, const Code& code) {
    auto trip = lock_trip(tx, floor, id);
    if (!trip) return trip.error();
    if (trip->to != floor.site) return core::not_found("no such trip to this depot");
    if (trip->state == "closed") return Scanned{.word = Word::trip_closed};
    if (trip->state == "loading") leave(tx, floor, *trip);
    bool is_extra = false;
    if (auto bag = bag_with(tx, code)) {
        const auto check = [&](const Scanned& one) { mark_extra(tx, floor, *trip, bag->id, one, is_extra); };
        auto taken = take_bag_in(tx, floor, *bag, check);
        if (taken && is_extra && taken->word == Word::bag_taken) taken->word = Word::unloaded_extra;
        return taken;
    }
    auto taken = take_in(tx, floor, std::nullopt, code);
    if (!taken || !taken->event) return taken;
    mark_extra(tx, floor, *trip, std::nullopt, *taken, is_extra);
    taken->word = is_extra ? Word::unloaded_extra : Word::unloaded;
    return taken;
}

}  // namespace plus7::central::app::depot
