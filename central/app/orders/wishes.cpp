#include "central/app/orders/wishes.hpp"

#include <algorithm>

#include "central/app/tariffs/tariffs.hpp"

namespace plus7::central::app::orders {
namespace {

// The newest that was not taken back and that the office has not answered with a time of its own.
const store::SlotWishRow* standing(const std::vector<store::SlotWishRow>& wishes, core::TimeUs office) {
    const auto found = std::find_if(wishes.rbegin(), wishes.rend(), [](const auto& wish) { return !wish.is_undone; });
    return found == wishes.rend() || found->at <= office ? nullptr : &*found;
}

void give_slot(core::Tx& tx, store::OrderRow order, const std::optional<store::Slot>& slot) {
    if (order.slot == slot) return;
    order.slot = slot;
    store::update_order(tx, order);
    tariffs::resettle(tx, order);
}

// The order's slot follows from its wishes and the office's word.
void settle_slot(core::Tx& tx, const std::string& id) {
    if (!store::lock_order(tx, id)) return;
    const auto line = store::find_order_line(tx, id);
    if (store::is_over(line->status)) return;
    auto word = store::slot_word(tx, id).value_or(store::SlotWordRow{id, {}, {}, {}});
    const auto wishes = store::slot_wishes(tx, id);
    const auto* wish = standing(wishes, word.office);
    const auto has = wish != nullptr ? std::optional(wish->event) : std::nullopt;
    if (word.wish == has) return;
    if (!word.wish) word.before = line->order.slot;
    give_slot(tx, line->order, wish != nullptr ? std::optional(wish->slot) : word.before);
    word.wish = has;
    store::put_slot_word(tx, word);
}

}  // namespace

void take_wish(core::Tx& tx, const store::SlotWishRow& wish) {
    if (store::insert_slot_wish(tx, wish)) settle_slot(tx, wish.order);
}

void take_back_wish(core::Tx& tx, const core::EventId& attempt) {
    if (const auto order = store::undo_slot_wish(tx, attempt)) settle_slot(tx, *order);
}

void note_office_slot(core::Tx& tx, const std::string& order, core::TimeUs now) {
    store::put_slot_word(tx, {order, now, std::nullopt, {}});
}

std::string_view fate_of(const store::SlotWishRow& wish, const std::vector<store::SlotWishRow>& all,
                         const std::optional<store::SlotWordRow>& word) {
    if (wish.is_undone) return "undone";
    // Said once for every parcel that was to be handed over at that door.
    const auto had =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return word && word->wish == one.event; });
    if (had != all.end() && had->slot == wish.slot) return "slot";
    if (word && wish.at <= word->office) return "office";
    const auto* newest = standing(all, {});
    return newest == nullptr || newest->event == wish.event ? "over" : "later";
}

}  // namespace plus7::central::app::orders
