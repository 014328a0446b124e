#include "central/app/depot/scan.hpp"

#include <algorithm>
#include <array>

#include "central/store/bag_store.hpp"
#include "central/store/site_store.hpp"
#include "central/store/task_view.hpp"

namespace plus7::central::app::depot {
namespace {

struct Row {
    Word word;
    std::string_view name;
    Tone tone;
};

// clang-format off
constexpr std::array<Row, 56> words{{
    {Word::taken,              "taken",              Tone::good},
    {Word::taken_extra,        "taken_extra",        Tone::warn},
    {Word::taken_foreign,      "taken_foreign",      Tone::warn},
    {Word::taken_from_courier, "taken_from_courier", Tone::warn},
    {Word::taken_cancelled,    "taken_cancelled",    Tone::warn},
    {Word::unknown,            "unknown",            Tone::warn},
    {Word::unknown_again,      "unknown_again",      Tone::warn},
    {Word::here,               "here",               Tone::warn},
    {Word::handed,             "handed",             Tone::good},
    {Word::handed_witnessed,   "handed_witnessed",   Tone::good},
    {Word::handed_inferred,    "handed_inferred",    Tone::warn},
    {Word::handed_already,     "handed_already",     Tone::warn},
    {Word::confirm_other,      "confirm_other",      Tone::ask},
    {Word::confirm_unplanned,  "confirm_unplanned",  Tone::ask},
    {Word::confirm_damaged,    "confirm_damaged",    Tone::ask},
    {Word::confirm_with_other, "confirm_with_other", Tone::ask},
    {Word::cancelled,          "cancelled",          Tone::refused},
    {Word::returned,           "returned",           Tone::good},
    {Word::returned_witnessed, "returned_witnessed", Tone::good},
    {Word::returned_inferred,  "returned_inferred",  Tone::warn},
    {Word::confirm_not_his,    "confirm_not_his",    Tone::ask},
    {Word::delivered,          "delivered",          Tone::refused},
    {Word::no_such_code,       "no_such_code",       Tone::refused},
    {Word::which,              "which",              Tone::ask},
    {Word::registry_closed,    "registry_closed",    Tone::refused},
    {Word::courier_blocked,    "courier_blocked",    Tone::refused},
    {Word::sorted,             "sorted",             Tone::good},
    {Word::sorted_back,        "sorted_back",        Tone::warn},
    {Word::sorted_damaged,     "sorted_damaged",     Tone::warn},
    {Word::sorted_unplanned,   "sorted_unplanned",   Tone::warn},
    {Word::sorted_in_bag,      "sorted_in_bag",      Tone::warn},
    {Word::not_here,           "not_here",           Tone::refused},
    {Word::bagged,             "bagged",             Tone::good},
    {Word::bagged_already,     "bagged_already",     Tone::warn},
    {Word::in_other_bag,       "in_other_bag",       Tone::refused},
    {Word::goes_elsewhere,     "goes_elsewhere",     Tone::refused},
    {Word::confirm_elsewhere,  "confirm_elsewhere",  Tone::ask},
    {Word::called_off,         "called_off",         Tone::refused},
    {Word::set_aside,          "set_aside",          Tone::refused},
    {Word::bag_closed,         "bag_closed",         Tone::refused},
    {Word::bag_full,           "bag_full",           Tone::refused},
    {Word::bag_taken,          "bag_taken",          Tone::good},
    {Word::bag_handed,         "bag_handed",         Tone::good},
    {Word::bag_loaded,         "bag_loaded",         Tone::good},
    {Word::bag_here,           "bag_here",           Tone::warn},
    {Word::bag_partly,         "bag_partly",         Tone::warn},
    {Word::bag_open,           "bag_open",           Tone::refused},
    {Word::bag_done,           "bag_done",           Tone::refused},
    {Word::confirm_bag_goal,   "confirm_bag_goal",   Tone::ask},
    {Word::loaded,             "loaded",             Tone::good},
    {Word::loaded_already,     "loaded_already",     Tone::warn},
    {Word::in_bag,             "in_bag",             Tone::refused},
    {Word::unloaded,           "unloaded",           Tone::good},
    {Word::unloaded_extra,     "unloaded_extra",     Tone::warn},
    {Word::trip_gone,          "trip_gone",          Tone::refused},
    {Word::trip_closed,        "trip_closed",        Tone::refused},
}};
// clang-format on

const Row& row_of(Word word) {
    return *std::find_if(words.begin(), words.end(), [&](const Row& row) { return row.word == word; });
}

}  // namespace

std::string_view name_of(Word word) { return row_of(word).name; }
Tone tone_of(Word word) { return row_of(word).tone; }

std::string_view name_of(Tone tone) {
    constexpr std::array<std::string_view, 4> names{"good", "warn", "refused", "ask"};
    return names[static_cast<std::size_t>(tone)];
}

core::Result<Floor> open_floor(core::Tx& tx, const custody::Acting& who, const std::string& site) {
    const auto row = store::find_site(tx, site);
    if (!row || !row->is_depot) return core::not_found("no such depot");
    if (!row->is_open) return core::conflict("the depot is closed: choose another one, or have it opened");
    return Floor{who, {model::HolderKind::depot, {store::row_id(site).value}}, site};
}

model::Holder courier_holder(const std::string& courier) {
    return {model::HolderKind::courier, {store::row_id(courier).value}};
}

Candidates::Candidates(core::Tx& tx, const Code& code) : parcels_(store::parcels_with_code(tx, code.text)) {
    if (code.parcel) std::erase_if(parcels_, [&](const store::FloorParcel& one) { return one.id != *code.parcel; });
}

std::optional<Scanned> Candidates::unclear() const {
    if (parcels_.empty()) return Scanned{.word = Word::no_such_code};
    if (parcels_.size() > 1) return Scanned{.word = Word::which, .choices = parcels_};
    return std::nullopt;
}

bool is_over(const store::FloorParcel& parcel) {
    return parcel.status == model::ParcelStatus::delivered || parcel.status == model::ParcelStatus::returned;
}

Candidates lying_here(core::Tx& tx, const Floor& floor, const Code& code) {
    Candidates found(tx, code);
    found.prefer([](const store::FloorParcel& one) { return !is_over(one); });
    found.prefer([&](const store::FloorParcel& one) { return one.holder == floor.depot; });
    return found;
}

bool is_elsewhere(const Floor& floor, Scanned& scanned) {
    const auto& holder = scanned.parcel->holder;
    if (holder == floor.depot) return false;
    scanned.word = holder.kind == model::HolderKind::customer ? Word::delivered : Word::not_here;
    if (holder.kind == model::HolderKind::courier) scanned.holder = holder;
    return true;
}

core::Result<custody::Taken> move(core::Tx& tx, const Floor& floor, const custody::Move& move, Scanned& scanned,
                                  Packed packed) {
    auto taken = custody::hand_over(tx, floor.who, scanned.parcel->id, move);
    if (!taken) return taken;
    if (packed == Packed::singly)
        store::take_out_of_bag(tx, {{}, scanned.parcel->id, {}, {}, floor.who.now, floor.staff(), "moved"});
    scanned.event = taken->event;
    scanned.parcel = store::find_floor_parcel(tx, scanned.parcel->id);
    scanned.told = dispatch::retell_order(tx, taken->order);
    return taken;
}

}  // namespace plus7::central::app::depot
