#include "central/app/tariffs/slots.hpp"

#include "central/store/site_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/text/fold.hpp"
#include "shared/text/local_day.hpp"

namespace plus7::central::app::tariffs {
namespace {

constexpr std::int64_t day_minutes = 1440;
constexpr std::int64_t every_day = 0b1111111;
constexpr std::int64_t most_orders = 100'000;
constexpr std::int64_t most_cut_off = 14 * day_minutes;

// What holds on one day: nothing when there are no slots.
std::optional<int> weekday_for(const std::vector<store::HolidayRow>& holidays, const std::string& day,
                               const std::optional<store::ZoneRow>& zone) {
    const store::HolidayRow* found = nullptr;  // the zone's own day before everybody's
    for (const auto& holiday : holidays) {
        if (holiday.day != day || (holiday.zone && (!zone || *holiday.zone != zone->id))) continue;
        if (!found || holiday.zone) found = &holiday;
    }
    if (!found) return text::weekday_of(day);
    if (!found->as_weekday) return std::nullopt;
    return static_cast<int>(*found->as_weekday);
}

std::optional<std::string> id_of(const std::optional<store::ZoneRow>& zone) {
    return zone ? std::optional(zone->id) : std::nullopt;
}

bool is_on(const store::SlotRuleRow& rule, int weekday) { return (rule.weekdays >> weekday & 1) != 0; }

core::Status check(const store::SlotRuleRow& rule) {
    if (rule.weekdays < 1 || rule.weekdays > every_day) return core::invalid("a slot is on at least one weekday");
    if (rule.from_minute < 0 || rule.to_minute > day_minutes || rule.to_minute <= rule.from_minute)
        return core::invalid("a slot begins and ends on one day, and ends after it begins");
    if (rule.capacity < 0 || rule.capacity > most_orders)
        return core::invalid("a slot takes between 0 and 100 000 orders");
    if (rule.cut_off < 0 || rule.cut_off > most_cut_off) return core::invalid("the cut-off is at most 14 days before");
    return {};
}

}  // namespace

std::string time_zone_of(core::Tx& tx, const std::optional<store::ZoneRow>& zone) {
    if (zone && zone->depot)
        if (const auto depot = store::find_site(tx, *zone->depot)) return depot->time_zone;
    for (const auto& site : store::sites(tx))
        if (site.is_depot && site.is_open) return site.time_zone;
    return store::SiteRow{}.time_zone;
}

std::vector<OfferedSlot> offered_slots(core::Tx& tx, const std::optional<store::ZoneRow>& zone, core::TimeUs now,
                                       int days) {
    const auto clock = time_zone_of(tx, zone);
    const auto today = text::local_time(now, clock).day;
    const auto holidays = store::holidays(tx, today);
    const auto rules = store::open_slot_rules(tx, id_of(zone));
    std::vector<OfferedSlot> offered;
    for (int ahead = 0; ahead < days; ++ahead) {
        const auto day = text::day_after(today, ahead);
        const auto weekday = weekday_for(holidays, day, zone);
        for (const auto& rule : rules) {
            if (!weekday || !is_on(rule, *weekday)) continue;
            OfferedSlot slot{rule.id, text::moment_of(day, rule.from_minute, clock),
                             text::moment_of(day, rule.to_minute, clock), rule.capacity};
            if (slot.to <= now) continue;
            slot.taken = store::taken_of(tx, rule.id, slot.from, "");
            slot.too_late = now > slot.from - std::chrono::minutes{rule.cut_off};
            offered.push_back(std::move(slot));
        }
    }
    return offered;
}

std::optional<store::SlotRuleRow> rule_of(core::Tx& tx, const std::optional<store::ZoneRow>& zone,
                                          const store::Slot& slot) {
    const auto clock = time_zone_of(tx, zone);
    const auto day = text::local_time(slot.from, clock).day;
    const auto weekday = weekday_for(store::holidays(tx, day), day, zone);
    if (!weekday) return std::nullopt;
    std::optional<store::SlotRuleRow> found;  // the zone's own rule before everybody's
    for (auto& rule : store::open_slot_rules(tx, id_of(zone))) {
        const bool same = is_on(rule, *weekday) && text::moment_of(day, rule.from_minute, clock) == slot.from &&
                          text::moment_of(day, rule.to_minute, clock) == slot.to;
        if (same && (!found || (rule.zone && !found->zone))) found = std::move(rule);
    }
    return found;
}

core::Status require_room(core::Tx& tx, const store::SlotRuleRow& rule, core::TimeUs from, const std::string& order) {
    const auto held = store::lock_slot_rule(tx, rule.id);
    if (!held || store::taken_of(tx, rule.id, from, order) < held->capacity) return {};
    return core::conflict("slot: it is full; choose another one, or a dispatcher takes it over capacity");
}

core::Result<store::SlotRuleRow> create_slot_rule(core::Tx& tx, store::SlotRuleRow rule, core::TimeUs now) {
    rule.id = core::new_uuid_text(now);
    rule.created = now;
    if (const auto good = check(rule); !good) return good.error();
    if (rule.zone && !store::find_zone(tx, *rule.zone)) return core::invalid("no such zone");
    store::insert_slot_rule(tx, rule);
    return rule;
}

core::Result<store::SlotRuleRow> change_slot_rule(core::Tx& tx, const std::string& id, const SlotRuleChange& change) {
    auto rule = store::lock_slot_rule(tx, id);
    if (!rule) return core::not_found("no such slot");
    rule->weekdays = change.weekdays.value_or(rule->weekdays);
    rule->capacity = change.capacity.value_or(rule->capacity);
    rule->cut_off = change.cut_off.value_or(rule->cut_off);
    rule->is_open = change.open.value_or(rule->is_open);
    if (const auto good = check(*rule); !good) return good.error();
    store::update_slot_rule(tx, *rule);
    ++rule->version;
    return std::move(*rule);
}

core::Result<store::HolidayRow> create_holiday(core::Tx& tx, store::HolidayRow holiday, core::TimeUs now) {
    holiday.id = core::new_uuid_text(now);
    if (!text::is_day(holiday.day)) return core::invalid("a day is written as 2027-01-01");
    if (text::fold(holiday.name).empty()) return core::invalid("a holiday has a name");
    if (holiday.as_weekday && (*holiday.as_weekday < 0 || *holiday.as_weekday > 6))
        return core::invalid("a weekday lies between 0 (Monday) and 6");
    if (holiday.zone && !store::find_zone(tx, *holiday.zone)) return core::invalid("no such zone");
    store::insert_holiday(tx, holiday);
    return holiday;
}

}  // namespace plus7::central::app::tariffs
