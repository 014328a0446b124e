#include "agent/app/transfers.hpp"

#include <algorithm>
#include <stdexcept>

#include "agent/store/note_list.hpp"
#include "shared/core/random.hpp"

namespace plus7::agent::app {
namespace {

struct Invited {
    model::TransferId transfer;
    core::TimeMs at{};
};

core::Bytes encode_invited(const Invited& one) {
    return wire::CborMap{}.bytes("transfer", one.transfer.bytes()).time("at_ms", one.at).encode();
}

Invited read_invited(const wire::Value& map) {
    return {map.get("transfer").fixed<model::TransferId>(), map.get("at_ms").time()};
}

std::vector<Invited> invited_of(const store::Outbox& outbox) {
    const auto note = outbox.note(Transfers::invited_note);
    return note ? store::list_from(*note, Transfers::most_invited, read_invited) : std::vector<Invited>{};
}

// The transfer under which a parcel went from here, when it did last.
const store::OwnAct* gift_of(const store::WorkParcel& parcel) {
    const auto* last = parcel.last_act();
    const bool given =
        last != nullptr && last->transfer && last->to.kind == model::HolderKind::courier && parcel.holder == last->to;
    return given ? last : nullptr;
}

}  // namespace

core::Result<Courier> Transfers::at_work() const {
    if (const auto free = shift_.at_work(); !free) return free.error();
    if (shift_.open()->courier.site) return core::conflict(only_couriers);
    return shift_.open()->courier;
}

core::Result<std::string> Transfers::invite() {
    const auto me = at_work();
    if (!me) return me.error();
    const store::Invitation invitation{core::random_id<model::TransferId>(), me->id, me->code};
    auto all = invited_of(outbox_);
    all.push_back({invitation.transfer, stamps_.best_time()});
    const auto note = store::encode_list(all, most_invited, encode_invited);
    if (const auto kept = outbox_.keep_note({std::string(invited_note), note}); !kept) return kept.error();
    return store::to_code(invitation);
}

bool Transfers::is_invited(const model::TransferId& transfer) const {
    const auto all = invited_of(outbox_);
    return std::any_of(all.begin(), all.end(), [&](const Invited& one) {
        return one.transfer == transfer && stamps_.best_time() - one.at < invited_for;
    });
}

core::Result<Transfers::Received> Transfers::receive(std::string_view code) {
    if (const auto me = at_work(); !me) return me.error();
    const auto goods = store::goods_from(code);
    if (!goods) return goods.error();
    if (!is_invited(goods->transfer)) return core::denied(not_for_us);
    const auto saved = parcels_.take_from({goods->transfer, goods->giver, goods->code}, goods->rows);
    if (!saved) return saved.error();
    Received received{goods->code, std::nullopt, saved->size()};
    for (const auto& row : goods->rows)
        if (row.first.kind == wire::RowKind::task) received.order = model::OrderId{row.first.id.value};
    return received;
}

core::Status Transfers::hear(std::string_view code) {
    const auto me = at_work();
    if (!me) return me.error();
    auto invitation = store::invitation_from(code);
    if (!invitation) return invitation.error();
    if (invitation->taker == me->id) return core::conflict(own_code);
    heard_ = Heard{std::move(*invitation), stamps_.mono()};
    return {};
}

const store::Invitation* Transfers::heard() const {
    const bool holds = heard_ && shift_.open() && stamps_.mono() - heard_->at < heard_for;
    return holds ? &heard_->invitation : nullptr;
}

Parcels::Saved Transfers::give(const ParcelIds& parcels) {
    if (const auto me = at_work(); !me) return me.error();
    const auto* to = heard();
    if (to == nullptr) return core::conflict(no_colleague);
    return parcels_.give(parcels, {to->transfer, to->taker, to->code});
}

core::Result<std::string> Transfers::goods(const model::OrderId& order) const {
    const auto me = at_work();
    if (!me) return me.error();
    std::optional<model::TransferId> transfer;
    std::vector<model::ParcelId> given;
    for (const auto& task : parcels_.work().tasks()) {
        if (task.order != order) continue;
        for (const auto& parcel : task.parcels) {
            const auto* gift = gift_of(parcel);
            if (gift == nullptr || (transfer && gift->transfer != transfer)) continue;
            transfer = gift->transfer;
            given.push_back(parcel.id);
        }
    }
    if (!transfer) return core::not_found(nothing_given);
    try {
        return store::to_code(store::Goods{*transfer, me->id, me->code, parcels_.work().rows_of(order, given)});
    } catch (const std::invalid_argument&) {
        return core::limit(too_much);
    }
}

}  // namespace plus7::agent::app
