#include "central/app/depot/handout.hpp"

#include "central/app/depot/bag_scan.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::depot {
namespace {

using model::HolderKind;

// What a person has to say yes to first; the heaviest reason counts.
std::optional<Word> question(const store::FloorParcel& parcel, const store::CustodyRow& custody,
                             const std::string& courier) {
    if (parcel.holder.kind == HolderKind::courier) return Word::confirm_with_other;
    if (custody.status == model::ParcelStatus::damaged) return Word::confirm_damaged;
    if (!parcel.courier) return Word::confirm_unplanned;
    return *parcel.courier == courier ? std::nullopt : std::optional(Word::confirm_other);
}

std::optional<Word> refusal(const store::CustodyRow& custody) {
    if (custody.custody.holder.kind == HolderKind::customer) return Word::delivered;
    if (custody.is_cancelled || custody.goes_back) return Word::cancelled;
    return std::nullopt;
}

core::Result<Scanned> give(core::Tx& tx, const Floor& floor, const std::string& courier, const Code& code,
                           store::FloorParcel found) {
    const auto custody = store::lock_custody(tx, found.id);
    const auto to = courier_holder(courier);
    found.holder = custody->custody.holder;
    Scanned scanned{.parcel = found};
    if (found.holder.kind == HolderKind::courier) scanned.holder = found.holder;
    const auto told = told_of(custody->custody, floor.depot, to);
    std::optional<Word> still = refusal(*custody);
    if (!still && found.holder == to && !(told.is_last && !told.by_office)) still = Word::handed_already;
    if (!still && found.holder != to && !code.confirmed) still = question(found, *custody, courier);
    if (still) {
        scanned.word = *still;
        return scanned;
    }
    const auto taken = move(tx, floor, {floor.depot, to, model::Leg::delivery}, scanned);
    if (!taken) return taken.error();
    scanned.word = taken->verdict.inferred ? Word::handed_inferred : Word::handed;
    if (taken->verdict.effect == model::Effect::joined) scanned.word = Word::handed_witnessed;
    return scanned;
}

}  // namespace

Told told_of(const model::Custody& custody, const model::Holder& from, const model::Holder& to) {
    Told told;
    for (auto at = custody.way.rbegin(); at != custody.way.rend(); ++at) {
        const auto& step = custody.steps[*at];
        if (step.from != from || step.to != to) break;
        told.is_last = true;
        // Handhelds have ids of another form than staff.
        told.by_office = told.by_office || core::from_uuid_text(step.source).has_value();
    }
    return told;
}

core::Result<HandOutBoard> handout_board(core::Tx& tx, const Floor& floor, const std::string& courier) {
    auto row = store::find_courier(tx, courier);
    if (!row) return core::not_found("no such courier");
    return HandOutBoard{std::move(*row), store::parcels_to_hand_out(tx, floor.depot, courier),
                        store::parcels_not_here(tx, floor.depot, courier),
                        store::parcels_held_by(tx, courier_holder(courier))};
}

core::Result<Scanned> hand_out(core::Tx& tx, const Floor& floor, const std::string& courier, const Code& code) {
    const auto row = store::find_courier(tx, courier);
    if (!row) return core::not_found("no such courier");
    if (row->blocked) return Scanned{.word = Word::courier_blocked};
    if (const auto bag = bag_with(tx, code)) return hand_bag_out(tx, floor, *bag, courier, code.confirmed);
    auto found = lying_here(tx, floor, code);
    found.prefer([&](const store::FloorParcel& one) { return one.courier == courier; });
    if (auto unclear = found.unclear()) return std::move(*unclear);
    return give(tx, floor, courier, code, found.one());
}

}  // namespace plus7::central::app::depot
