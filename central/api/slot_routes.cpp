#include "central/api/slot_routes.hpp"

#include <charconv>

#include "central/api/etag.hpp"
#include "central/api/json_body.hpp"
#include "central/api/json_text.hpp"
#include "central/api/paging.hpp"
#include "central/api/price_codec.hpp"
#include "central/app/orders/orders.hpp"
#include "shared/text/local_day.hpp"

namespace plus7::central::api {
namespace {

namespace audit = app::audit;
namespace tariffs = app::tariffs;

constexpr std::int64_t most_days = 31;
constexpr std::int64_t most_minutes = 1440;
constexpr std::int64_t past_days = 31;  // holidays that are over stay visible so long

std::string rule_json(const store::SlotRuleRow& rule) {
    return JsonObject()
        .text("id", rule.id)
        .text("zone", rule.zone)
        .number("weekdays", rule.weekdays)
        .number("from_minute", rule.from_minute)
        .number("to_minute", rule.to_minute)
        .number("capacity", rule.capacity)
        .number("cut_off", rule.cut_off)
        .text("state", rule.is_open ? "open" : "archived")
        .text("etag", etag_of(rule.version))
        .done();
}

std::string holiday_json(const store::HolidayRow& holiday) {
    return JsonObject()
        .text("id", holiday.id)
        .text("day", holiday.day)
        .text("zone", holiday.zone)
        .text("name", holiday.name)
        .number("as_weekday", holiday.as_weekday)
        .done();
}

std::string slot_json(const tariffs::OfferedSlot& slot) {
    const auto left = std::max<std::int64_t>(slot.capacity - slot.taken, 0);
    return JsonObject()
        .time("from_ms", slot.from)
        .time("to_ms", slot.to)
        .number("capacity", slot.capacity)
        .number("left", left)
        .text("state", slot.too_late ? "too_late" : (left == 0 ? "full" : "free"))
        .done();
}

// "55.75,37.61"; nothing when it is not asked for.
core::Result<std::optional<core::LatLon>> place_asked(const http::Request& request) {
    const auto asked = text_asked(request, "place", 60);
    if (!asked) return asked.error();
    if (asked->empty()) return std::optional<core::LatLon>{};
    const auto wrong = core::invalid("place: latitude and longitude, as 55.75,37.61");
    core::LatLon place;
    const auto* end = asked->data() + asked->size();
    const auto lat = std::from_chars(asked->data(), end, place.lat);
    if (lat.ec != std::errc{} || lat.ptr == end || *lat.ptr != ',') return wrong;
    const auto lon = std::from_chars(lat.ptr + 1, end, place.lon);
    if (lon.ec != std::errc{} || lon.ptr != end || !core::is_valid(place)) return wrong;
    return std::optional(place);
}

std::optional<std::string> read_zone(JsonBody& body) {
    if (body.gives_null("zone")) return std::nullopt;
    return body.maybe_text("zone", {1, 36});
}

void record(core::Tx& tx, const Call& call, const std::string& slot, const char* action,
            std::vector<audit::Detail> detail = {}) {
    audit::record(tx, {call.actor(), action, audit::Subject{audit::SubjectKind::slot, slot}, std::move(detail)},
                  call.now);
}

http::Response answer(const store::SlotRuleRow& rule, int status) {
    return http::json(rule_json(rule), status).with("ETag", etag_of(rule.version));
}

}  // namespace

http::Response SlotRoutes::offered(const Call& call) {
    const auto place = place_asked(call.request);
    if (!place) return refuse(place.error());
    const auto days = number_asked(call.request, "days", 1, most_days);
    if (!days) return refuse(days.error());
    const auto told = db_.read([&](core::Tx& tx) {
        const auto [lies, zone] = tariffs::locate(tx, *place);
        const auto slots = tariffs::offered_slots(tx, zone, call.now, static_cast<int>(days->value_or(7)));
        return JsonObject()
            .json("zone", zone_ref_json(zone))
            .flag("outside", lies == tariffs::Lies::outside)
            .text("time_zone", tariffs::time_zone_of(tx, zone))
            .json("items", json_list(slots, slot_json))
            .done();
    });
    if (!told) return refuse(told.error());
    return http::json(*told);
}

http::Response SlotRoutes::list(const Call& call) {
    const auto told = db_.read([&](core::Tx& tx) {
        const auto today = text::local_time(call.now, "UTC").day;
        return JsonObject()
            .json("items", json_list(store::slot_rules(tx), rule_json))
            .json("holidays", json_list(store::holidays(tx, text::day_after(today, -past_days)), holiday_json))
            .done();
    });
    if (!told) return refuse(told.error());
    return http::json(*told);
}

http::Response SlotRoutes::create(const Call& call) {
    JsonBody body(call.request);
    store::SlotRuleRow rule;
    rule.zone = read_zone(body);
    rule.weekdays = body.number("weekdays", 1, 127);
    rule.from_minute = body.number("from_minute", 0, most_minutes);
    rule.to_minute = body.number("to_minute", 0, most_minutes);
    rule.capacity = body.number("capacity", 0, 100'000);
    rule.cut_off = body.maybe_number("cut_off", 0, 14 * most_minutes).value_or(0);
    if (rule.to_minute <= rule.from_minute) body.fault("to_minute", "wrong", "the slot ends before it begins");
    if (auto refused = body.refusal()) return std::move(*refused);
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        const auto made = tariffs::create_slot_rule(tx, rule, call.now);
        if (!made) return made.error();
        record(tx, call, made->id, "slot.created");
        return answer(*made, 201);
    };
    return idempotency_.once(call, work);
}

http::Response SlotRoutes::edit(const Call& call) {
    JsonBody body(call.request);
    tariffs::SlotRuleChange change;
    change.weekdays = body.maybe_number("weekdays", 1, 127);
    change.capacity = body.maybe_number("capacity", 0, 100'000);
    change.cut_off = body.maybe_number("cut_off", 0, 14 * most_minutes);
    if (const auto state = body.maybe_text("state")) {
        if (*state != "open" && *state != "archived") body.fault("state", "malformed", "open or archived");
        change.open = *state == "open";
    }
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = require_if_match(call.request)) return std::move(*refused);
    const auto& id = call.request.param("id");
    auto edited = db_.write([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto held = store::lock_slot_rule(tx, id);
        if (!held) return core::not_found("no such slot");
        if (auto stale = check_if_match(call.request, held->version)) return std::move(*stale);
        const auto changed = tariffs::change_slot_rule(tx, id, change);
        if (!changed) return changed.error();
        record(tx, call, id, "slot.edited");
        return answer(*changed, 200);
    });
    if (!edited) return refuse(edited.error());
    return std::move(*edited);
}

http::Response SlotRoutes::add_holiday(const Call& call) {
    JsonBody body(call.request);
    store::HolidayRow holiday;
    holiday.day = body.text("day", {10, 10, text::is_day});
    holiday.zone = read_zone(body);
    holiday.name = body.text("name", {1, 100, app::orders::is_text});
    if (!body.gives_null("as_weekday")) holiday.as_weekday = body.maybe_number("as_weekday", 0, 6);
    if (auto refused = body.refusal()) return std::move(*refused);
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        const auto made = tariffs::create_holiday(tx, holiday, call.now);
        if (!made) return made.error();
        record(tx, call, made->id, "holiday.created", {{"day", made->day}});
        return http::json(holiday_json(*made), 201);
    };
    return idempotency_.once(call, work);
}

http::Response SlotRoutes::remove_holiday(const Call& call) {
    const auto& id = call.request.param("id");
    const auto removed = db_.write([&](core::Tx& tx) -> core::Result<std::int64_t> {
        const auto gone = store::delete_holiday(tx, id);
        if (gone == 0) return core::not_found("no such holiday");
        record(tx, call, id, "holiday.removed");
        return gone;
    });
    if (!removed) return refuse(removed.error());
    return http::no_content();
}

}  // namespace plus7::central::api
