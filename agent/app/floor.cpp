#include "agent/app/floor.hpp"

#include <algorithm>

#include "agent/app/parcels.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::agent::app {
namespace {

using model::HolderKind;
using store::FloorGoal;
using store::FloorParcel;

model::Holder holder_of(const model::CourierId& courier) { return {HolderKind::courier, {courier.value}}; }

// Only those that the rule likes, when there are such.
template <typename Rule>
void prefer(std::vector<const FloorParcel*>& found, Rule rule) {
    std::vector<const FloorParcel*> fitting;
    std::copy_if(found.begin(), found.end(), std::back_inserter(fitting), [&](const auto* one) { return rule(*one); });
    if (!fitting.empty()) found = std::move(fitting);
}

// What a person has to say yes to first; the heaviest reason counts.
std::optional<FloorWord> question(const FloorParcel& parcel, const model::CourierId& courier) {
    if (parcel.holder.kind == HolderKind::courier) return FloorWord::confirm_with_other;
    if (parcel.is_damaged) return FloorWord::confirm_damaged;
    if (parcel.goal != FloorGoal::courier || !parcel.to) return FloorWord::confirm_unplanned;
    return parcel.to->value == courier.value ? std::nullopt : std::optional(FloorWord::confirm_other);
}

FloorWord word_for(FloorGoal goal) {
    switch (goal) {
        case FloorGoal::back:
            return FloorWord::sorted_back;
        case FloorGoal::damaged:
            return FloorWord::sorted_damaged;
        case FloorGoal::none:
            return FloorWord::sorted_unplanned;
        default:
            return FloorWord::sorted;
    }
}

}  // namespace

Floor::Floor(store::Outbox& outbox, const store::ViewStore& view, Logbook& logbook, Stamps& stamps, const Shift& shift)
    : outbox_(outbox), view_(view), logbook_(logbook), stamps_(stamps), shift_(shift), book_(view, outbox) {}

std::optional<model::Holder> Floor::depot() const {
    if (!shift_.open()) return std::nullopt;
    const auto& site = shift_.open()->courier.site;
    return site && site->kind == HolderKind::depot ? site : std::nullopt;
}

store::FloorBook& Floor::book() {
    book_.refresh();
    begin_shift();
    return book_;
}

// What was strange in an earlier shift is the console's by now.
void Floor::begin_shift() {
    if (!shift_.open() || strangers_of_ == shift_.open()->id) return;
    strangers_.clear();
    if (const auto note = outbox_.note(store::strangers_note)) strangers_ = store::strangers_from(*note);
    std::erase_if(strangers_, [&](const store::Stranger& one) { return one.at < shift_.open()->since; });
    strangers_of_ = shift_.open()->id;
}

core::Status Floor::begin(const Work& work) {
    if (!depot()) return core::conflict(no_floor);
    const bool needs_courier = work.task == FloorTask::hand_out || work.task == FloorTask::take_back;
    auto& book = this->book();
    if (work.registry && !book.registry(*work.registry)) return core::not_found(no_registry);
    if (needs_courier && !(work.courier && book.courier(*work.courier))) return core::not_found(no_courier);
    work_ = work;
    last_.reset();
    return {};
}

const FloorAnswer& Floor::failed(const std::string& code, const std::string& why) {
    last_ = FloorAnswer{FloorWord::not_saved, code, why, {}, {}, {}, stamps_.best_time(), {}};
    return *last_;
}

const FloorAnswer& Floor::scan(const std::string& code, const core::EventId& scan, bool again) {
    if (again && last_ && last_->code == code) return *last_;
    FloorAnswer answer;
    answer.code = code;
    answer.at = stamps_.best_time();
    const bool is_yes = last_ && tone_of(last_->word) == FloorTone::ask && last_->code == code;
    const auto* asked = is_yes && last_->parcel ? book().find(*last_->parcel) : nullptr;
    if (asked)
        decide(answer, *asked, true);
    else if (const auto* bag = book().bag_with(code))
        scan_bag(answer, *bag, is_yes && last_->bag);
    else
        find(answer, scan);
    last_ = std::move(answer);
    return *last_;
}

void Floor::find(FloorAnswer& answer, const core::EventId& scan) {
    asked_scan_ = scan;
    auto& book = this->book();
    const auto here = *depot();
    auto found = book.with_code(answer.code);
    if (work_.registry) prefer(found, [&](const Parcel& one) { return one.registry == work_.registry; });
    if (work_.task == FloorTask::take_back)
        prefer(found, [&](const Parcel& one) { return one.holder == holder_of(*work_.courier); });
    else if (work_.task != FloorTask::intake)
        prefer(found, [&](const Parcel& one) { return one.holder == here; });
    if (work_.task == FloorTask::hand_out)
        prefer(found, [&](const Parcel& one) { return one.to && one.to->value == work_.courier->value; });
    if (found.empty()) {
        const bool is_known = std::any_of(strangers_.begin(), strangers_.end(), [&](const store::Stranger& one) {
            return one.code == answer.code && one.registry == work_.registry;
        });
        answer.word = is_known ? FloorWord::unknown_again : FloorWord::unknown;
        if (!is_known) note_stranger(answer, scan);
        return;
    }
    if (found.size() > 1) {
        answer.word = FloorWord::which;
        for (const auto* one : found) answer.choices.push_back(one->id);
        return;
    }
    decide(answer, *found.front(), false);
}

void Floor::decide(FloorAnswer& answer, const Parcel& parcel, bool confirmed) {
    answer.parcel = parcel.id;
    if (parcel.holder.kind == HolderKind::courier) answer.holder = parcel.holder;
    switch (work_.task) {
        case FloorTask::intake:
            return take_in(answer, parcel);
        case FloorTask::hand_out:
            return hand_out(answer, parcel, confirmed);
        case FloorTask::take_back:
            return take_back(answer, parcel, confirmed);
        case FloorTask::sort:
            return sort(answer, parcel);
    }
}

void Floor::take_in(FloorAnswer& answer, const Parcel& parcel) {
    if (work_.registry && !book_.registry(*work_.registry)) {
        answer.word = FloorWord::registry_closed;
        return;
    }
    const auto here = *depot();
    if (parcel.holder == here) {
        answer.word = FloorWord::here;
        return;
    }
    const bool is_extra = work_.registry && parcel.registry != work_.registry;
    answer.word = is_extra ? FloorWord::taken_extra : FloorWord::taken;
    if (parcel.holder.kind == HolderKind::courier) answer.word = FloorWord::taken_from_courier;
    if (parcel.is_cancelled) answer.word = FloorWord::taken_cancelled;
    if (move(answer, parcel, parcel.holder, here, model::Leg::delivery) && is_extra) note_stranger(answer, asked_scan_);
}

void Floor::hand_out(FloorAnswer& answer, const Parcel& parcel, bool confirmed) {
    const auto courier = *work_.courier;
    const auto here = *depot(), his = holder_of(courier);
    const auto* row = book_.courier(courier);
    std::optional<FloorWord> still;
    if (row && row->is_blocked) still = FloorWord::courier_blocked;
    if (!still && parcel.is_cancelled) still = FloorWord::cancelled;
    const bool is_his = parcel.holder == his;
    const bool witnessed = is_his && parcel.told_by == courier && !parcel.last_move();
    if (!still && is_his && !witnessed) still = FloorWord::handed_already;
    if (!still && !is_his && !confirmed) still = question(parcel, courier);
    if (still) {
        answer.word = *still;
        return;
    }
    answer.word = parcel.holder == here ? FloorWord::handed : FloorWord::handed_inferred;
    if (witnessed) answer.word = FloorWord::handed_witnessed;
    move(answer, parcel, here, his, model::Leg::delivery);
}

void Floor::take_back(FloorAnswer& answer, const Parcel& parcel, bool confirmed) {
    const auto here = *depot(), his = holder_of(*work_.courier);
    const bool witnessed = parcel.holder == here && parcel.told_by == *work_.courier &&
                           !(parcel.last_move() && parcel.last_move()->to == here);
    if (parcel.holder == here && !witnessed) {
        answer.word = FloorWord::here;
        return;
    }
    if (parcel.holder != his && !witnessed && !confirmed) {
        answer.word = FloorWord::confirm_not_his;
        return;
    }
    answer.word = parcel.holder == his ? FloorWord::returned : FloorWord::returned_inferred;
    if (witnessed) answer.word = FloorWord::returned_witnessed;
    move(answer, parcel, his, here, model::Leg::giving_back);
}

void Floor::sort(FloorAnswer& answer, const Parcel& parcel) const {
    answer.word = parcel.holder == *depot() ? word_for(parcel.goal) : FloorWord::not_here;
}

bool Floor::move(FloorAnswer& answer, const Parcel& parcel, const model::Holder& from, const model::Holder& to,
                 model::Leg leg) {
    model::HandedOver data;
    data.from = from;
    data.to = to;
    data.leg = leg;
    store::OwnAct act;
    act.event = core::uuid_v7(stamps_.best_time());
    act.from = from;
    act.to = to;
    const auto saved = state(parcel, data, act, parcel.acts);
    if (saved) return true;
    answer.word = FloorWord::not_saved;
    answer.why = saved.error().message;
    return false;
}

template <typename Data>
core::Status Floor::state(const Parcel& parcel, const Data& data, store::OwnAct act, std::vector<store::OwnAct> acts) {
    act.version = parcel.version;
    act.at = stamps_.best_time();
    acts.push_back(act);
    const auto saved = logbook_.state_about({act.event, parcel.id, parcel.order, parcel.version, {}}, data,
                                            {{store::floor_acts_note(parcel.id), store::encode(acts)}});
    if (!saved) return saved.error();
    book_.acted(parcel.id, std::move(acts));
    return {};
}

void Floor::note_stranger(const FloorAnswer& answer, const core::EventId& scan) {
    strangers_.push_back({answer.code, scan, work_.registry, answer.parcel, view_.applied().version, answer.at});
    keep_strangers();
}

// Not worth a refusal: the facts are saved, this is the list on the screen.
void Floor::keep_strangers() {
    if (strangers_.size() > store::most_strangers) strangers_.erase(strangers_.begin());
    static_cast<void>(outbox_.keep_note({std::string(store::strangers_note), store::encode(strangers_)}));
}

core::Status Floor::at_work() const {
    if (!depot()) return core::conflict(no_floor);
    return shift_.at_work();
}

core::Status Floor::answer(bool yes) {
    if (auto ready = at_work(); !ready) return ready;
    if (!last_ || tone_of(last_->word) != FloorTone::ask) return core::conflict(nothing_asked);
    if (!yes) {
        last_->word = FloorWord::kept;
        return {};
    }
    const auto* parcel = last_->parcel ? book().find(*last_->parcel) : nullptr;
    const auto* bag = last_->bag ? book().bag(last_->bag->id) : nullptr;
    if (!parcel && !bag) return core::conflict(nothing_asked);
    auto answer = *last_;
    if (bag)
        scan_bag(answer, *bag, true);
    else
        decide(answer, *parcel, true);
    if (answer.word == FloorWord::not_saved) return core::unavailable(answer.why);
    last_ = std::move(answer);
    return {};
}

core::Status Floor::choose(const model::ParcelId& id) {
    if (auto ready = at_work(); !ready) return ready;
    const bool is_choice = last_ && std::find(last_->choices.begin(), last_->choices.end(), id) != last_->choices.end();
    const auto* parcel = is_choice ? book().find(id) : nullptr;
    if (!parcel) return core::conflict(nothing_asked);
    auto answer = *last_;
    answer.choices.clear();
    decide(answer, *parcel, false);
    if (answer.word == FloorWord::not_saved) return core::unavailable(answer.why);
    last_ = std::move(answer);
    return {};
}

core::Status Floor::note_damage(const model::ParcelId& id, const std::string& note) {
    if (auto ready = at_work(); !ready) return ready;
    const auto* parcel = book().find(id);
    if (!parcel) return core::not_found(Parcels::no_parcel);
    if (parcel->holder != *depot()) return core::conflict(not_at_depot);
    if (parcel->is_damaged) return core::conflict(damaged_before);
    if (!store::is_damage_note(note)) return core::invalid(no_note);
    store::OwnAct act;
    act.event = core::uuid_v7(stamps_.best_time());
    act.kind = store::ActKind::damage;
    act.from = act.to = parcel->holder;
    act.view = view_.applied().version;
    if (auto saved = state(*parcel, model::Damaged{note}, act, parcel->acts); !saved) return saved;
    const auto code = last_ && last_->parcel == id ? last_->code : parcel->codes.front();
    last_ = FloorAnswer{FloorWord::damaged, code, "", id, {}, {}, stamps_.best_time(), {}};
    return {};
}

core::Status Floor::undo(const model::ParcelId& id) {
    if (auto ready = at_work(); !ready) return ready;
    const auto* parcel = book().find(id);
    if (!parcel) return core::not_found(Parcels::no_parcel);
    const auto* last = parcel->last_act();
    if (!last) return core::conflict(Parcels::nothing_to_undo);
    if (stamps_.best_time() - last->at > Parcels::undo_within) return core::conflict(Parcels::too_late);
    if (last->bag) return undo_bag(*last);
    auto acts = parcel->acts;
    const auto undone =
        std::find_if(acts.begin(), acts.end(), [&](const store::OwnAct& one) { return one.event == last->event; });
    undone->undone = true;
    store::OwnAct act;
    act.event = core::uuid_v7(stamps_.best_time());
    const bool is_damage = undone->kind == store::ActKind::damage;
    act.kind = is_damage ? store::ActKind::repair : store::ActKind::correction;
    act.from = parcel->holder;
    act.to = undone->from;
    if (is_damage) act.view = view_.applied().version;
    if (auto saved = state(*parcel, model::Corrected{undone->event}, act, acts); !saved) return saved;
    if (!is_damage && std::erase_if(strangers_, [&](const store::Stranger& one) { return one.parcel == id; }) > 0)
        keep_strangers();
    const auto code = parcel->codes.front();
    const auto word = is_damage ? FloorWord::damage_taken_back : FloorWord::taken_back;
    last_ = FloorAnswer{word, code, "", id, {}, {}, stamps_.best_time(), {}};
    return {};
}

}  // namespace plus7::agent::app
