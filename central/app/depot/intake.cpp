#include "central/app/depot/intake.hpp"

#include "central/app/depot/bag_scan.hpp"
#include "central/app/dispatch/floor_view.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::depot {
namespace {

using model::HolderKind;

core::Result<store::FloorRegistry> own(const Floor& floor, std::optional<store::FloorRegistry> registry) {
    if (!registry) return core::not_found("no such registry");
    if (registry->site != floor.site) return core::conflict("the registry is of another depot");
    return std::move(*registry);
}

store::ExtraRow extra_of(const Floor& floor, const std::optional<std::string>& registry, const Code& code) {
    store::ExtraRow extra;
    extra.id = core::new_uuid_text(floor.who.now);
    extra.site = floor.site;
    extra.registry = registry;
    extra.code = code.text;
    extra.staff = floor.staff();
    extra.scanned = floor.who.now;
    return extra;
}

Scanned unknown(core::Tx& tx, const Floor& floor, const std::optional<std::string>& registry, const Code& code) {
    if (const auto known = store::find_extra_code(tx, floor.site, registry, code.text))
        return {.word = Word::unknown_again, .extra = known->id};
    const auto extra = extra_of(floor, registry, code);
    store::insert_extra(tx, extra);
    Scanned scanned{.word = Word::unknown, .extra = extra.id};
    if (registry) scanned.told = dispatch::retell_floors(tx, {}, {*registry});
    return scanned;
}

// Why the parcel is refused or need not be taken in.
std::optional<Word> stands_still(const Floor& floor, const store::FloorParcel& parcel) {
    if (parcel.holder.kind == HolderKind::customer) return Word::delivered;
    if (parcel.holder == floor.depot) return Word::here;
    return std::nullopt;
}

Word word_of(const store::FloorParcel& before, const store::CustodyRow& custody) {
    if (custody.is_cancelled) return Word::taken_cancelled;
    if (before.holder.kind == HolderKind::courier && before.status != model::ParcelStatus::with_courier)
        return Word::taken_from_courier;
    return Word::taken;
}

// The chosen registry does not have it: that goes into the act.
void mark_extra(core::Tx& tx, const Floor& floor, const std::string& registry, const Code& code, Scanned& scanned) {
    auto extra = extra_of(floor, registry, code);
    extra.parcel = scanned.parcel->id;
    extra.event = scanned.event;
    store::insert_extra(tx, extra);
    scanned.extra = extra.id;
    for (const auto& device : dispatch::retell_floors(tx, {}, {registry})) scanned.told.push_back(device);
    if (scanned.word == Word::taken) scanned.word = Word::taken_extra;
}

void mark_expected_elsewhere(core::Tx& tx, const Floor& floor, Scanned& scanned) {
    const auto registry = store::registry_of_parcel(tx, scanned.parcel->id);
    if (!registry) return;
    scanned.registry = registry;
    if (registry->site != floor.site && (scanned.word == Word::taken || scanned.word == Word::taken_extra))
        scanned.word = Word::taken_foreign;
}

core::Result<Scanned> take(core::Tx& tx, const Floor& floor, const std::optional<std::string>& registry,
                           const Code& code, store::FloorParcel found) {
    const auto custody = store::lock_custody(tx, found.id);
    found.holder = custody->custody.holder;
    Scanned scanned{.parcel = found};
    if (const auto word = stands_still(floor, found)) {
        scanned.word = *word;
        return scanned;
    }
    if (found.holder.kind == HolderKind::courier) scanned.holder = found.holder;
    scanned.word = word_of(found, *custody);
    if (const auto taken = move(tx, floor, {found.holder, floor.depot, model::Leg::delivery}, scanned); !taken)
        return taken.error();
    const bool is_expected = registry && store::registry_has(tx, *registry, found.id);
    if (is_expected) return scanned;
    if (registry) mark_extra(tx, floor, *registry, code, scanned);
    mark_expected_elsewhere(tx, floor, scanned);
    return scanned;
}

core::Result<store::FloorRegistry> set_state(core::Tx& tx, const Floor& floor, const std::string& id, bool to_closed) {
    auto registry = own(floor, store::lock_floor_registry(tx, id));
    if (!registry) return registry;
    if (registry->state != (to_closed ? "open" : "closed"))
        return core::conflict(to_closed ? "the registry is not open" : "the registry is not closed");
    registry->state = to_closed ? "closed" : "open";
    registry->closed = to_closed ? std::optional(floor.who.now) : std::nullopt;
    store::set_registry_state(tx, *registry);
    return registry;
}

}  // namespace

core::Result<Scanned> take_in(core::Tx& tx, const Floor& floor, const std::optional<std::string>& registry,
                              const Code& code) {
    if (registry) {
        // A scan and the closing of its registry wait for each other.
        const auto row = own(floor, store::lock_floor_registry(tx, *registry));
        if (!row) return row.error();
        if (row->state != "open") return Scanned{.word = Word::registry_closed};
    }
    if (auto bag = bag_with(tx, code)) return take_bag_in(tx, floor, std::move(*bag));
    Candidates found(tx, code);
    found.prefer([&](const store::FloorParcel& one) { return registry && store::registry_has(tx, *registry, one.id); });
    found.prefer([](const store::FloorParcel& one) { return !is_over(one); });
    if (found.none()) return unknown(tx, floor, registry, code);
    if (auto unclear = found.unclear()) return std::move(*unclear);
    return take(tx, floor, registry, code, found.one());
}

core::Result<Scanned> note_damage(core::Tx& tx, const Floor& floor, const std::string& parcel,
                                  const std::string& note) {
    auto found = store::find_floor_parcel(tx, parcel);
    if (!found) return core::not_found("no such parcel");
    if (found->holder != floor.depot) return core::conflict("the parcel is not at this depot: take it in first");
    const auto taken = custody::damage_parcel(tx, floor.who, parcel, note);
    if (!taken) return taken.error();
    return Scanned{.word = Word::here,
                   .parcel = store::find_floor_parcel(tx, parcel),
                   .event = taken->event,
                   .told = dispatch::retell_order(tx, taken->order)};
}

core::Status note_extra(core::Tx& tx, const Floor& floor, const std::string& extra, const std::string& note) {
    const auto row = store::find_extra(tx, extra);
    if (!row || row->site != floor.site) return core::not_found("no such unexpected code");
    store::note_extra(tx, extra, note);
    return {};
}

core::Result<IntakeBoard> intake_board(core::Tx& tx, const Floor& floor, const std::string& registry) {
    auto row = own(floor, store::find_floor_registry(tx, registry));
    if (!row) return row.error();
    return IntakeBoard{std::move(*row), store::registry_figures(tx, registry, floor.depot),
                       store::registry_missing(tx, registry, floor.depot), store::extras_of(tx, registry),
                       store::registry_damaged(tx, registry)};
}

core::Result<store::FloorRegistry> close_registry(core::Tx& tx, const Floor& floor, const std::string& registry) {
    return set_state(tx, floor, registry, true);
}

core::Result<store::FloorRegistry> reopen_registry(core::Tx& tx, const Floor& floor, const std::string& registry) {
    return set_state(tx, floor, registry, false);
}

}  // namespace plus7::central::app::depot
