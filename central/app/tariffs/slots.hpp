// Slots: windows of delivery with a capacity, by weekday and holiday, in the time zone of the depot that serves the
// zone. Synchronous, inside the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/store/order_store.hpp"
#include "central/store/slot_store.hpp"
#include "central/store/zone_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::tariffs {

struct OfferedSlot {
    std::string rule;
    core::TimeUs from{}, to{};
    std::int64_t capacity = 0, taken = 0;
    bool too_late = false;  // past its cut-off
};

// IANA; of the zone's depot, else of the first open depot.
std::string time_zone_of(core::Tx& tx, const std::optional<store::ZoneRow>& zone);

// Today and the days after, as the clock there counts them; windows that are over are left out.
std::vector<OfferedSlot> offered_slots(core::Tx& tx, const std::optional<store::ZoneRow>& zone, core::TimeUs now,
                                       int days);
// The rule whose window this is; nothing: a window that was typed freely.
std::optional<store::SlotRuleRow> rule_of(core::Tx& tx, const std::optional<store::ZoneRow>& zone,
                                          const store::Slot& slot);
// Holds the rule until the transaction ends, so that two orders do not take the last place both. conflict, beginning
// with "slot": it is full.
core::Status require_room(core::Tx& tx, const store::SlotRuleRow& rule, core::TimeUs from, const std::string& order);

struct SlotRuleChange {
    std::optional<std::int64_t> weekdays, capacity, cut_off;
    std::optional<bool> open;
};

// invalid: no such zone, no weekday, a window that does not lie in one day, a capacity or cut-off out of range.
core::Result<store::SlotRuleRow> create_slot_rule(core::Tx& tx, store::SlotRuleRow rule, core::TimeUs now);
core::Result<store::SlotRuleRow> change_slot_rule(core::Tx& tx, const std::string& id, const SlotRuleChange& change);
core::Result<store::HolidayRow> create_holiday(core::Tx& tx, store::HolidayRow holiday, core::TimeUs now);

}  // namespace plus7::central::app::tariffs
