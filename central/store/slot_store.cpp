#include "central/store/slot_store.hpp"

namespace plus7::central::store {
namespace {

const std::string select_rule =
    "SELECT slot_id, zone_id, weekdays, from_minute, to_minute, capacity, cut_off, state, version, created_us FROM "
    "slot_rule ";
const std::string in_order = " ORDER BY from_minute, to_minute, slot_id";

SlotRuleRow rule_of(const sql::Row& row) {
    return {row.get<std::string>("slot_id"),    row.get<std::optional<std::string>>("zone_id"),
            row.get<std::int64_t>("weekdays"),  row.get<std::int64_t>("from_minute"),
            row.get<std::int64_t>("to_minute"), row.get<std::int64_t>("capacity"),
            row.get<std::int64_t>("cut_off"),   row.get<std::string>("state") == "open",
            row.get<std::int64_t>("version"),   row.get<core::TimeUs>("created_us")};
}

std::vector<SlotRuleRow> all_of(const sql::Rows& rows) {
    std::vector<SlotRuleRow> all;
    for (const auto& row : rows) all.push_back(rule_of(row));
    return all;
}

const char* state_of(const SlotRuleRow& rule) { return rule.is_open ? "open" : "archived"; }

}  // namespace

void insert_slot_rule(sql::Tx& tx, const SlotRuleRow& r) {
    tx.exec(
        "INSERT INTO slot_rule (slot_id, zone_id, weekdays, from_minute, to_minute, capacity, cut_off, state, version, "
        "created_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        r.id, r.zone, r.weekdays, r.from_minute, r.to_minute, r.capacity, r.cut_off, state_of(r), r.version, r.created);
}

void update_slot_rule(sql::Tx& tx, const SlotRuleRow& r) {
    tx.exec(
        "UPDATE slot_rule SET capacity = $2, cut_off = $3, weekdays = $4, state = $5, version = version + 1 WHERE "
        "slot_id = $1",
        r.id, r.capacity, r.cut_off, r.weekdays, state_of(r));
}

std::optional<SlotRuleRow> lock_slot_rule(sql::Tx& tx, const std::string& id) {
    const auto row = tx.one(select_rule + "WHERE slot_id = $1 {for_update}", id);
    if (!row) return std::nullopt;
    return rule_of(*row);
}

std::vector<SlotRuleRow> slot_rules(sql::Tx& tx) { return all_of(tx.query(select_rule + in_order)); }

std::vector<SlotRuleRow> open_slot_rules(sql::Tx& tx, const std::optional<std::string>& zone) {
    return all_of(tx.query(
        select_rule + "WHERE state = 'open' AND (zone_id IS NULL OR zone_id = CAST($1 AS TEXT))" + in_order, zone));
}

void insert_holiday(sql::Tx& tx, const HolidayRow& h) {
    tx.exec("INSERT INTO holiday (holiday_id, day, zone_id, name, as_weekday) VALUES ($1, $2, $3, $4, $5)", h.id, h.day,
            h.zone, h.name, h.as_weekday);
}

std::int64_t delete_holiday(sql::Tx& tx, const std::string& id) {
    return tx.exec("DELETE FROM holiday WHERE holiday_id = $1", id);
}

std::vector<HolidayRow> holidays(sql::Tx& tx, const std::string& from_day) {
    std::vector<HolidayRow> all;
    const auto rows = tx.query(
        "SELECT holiday_id, day, zone_id, name, as_weekday FROM holiday WHERE day >= $1 ORDER BY day, holiday_id",
        from_day);
    for (const auto& row : rows)
        all.push_back({row.get<std::string>("holiday_id"), row.get<std::string>("day"),
                       row.get<std::optional<std::string>>("zone_id"), row.get<std::string>("name"),
                       row.get<std::optional<std::int64_t>>("as_weekday")});
    return all;
}

std::int64_t taken_of(sql::Tx& tx, const std::string& slot, core::TimeUs from, const std::string& but) {
    return tx
        .one(
            "SELECT COUNT(*) FROM order_price p JOIN order_state s ON s.order_id = p.order_id WHERE p.slot_id = $1 "
            "AND p.slot_from_us = $2 AND p.order_id <> $3 AND s.status <> 'cancelled'",
            slot, from, but)
        ->get<std::int64_t>(0);
}

}  // namespace plus7::central::store
