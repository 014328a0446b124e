#include <algorithm>

#include "agent/app/floor.hpp"

namespace plus7::agent::app {
namespace {

using store::FloorParcel;

bool is_planned_for(const FloorParcel& parcel, const model::CourierId& courier) {
    return parcel.goal == store::FloorGoal::courier && parcel.to && parcel.to->value == courier.value;
}

bool is_with(const FloorParcel& parcel, const model::CourierId& courier) {
    return parcel.holder.kind == model::HolderKind::courier && parcel.holder.id.value == courier.value;
}

template <typename Rule>
std::vector<const FloorParcel*> list(const store::FloorBook& book, Rule rule) {
    std::vector<const FloorParcel*> chosen;
    for (const auto& [id, parcel] : book.parcels())
        if (rule(parcel)) chosen.push_back(&parcel);
    std::sort(chosen.begin(), chosen.end(), [](const FloorParcel* a, const FloorParcel* b) {
        return std::tie(a->place, a->order_number, a->number) < std::tie(b->place, b->order_number, b->number);
    });
    return chosen;
}

}  // namespace

// By central's word, by an own act, or because somebody has brought it on from here.
bool Floor::has_arrived(const Parcel& parcel) const {
    if (parcel.has_arrived) return true;
    const auto at = depot();
    return at && std::any_of(parcel.acts.begin(), parcel.acts.end(), [&](const store::OwnAct& act) {
               return act.kind == store::ActKind::handover && !act.undone && act.to == *at;
           });
}

RegistryFigures Floor::figures(const store::FloorRegistry& registry) const {
    RegistryFigures figures{registry.expected, registry.arrived, registry.extra};
    for (const auto& [id, parcel] : book_.parcels()) {
        if (parcel.registry != registry.id || parcel.has_arrived || !has_arrived(parcel)) continue;
        ++figures.arrived;
        // What was called off before it came was not expected, until it came.
        if (parcel.is_cancelled && parcel.was_with_seller) ++figures.expected;
    }
    const auto applied = view_.applied().version;
    for (const auto& stranger : strangers_) {
        const bool is_told = applied > stranger.view && outbox_.is_acked(stranger.scan);
        if (stranger.registry == registry.id && !is_told) ++figures.extra;
    }
    return figures;
}

std::map<model::CourierId, CourierFigures> Floor::crew() const {
    std::map<model::CourierId, CourierFigures> crew;
    const auto at = depot();
    if (!at) return crew;
    const auto id_of = [](const model::HolderId& id) { return model::CourierId{id.value}; };
    for (const auto& [id, parcel] : book_.parcels()) {
        if (parcel.holder.kind == model::HolderKind::courier) ++crew[id_of(parcel.holder.id)].carried;
        if (parcel.goal == store::FloorGoal::courier && parcel.to) {
            if (parcel.holder == *at) ++crew[id_of(*parcel.to)].waiting;
            if (parcel.holder.kind == model::HolderKind::seller) ++crew[id_of(*parcel.to)].coming;
        }
        const auto* last = parcel.last_move();
        const bool is_back = last && last->to == *at && last->from.kind == model::HolderKind::courier;
        if (is_back && shift_.open() && last->at >= shift_.open()->since) ++crew[id_of(last->from.id)].counted;
    }
    return crew;
}

std::vector<const FloorParcel*> Floor::missing(const model::RegistryId& registry) const {
    return list(book_, [&](const Parcel& one) {
        return one.registry == registry && !has_arrived(one) && !(one.is_cancelled && one.was_with_seller);
    });
}

std::vector<const FloorParcel*> Floor::waiting(const model::CourierId& courier) const {
    const auto at = depot();
    return list(book_, [&](const Parcel& one) { return at && one.holder == *at && is_planned_for(one, courier); });
}

std::vector<const FloorParcel*> Floor::coming(const model::CourierId& courier) const {
    return list(book_, [&](const Parcel& one) {
        return one.holder.kind == model::HolderKind::seller && is_planned_for(one, courier);
    });
}

std::vector<const FloorParcel*> Floor::carried(const model::CourierId& courier) const {
    return list(book_, [&](const Parcel& one) { return is_with(one, courier); });
}

}  // namespace plus7::agent::app
