#include "agent/app/parcels.hpp"

#include <algorithm>
#include <utility>

#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"
#include "shared/model/attempt_reasons.hpp"

namespace plus7::agent::app {
namespace {

std::string_view demand_of(model::ProofKind kind) {
    switch (kind) {
        case model::ProofKind::code:
            return Parcels::needs_code;
        case model::ProofKind::signature:
            return Parcels::needs_signature;
        case model::ProofKind::photo:
            return Parcels::needs_picture;
        default:
            return Parcels::needs_document;
    }
}

}  // namespace

std::optional<model::Holder> Parcels::self() const {
    if (!shift_.open()) return std::nullopt;
    const auto& courier = shift_.open()->courier;
    return courier.site.value_or(model::Holder{model::HolderKind::courier, {courier.id.value}});
}

Parcels::Chosen Parcels::choose(const ParcelIds& ids) const {
    if (const auto free = shift_.at_work(); !free) return free.error();
    if (ids.empty() || ids.size() > most_at_once) return core::not_found(no_parcel);
    std::vector<store::WorkParcel> chosen;
    for (const auto& id : ids) {
        auto parcel = work_.parcel(id);
        if (!parcel) return core::not_found(no_parcel);
        chosen.push_back(std::move(*parcel));
    }
    return chosen;
}

Parcels::Chosen Parcels::on_board(const ParcelIds& ids) const {
    auto chosen = choose(ids);
    if (!chosen) return chosen;
    const auto mine = *self();
    if (std::any_of(chosen->begin(), chosen->end(), [&](const auto& parcel) { return parcel.holder != mine; }))
        return core::conflict(not_on_board);
    return chosen;
}

template <typename Data>
core::Result<core::EventId> Parcels::state(const store::WorkParcel& parcel, const Data& data, store::OwnAct act,
                                           std::vector<store::OwnAct> acts, const store::Outbox::Also& also) {
    act.version = parcel.version;
    act.at = stamps_.best_time();
    if (!parcel.codes.empty()) act.code = parcel.codes.front();
    acts.push_back(act);
    const auto order = parcel.order.is_zero() ? std::nullopt : std::optional(parcel.order);
    const auto saved = logbook_.state_about({act.event, parcel.id, order, parcel.version, act.transfer}, data,
                                            {{store::own_acts_note(parcel.id), store::encode(acts)}}, also);
    if (!saved) return saved.error();
    return act.event;
}

Parcels::Saved Parcels::hand_over(const std::vector<store::WorkParcel>& parcels, Handing how) {
    std::vector<core::EventId> events;
    for (const auto& parcel : parcels) {
        auto data = how.data;
        data.from = parcel.holder;
        store::OwnAct act;
        act.event = core::uuid_v7(stamps_.best_time());
        if (data.to.kind == model::HolderKind::customer)
            if (const auto code = codes_.proof(parcel.order, act.event)) data.proofs.insert(data.proofs.begin(), *code);
        act.from = data.from;
        act.to = data.to;
        act.visit = data.visit;
        if (how.colleague) {
            act.transfer = how.colleague->transfer;
            act.whom = how.colleague->code;
        }
        const auto saved = state(parcel, data, act, parcel.acts, std::exchange(how.also, {}));
        if (!saved) return saved.error();
        events.push_back(*saved);
    }
    return events;
}

Parcels::Saved Parcels::take(const ParcelIds& ids) {
    const auto chosen = choose(ids);
    if (!chosen) return chosen.error();
    model::HandedOver how;
    how.to = *self();
    if (std::any_of(chosen->begin(), chosen->end(), [&](const auto& parcel) { return parcel.holder == how.to; }))
        return core::conflict(has_it);
    return hand_over(*chosen, {how, {}, {}});
}

Parcels::Saved Parcels::deliver(const ParcelIds& ids, const std::vector<model::Proof>& proofs) {
    const auto chosen = on_board(ids);
    if (!chosen) return chosen.error();
    if (const auto shown = check_proofs(*chosen, proofs); !shown) return shown.error();
    model::HandedOver how;
    how.to = {model::HolderKind::customer, {}};
    how.visit = core::random_id<model::VisitId>();
    how.proofs = proofs;
    std::erase_if(how.proofs, [](const model::Proof& proof) {
        return proof.kind == model::ProofKind::code || proof.kind == model::ProofKind::recipient_qr;
    });
    return hand_over(*chosen, {how, {}, {}});
}

core::Status Parcels::check_proofs(const std::vector<store::WorkParcel>& parcels,
                                   const std::vector<model::Proof>& proofs) const {
    const auto is_shown = [&](const model::OrderId& order, model::ProofKind kind) {
        if (kind == model::ProofKind::code) return codes_.knows(order);
        return std::any_of(proofs.begin(), proofs.end(), [&](const model::Proof& proof) { return proof.kind == kind; });
    };
    for (const auto& parcel : parcels) {
        const auto task = work_.task(parcel.order);
        if (!task) continue;
        for (const auto kind : task->proof)
            if (kind != model::ProofKind::unknown && !is_shown(parcel.order, kind))
                return core::invalid(demand_of(kind));
    }
    return {};
}

Parcels::Saved Parcels::hand_back(const ParcelIds& ids, const model::HolderId& site) {
    const auto chosen = on_board(ids);
    if (!chosen) return chosen.error();
    const auto sites = work_.sites();
    const auto known = std::find_if(sites.begin(), sites.end(), [&](const auto& one) { return one.holder.id == site; });
    if (known == sites.end()) return core::not_found(no_site);
    model::HandedOver how;
    how.to = known->holder;
    return hand_over(*chosen, {how, {}, {}});
}

Parcels::Saved Parcels::fail(const ParcelIds& ids, const Failure& failure) {
    const auto chosen = on_board(ids);
    if (!chosen) return chosen.error();
    const auto* reason = model::find_attempt_reason(failure.reason);
    if (reason == nullptr) return core::invalid(no_reason);
    if (reason->needs_photo && failure.photos.empty()) return core::invalid(needs_photo);
    if (failure.calls < reason->calls) return core::invalid(needs_calls);
    const auto now = stamps_.best_time();
    if (failure.again && (failure.again->from >= failure.again->to || failure.again->to <= now ||
                          failure.again->to > now + again_within))
        return core::invalid(bad_again);
    const model::AttemptFailed data{failure.reason, core::random_id<model::VisitId>(), failure.calls, failure.photos,
                                    failure.again};
    std::vector<core::EventId> events;
    for (const auto& parcel : *chosen) {
        store::OwnAct act;
        act.event = core::uuid_v7(stamps_.best_time());
        act.kind = store::ActKind::attempt;
        act.visit = data.visit;
        act.reason = failure.reason;
        act.again = failure.again;
        const auto saved = state(parcel, data, act, parcel.acts);
        if (!saved) return saved.error();
        events.push_back(*saved);
    }
    return events;
}

Parcels::Saved Parcels::undo(const ParcelIds& ids) {
    const auto chosen = choose(ids);
    if (!chosen) return chosen.error();
    for (const auto& parcel : *chosen) {
        const auto* last = parcel.last_act();
        if (last == nullptr) return core::conflict(nothing_to_undo);
        if (stamps_.best_time() - last->at > undo_within) return core::conflict(too_late);
    }
    std::vector<core::EventId> events;
    for (const auto& parcel : *chosen) {
        auto acts = parcel.acts;
        const auto last = std::find_if(acts.begin(), acts.end(),
                                       [&](const auto& act) { return act.event == parcel.last_act()->event; });
        last->undone = true;
        store::OwnAct act;
        act.event = core::uuid_v7(stamps_.best_time());
        act.kind = store::ActKind::correction;
        act.from = parcel.holder;
        act.to = last->kind == store::ActKind::handover ? last->from : parcel.holder;
        const auto saved = state(parcel, model::Corrected{last->event}, act, acts);
        if (!saved) return saved.error();
        events.push_back(*saved);
    }
    return events;
}

Parcels::Saved Parcels::give(const ParcelIds& ids, const Colleague& to) {
    const auto chosen = on_board(ids);
    if (!chosen) return chosen.error();
    model::HandedOver how;
    how.to = {model::HolderKind::courier, {to.courier.value}};
    how.half = model::Half::give;
    return hand_over(*chosen, {how, to, {}});
}

Parcels::Saved Parcels::take_from(const Colleague& from, const std::vector<store::HandedRow>& rows) {
    if (const auto free = shift_.at_work(); !free) return free.error();
    model::HandedOver how;
    how.to = *self();
    how.half = model::Half::take;
    std::vector<store::WorkParcel> given;
    for (const auto& row : rows) {
        auto parcel = store::parcel_from(row);
        if (!parcel) continue;
        if (auto known = work_.parcel(parcel->id)) parcel = std::move(known);
        if (parcel->holder == how.to) continue;
        parcel->holder = {model::HolderKind::courier, {from.courier.value}};
        given.push_back(std::move(*parcel));
    }
    const auto at = stamps_.best_time();
    const auto keep = [&](core::Tx& tx) { return work_.view().put_handed(tx, rows, at); };
    return hand_over(given, {how, from, keep});
}

}  // namespace plus7::agent::app
