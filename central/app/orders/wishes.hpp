// The time that a recipient asks for at a failed attempt becomes the order's slot, also a full one: the field's word is
// a fact. The office's later word stands against it, and what is taken back gives the time of before again. The price
// stays. Synchronous, inside the caller's transaction.
#pragma once
#include <string>
#include <string_view>

#include "central/store/order_store.hpp"
#include "central/store/slot_wish_store.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::orders {

// The same event again changes nothing. The caller tells the handhelds.
void take_wish(core::Tx& tx, const store::SlotWishRow& wish);
void take_back_wish(core::Tx& tx, const core::EventId& attempt);
// The office set the slot itself.
void note_office_slot(core::Tx& tx, const std::string& order, core::TimeUs now);

// What became of a wish: "slot" (the order has it), "office" (the office set another time after it), "later" (another
// wish came after it), "undone", "over" (the order had come to its end).
std::string_view fate_of(const store::SlotWishRow& wish, const std::vector<store::SlotWishRow>& all,
                         const std::optional<store::SlotWordRow>& word);

}  // namespace plus7::central::app::orders
