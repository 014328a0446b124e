#include <algorithm>

#include "agent/app/floor.hpp"
#include "agent/app/parcels.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::agent::app {
namespace {

using model::HolderKind;
using store::FloorParcel;

std::vector<const FloorParcel*> held_by(const std::vector<const FloorParcel*>& inside, const model::Holder& holder) {
    std::vector<const FloorParcel*> held;
    for (const auto* one : inside)
        if (one->holder == holder) held.push_back(one);
    return held;
}

// Whether the act is one of those of the scan of a bag that made `scan`.
bool is_of(const store::OwnAct& act, const store::OwnAct& scan) {
    return act.kind == store::ActKind::handover && !act.undone && act.bag == scan.bag && act.at == scan.at;
}

}  // namespace

void Floor::scan_bag(FloorAnswer& answer, const store::FloorBag& bag, bool confirmed) {
    answer.bag = FloorBagSeen{bag.id};
    const auto inside = book_.in_bag(bag.id);
    const auto unknown = book_.unknown_in(bag);
    const bool is_for_bags = work_.task == FloorTask::intake || work_.task == FloorTask::hand_out;
    if (!is_for_bags || (bag.is_closed && unknown > 0 && book_.is_full())) {
        answer.word = FloorWord::bag_singly;
        return;
    }
    if (!bag.is_closed) {
        answer.word = FloorWord::bag_open;
        return;
    }
    answer.bag->gone = unknown;  // what nobody of the floor is told of any more
    if (work_.task == FloorTask::hand_out)
        hand_bag_out(answer, bag, inside, confirmed);
    else
        take_bag_in(answer, inside);
}

void Floor::take_bag_in(FloorAnswer& answer, const std::vector<const Parcel*>& inside) {
    if (work_.registry && !book_.registry(*work_.registry)) {
        answer.word = FloorWord::registry_closed;
        return;
    }
    const auto here = *depot();
    std::vector<const Parcel*> coming;
    for (const auto* one : inside)
        if (one->holder != here) coming.push_back(one);
    answer.word = answer.bag->gone > 0 ? FloorWord::bag_partly : FloorWord::bag_taken;
    if (coming.empty() && !inside.empty()) answer.word = FloorWord::bag_here;
    move_all(answer, coming, here);
}

void Floor::hand_bag_out(FloorAnswer& answer, const store::FloorBag& bag, const std::vector<const Parcel*>& inside,
                         bool confirmed) {
    const model::Holder his{HolderKind::courier, {work_.courier->value}};
    const auto lying = held_by(inside, *depot());
    const auto with_him = held_by(inside, his).size();
    const auto* courier = book_.courier(*work_.courier);
    if (courier && courier->is_blocked) {
        answer.word = FloorWord::courier_blocked;
        return;
    }
    if (lying.empty()) {
        answer.word = with_him > 0 ? FloorWord::handed_already : FloorWord::not_here;
        return;
    }
    const bool is_for_him = bag.goal == store::FloorGoal::courier && bag.to == his.id;
    if (!is_for_him && !confirmed) {
        answer.word = FloorWord::confirm_bag_goal;
        return;
    }
    answer.bag->gone += inside.size() - lying.size() - with_him;
    answer.word = answer.bag->gone > 0 ? FloorWord::bag_partly : FloorWord::bag_handed;
    move_all(answer, lying, his);
}

void Floor::move_all(FloorAnswer& answer, const std::vector<const Parcel*>& parcels, const model::Holder& to) {
    const auto at = stamps_.best_time();
    std::vector<Logbook::Told<model::HandedOver>> told;
    std::vector<std::pair<model::ParcelId, std::vector<store::OwnAct>>> acted;
    for (const auto* parcel : parcels) {
        store::OwnAct act;
        act.event = core::uuid_v7(at);
        act.from = parcel->holder;
        act.to = to;
        act.version = parcel->version;
        act.at = at;
        act.bag = answer.bag->id;
        auto acts = parcel->acts;
        acts.push_back(act);
        model::HandedOver data;
        data.from = act.from;
        data.to = to;
        data.bag = act.bag;
        told.push_back({{act.event, parcel->id, parcel->order, parcel->version, {}},
                        data,
                        {{store::floor_acts_note(parcel->id), store::encode(acts)}}});
        acted.emplace_back(parcel->id, std::move(acts));
    }
    if (const auto saved = logbook_.state_all(std::move(told)); !saved) {
        answer.word = FloorWord::not_saved;
        answer.why = saved.error().message;
        return;
    }
    for (auto& [id, acts] : acted) book_.acted(id, std::move(acts));
    answer.bag->moved = acted.size();
}

const store::FloorParcel* Floor::moved_with(const model::BagId& bag) const {
    const Parcel* newest = nullptr;
    for (const auto& [id, parcel] : book_.parcels()) {
        const auto* last = parcel.last_act();
        if (last && last->bag == bag && (!newest || newest->last_act()->at < last->at)) newest = &parcel;
    }
    return newest;
}

core::Status Floor::undo_bag(const store::OwnAct& scan) {
    const auto bag = *scan.bag;
    std::vector<Logbook::Told<model::Corrected>> told;
    std::vector<std::pair<model::ParcelId, std::vector<store::OwnAct>>> acted;
    for (const auto& [id, parcel] : book_.parcels()) {
        auto acts = parcel.acts;
        const auto undone =
            std::find_if(acts.begin(), acts.end(), [&](const store::OwnAct& one) { return is_of(one, scan); });
        if (undone == acts.end()) continue;
        if (parcel.last_act()->event != undone->event) return core::conflict(bag_went_on);
        undone->undone = true;
        store::OwnAct act;
        act.event = core::uuid_v7(stamps_.best_time());
        act.kind = store::ActKind::correction;
        act.from = parcel.holder;
        act.to = undone->from;
        act.version = parcel.version;
        act.at = stamps_.best_time();
        const model::Corrected data{undone->event};
        acts.push_back(act);
        told.push_back({{act.event, id, parcel.order, parcel.version, {}},
                        data,
                        {{store::floor_acts_note(id), store::encode(acts)}}});
        acted.emplace_back(id, std::move(acts));
    }
    if (auto saved = logbook_.state_all(std::move(told)); !saved) return saved;
    for (auto& [id, acts] : acted) book_.acted(id, std::move(acts));
    const auto* known = book_.bag(bag);
    auto code = last_ && last_->bag && last_->bag->id == bag ? last_->code : std::string();
    if (known) code = known->number;
    last_ = FloorAnswer{FloorWord::taken_back, std::move(code), "", {}, {}, {}, stamps_.best_time(), {}};
    last_->bag = FloorBagSeen{bag, acted.size(), 0};
    return {};
}

}  // namespace plus7::agent::app
