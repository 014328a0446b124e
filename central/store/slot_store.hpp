// Rows of slots, holidays and how full slots are (0014_tariffs.sql). SQL only; the rules are in app/tariffs/slots. In a
// transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct SlotRuleRow {
    std::string id;                   // UUID text
    std::optional<std::string> zone;  // none: everywhere
    std::int64_t weekdays = 0;        // bit 0: Monday
    std::int64_t from_minute = 0, to_minute = 0;
    std::int64_t capacity = 0;
    std::int64_t cut_off = 0;  // minutes before the beginning
    bool is_open = true;       // else archived
    std::int64_t version = 1;
    core::TimeUs created{};
};

struct HolidayRow {
    std::string id;   // UUID text
    std::string day;  // 2027-01-01
    std::optional<std::string> zone;
    std::string name;
    std::optional<std::int64_t> as_weekday;  // 0: Monday; none: no slots
};

void insert_slot_rule(sql::Tx& tx, const SlotRuleRow& rule);
void update_slot_rule(sql::Tx& tx, const SlotRuleRow& rule);  // gives the next version
std::optional<SlotRuleRow> lock_slot_rule(sql::Tx& tx, const std::string& id);
std::vector<SlotRuleRow> slot_rules(sql::Tx& tx);  // archived ones too, by time of day
std::vector<SlotRuleRow> open_slot_rules(sql::Tx& tx, const std::optional<std::string>& zone);

void insert_holiday(sql::Tx& tx, const HolidayRow& holiday);
std::int64_t delete_holiday(sql::Tx& tx, const std::string& id);
std::vector<HolidayRow> holidays(sql::Tx& tx, const std::string& from_day);  // from this day on, in order

// Orders that take a window of a slot, cancelled ones and `but` left out.
std::int64_t taken_of(sql::Tx& tx, const std::string& slot, core::TimeUs from, const std::string& but);

}  // namespace plus7::central::store
