// Times that recipients asked for at failed attempts, and whose word an order's slot is (0018_breaks.sql). SQL only;
// the rules are in app/orders/wishes. Used within a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/store/order_store.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct SlotWishRow {
    core::EventId event;  // of the attempt
    std::string order;
    core::TimeUs at{};
    Slot slot;
    bool is_undone = false;
};

struct SlotWordRow {
    std::string order;
    core::TimeUs office{};              // when the office last set the slot; 0: never since the order was made
    std::optional<core::EventId> wish;  // that the order has now
    std::optional<Slot> before{};       // what returns without it
};

bool insert_slot_wish(sql::Tx& tx, const SlotWishRow& wish);  // false: it is known
// The order whose wish it was; nothing when the event brought none.
std::optional<std::string> undo_slot_wish(sql::Tx& tx, const core::EventId& event);
std::vector<SlotWishRow> slot_wishes(sql::Tx& tx, const std::string& order);  // oldest first
std::optional<SlotWordRow> slot_word(sql::Tx& tx, const std::string& order);  // changed under the order's lock
void put_slot_word(sql::Tx& tx, const SlotWordRow& word);

}  // namespace plus7::central::store
