#include "central/store/slot_wish_store.hpp"

namespace plus7::central::store {
namespace {

std::optional<core::TimeUs> from_of(const std::optional<Slot>& slot) {
    return slot ? std::optional(slot->from) : std::nullopt;
}

std::optional<core::TimeUs> to_of(const std::optional<Slot>& slot) {
    return slot ? std::optional(slot->to) : std::nullopt;
}

}  // namespace

bool insert_slot_wish(sql::Tx& tx, const SlotWishRow& wish) {
    return tx.exec(
               "INSERT INTO slot_wish (event_id, order_id, at_us, from_us, to_us) VALUES ($1, $2, $3, $4, $5) "
               "ON CONFLICT (event_id) DO NOTHING",
               wish.event, wish.order, wish.at, wish.slot.from, wish.slot.to) == 1;
}

std::optional<std::string> undo_slot_wish(sql::Tx& tx, const core::EventId& event) {
    const auto row = tx.one("UPDATE slot_wish SET undone = 1 WHERE event_id = $1 RETURNING order_id", event);
    if (!row) return std::nullopt;
    return row->get<std::string>("order_id");
}

std::vector<SlotWishRow> slot_wishes(sql::Tx& tx, const std::string& order) {
    std::vector<SlotWishRow> wishes;
    for (const auto& row : tx.query("SELECT event_id, at_us, from_us, to_us, undone FROM slot_wish WHERE order_id = $1 "
                                    "ORDER BY at_us, event_id",
                                    order))
        wishes.push_back({row.get<core::EventId>("event_id"),
                          order,
                          row.get<core::TimeUs>("at_us"),
                          {row.get<core::TimeUs>("from_us"), row.get<core::TimeUs>("to_us")},
                          row.get<std::int64_t>("undone") != 0});
    return wishes;
}

std::optional<SlotWordRow> slot_word(sql::Tx& tx, const std::string& order) {
    const auto row =
        tx.one("SELECT office_us, wish, office_from_us, office_to_us FROM slot_word WHERE order_id = $1", order);
    if (!row) return std::nullopt;
    SlotWordRow word{order, row->get<core::TimeUs>("office_us"), row->get<std::optional<core::EventId>>("wish"), {}};
    const auto from = row->get<std::optional<core::TimeUs>>("office_from_us");
    const auto to = row->get<std::optional<core::TimeUs>>("office_to_us");
    if (from && to) word.before = Slot{*from, *to};
    return word;
}

void put_slot_word(sql::Tx& tx, const SlotWordRow& word) {
    tx.exec(
        "INSERT INTO slot_word (order_id, office_us, wish, office_from_us, office_to_us) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (order_id) DO UPDATE SET office_us = excluded.office_us, wish = excluded.wish, "
        "office_from_us = excluded.office_from_us, office_to_us = excluded.office_to_us",
        word.order, word.office, word.wish, from_of(word.before), to_of(word.before));
}

}  // namespace plus7::central::store
