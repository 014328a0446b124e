#include "central/app/custody/custody.hpp"

#include <algorithm>

#include "central/store/order_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::custody {
namespace {

using store::CustodyRow;

template <typename Id>
Id id_from(const std::string& uuid) {
    const auto id = core::from_uuid_text(uuid);
    return id ? Id{id->value} : Id{};
}

// Whether an attempt of the holder's failed since he got the parcel.
bool has_failed(const CustodyRow& row) {
    const auto* last = row.custody.last();
    const auto after = last ? last->event : core::EventId{};
    return std::any_of(row.attempts.begin(), row.attempts.end(), [&](const store::FailedAttempt& attempt) {
        return !attempt.undone && attempt.by == row.custody.holder && attempt.after == after;
    });
}

model::ParcelStatus status_of(const CustodyRow& row) {
    model::ParcelState state;
    state.holder = row.custody.holder;
    state.has_moved = !row.custody.way.empty();
    if (const auto* last = row.custody.last()) state.leg = last->leg;
    state.is_planned = row.planned.has_value();
    state.has_failed = has_failed(row);
    state.is_cancelled = row.is_cancelled;
    state.goes_back = row.goes_back;
    state.is_damaged =
        std::any_of(row.damages.begin(), row.damages.end(), [](const store::DamageNote& one) { return !one.undone; });
    return model::status_of(state);
}

// One event against the parcel's row; what it says is done by the overload for its kind.
class Desk {
  public:
    Desk(CustodyRow& row, const ParcelEvent& event) : row_(row), event_(event) {}

    model::Verdict operator()(const Registered&) { return {}; }
    model::Verdict operator()(const Planned& plan) {
        row_.planned = plan.courier;
        return {};
    }
    model::Verdict operator()(const Unplanned&) {
        row_.planned.reset();
        return {};
    }
    model::Verdict operator()(const Cancelled&) {
        row_.is_cancelled = true;
        row_.planned.reset();
        return {};
    }
    model::Verdict operator()(const model::Damaged&) {
        if (event_.standing == model::Standing::blocked_aware)
            return {model::Effect::evidence, model::CaseReason::blocked_courier, false, false};
        row_.damages.push_back({event_.id, false});
        return {};
    }
    model::Verdict operator()(const TransferOverdue&) { return {}; }
    model::Verdict operator()(const StorageOver&) {
        row_.goes_back = true;
        return {};
    }
    model::Verdict operator()(const model::HandedOver& data) {
        const model::Handover handover{event_.id,       event_.device.value_or(event_.by.value_or("")),
                                       event_.knew,     data.from,
                                       data.to,         data.half,
                                       event_.transfer, event_.standing,
                                       data.leg};
        return model::apply(row_.custody, handover);
    }
    model::Verdict operator()(const model::AttemptFailed&) {
        if (event_.standing == model::Standing::blocked_aware)
            return {model::Effect::evidence, model::CaseReason::blocked_courier, false, false};
        const auto* last = row_.custody.last();
        const model::Holder by{model::HolderKind::courier, id_from<model::HolderId>(event_.by.value_or(""))};
        row_.attempts.push_back({event_.id, by, last ? last->event : core::EventId{}, false});
        const bool counts = by == row_.custody.holder;
        return {counts ? model::Effect::applied : model::Effect::late, model::CaseReason::none, false, false};
    }
    model::Verdict operator()(const model::Corrected& data) {
        if (is_taken_back(row_.attempts, data.event) || is_taken_back(row_.damages, data.event)) return {};
        return model::undo(row_.custody, data.event);
    }

  private:
    template <typename Notes>
    static bool is_taken_back(Notes& notes, const core::EventId& event) {
        const auto note = std::find_if(notes.begin(), notes.end(), [&](const auto& one) { return one.event == event; });
        if (note == notes.end()) return false;
        note->undone = true;
        return true;
    }

    CustodyRow& row_;
    const ParcelEvent& event_;
};

const char* kind_of(ByKind by) {
    switch (by) {
        case ByKind::courier:
            return "courier";
        case ByKind::staff:
            return "staff";
        case ByKind::system:
            break;
    }
    return "system";
}

// Any code that the order ever had: an offline handheld accepts the one it was told of, and which that was must not
// change what the log gives when it is replayed after a renewal.
bool is_code_of(const store::OrderRow& order, const core::EventId& event, const core::Hash& commitment) {
    const auto key = crypto::commit_key(order.secret, order.number);
    for (auto counter = order.code_counter; counter >= 0; --counter) {
        const auto code = crypto::handover_code(order.secret, order.number, static_cast<std::uint64_t>(counter));
        if (crypto::commit_code(key, event, code) == commitment) return true;
    }
    return false;
}

// What was shown at the door; a code is believed when the fact commits to the very code of the order.
std::string proofs_of(core::Tx& tx, const CustodyRow& row, const core::EventId& event, const model::HandedOver& data) {
    std::string words;
    for (const auto& proof : data.proofs) {
        std::string word(model::name_of(proof.kind));
        if (proof.kind == model::ProofKind::code || proof.kind == model::ProofKind::recipient_qr) {
            const auto order = store::find_order(tx, row.order);
            if (!order || !proof.commitment || !is_code_of(*order, event, *proof.commitment)) word = "code_wrong";
        }
        words += (words.empty() ? "" : ",") + word;
    }
    return words;
}

store::ParcelEventRow line_of(core::Tx& tx, const CustodyRow& row, const ParcelEvent& event,
                              const model::Verdict& verdict) {
    store::ParcelEventRow line;
    line.parcel = row.parcel;
    line.number = row.events;
    line.order = row.order;
    line.event = event.id;
    line.type = event.type;
    line.by_kind = kind_of(event.by_kind);
    line.by_id = event.by;
    line.device = event.device;
    line.at = event.at;
    line.trust = event.trust;
    line.received = event.received;
    line.where = event.where;
    if (const auto* handed = std::get_if<model::HandedOver>(&event.what)) {
        line.from = handed->from;
        line.to = handed->to;
        line.proofs = proofs_of(tx, row, event.id, *handed);
    }
    if (const auto* plan = std::get_if<Planned>(&event.what))
        line.to = model::Holder{model::HolderKind::courier, id_from<model::HolderId>(plan->courier)};
    if (const auto* failed = std::get_if<model::AttemptFailed>(&event.what)) line.reason = failed->reason;
    if (const auto* cancelled = std::get_if<Cancelled>(&event.what)) line.reason = cancelled->reason;
    if (const auto* damaged = std::get_if<model::Damaged>(&event.what)) line.reason = damaged->note;
    if (event.reason) line.reason = event.reason;
    line.effect = model::name_of(verdict.effect);
    line.doubt = model::name_of(verdict.reason);
    line.status = model::name_of(row.status);
    return line;
}

std::optional<CustodyRow> row_for(core::Tx& tx, const ParcelEvent& event) {
    auto row = store::lock_custody(tx, event.parcel);
    const auto* registered = std::get_if<Registered>(&event.what);
    if (row || !registered) return row;
    row.emplace();
    row->parcel = event.parcel;
    row->order = registered->order;
    return row;
}

void settle_order(core::Tx& tx, const CustodyRow& changed, Taken& taken) {
    taken.order_before = store::lock_order_state(tx, changed.order);
    const auto status = model::order_status(store::statuses_of_order(tx, changed.order));
    store::put_order_state(tx, changed.order, status, changed.changed);
    taken.order_after = status;
}

}  // namespace

core::Result<Taken> take(core::Tx& tx, const ParcelEvent& event) {
    auto row = row_for(tx, event);
    if (!row) return core::not_found("no such parcel");
    const auto before = row->status;
    const bool was_clear = row->custody.is_clear;
    const auto verdict = std::visit(Desk(*row, event), event.what);
    ++row->events;
    row->status = status_of(*row);
    row->changed = event.received;
    store::put_custody(tx, *row);
    store::insert_parcel_event(tx, line_of(tx, *row, event, verdict));
    if (const auto* corrected = std::get_if<model::Corrected>(&event.what);
        corrected && verdict.effect == model::Effect::applied)
        store::mark_undone(tx, row->parcel, corrected->event);
    Taken taken{row->order, verdict, was_clear, row->custody.is_clear, before, row->status, event.id, {}, {}, event.at};
    settle_order(tx, *row, taken);
    return taken;
}

}  // namespace plus7::central::app::custody
