#include "central/app/tariffs/tariffs.hpp"

#include "shared/core/uuid.hpp"
#include "shared/core/word_list.hpp"
#include "shared/text/local_day.hpp"

namespace plus7::central::app::tariffs {
namespace {

std::optional<PriceInput::Window> window_of(core::Tx& tx, const Quote& quote, const std::optional<store::Slot>& slot) {
    if (!slot) return std::nullopt;
    const auto length = std::chrono::floor<std::chrono::minutes>(slot->to - slot->from).count();
    return PriceInput::Window{text::local_time(slot->from, time_zone_of(tx, quote.place.zone)).minute, length};
}

core::Result<Whereabouts> find_place(core::Tx& tx, const Question& question) {
    if (!question.zone) return locate(tx, question.where);
    Whereabouts place{Lies::inside, store::find_zone(tx, *question.zone)};
    if (!place.zone) return core::invalid("no such zone");
    return place;
}

void put_place(store::OrderPriceRow& row, const Whereabouts& place) {
    row.zone = place.zone ? std::optional(place.zone->id) : std::nullopt;
    row.outside = place.lies == Lies::outside;
}

std::int64_t weight_of(core::Tx& tx, const std::string& order) {
    std::int64_t grams = 0;
    for (const auto& parcel : store::parcels_of(tx, order)) grams += parcel.weight_g.value_or(0);
    return grams;
}

// Writes which rule's window the order has; none: it was typed freely.
std::optional<store::SlotRuleRow> put_slot(core::Tx& tx, store::OrderPriceRow& row, const store::OrderRow& order,
                                           const Whereabouts& place) {
    const auto rule = order.slot ? rule_of(tx, place.zone, *order.slot) : std::nullopt;
    row.slot = rule ? std::optional(rule->id) : std::nullopt;
    row.slot_from = rule ? std::optional(order.slot->from) : std::nullopt;
    return rule;
}

}  // namespace

core::Result<store::TariffRow> create_tariff(core::Tx& tx, store::TariffRow tariff, core::TimeUs now) {
    tariff.id = core::new_uuid_text(now);
    tariff.created = now;
    if (const auto good = check_tariff(tariff); !good) return good.error();
    for (const auto& [zone, amount] : tariff.zones)
        if (!store::find_zone(tx, zone)) return core::invalid("zones: no such zone");
    store::insert_tariff(tx, tariff);
    return tariff;
}

core::Result<Quote> quote(core::Tx& tx, const Question& question, core::TimeUs now,
                          const std::optional<std::string>& tariff) {
    auto place = find_place(tx, question);
    if (!place) return place.error();
    Quote quote{std::move(*place)};
    const auto currency = question.due ? question.due->currency : usual_currency;
    if (tariff) quote.tariff = store::find_tariff(tx, *tariff);
    if (!quote.tariff || quote.tariff->currency != currency) quote.tariff = store::tariff_at(tx, currency, now);
    if (!quote.tariff || quote.place.lies == Lies::unknown) return quote;
    PriceInput input;
    input.outside = quote.place.lies == Lies::outside;
    if (const auto& zone = quote.place.zone) {
        input.zone = zone->id;
        input.zone_name = zone->name;
    }
    input.weight_g = question.weight_g;
    input.size = question.size;
    input.slot = window_of(tx, quote, question.slot);
    input.due = question.due ? question.due->minor : 0;
    quote.price = price_of(*quote.tariff, input);
    return quote;
}

core::Status settle(core::Tx& tx, const store::OrderRow& order, const Settling& how, core::TimeUs now) {
    if (!how.priced_anew && !how.size) return {};
    const auto before = store::find_order_price(tx, order.id);
    store::OrderPriceRow row;
    row.order = order.id;
    row.size = how.size ? *how.size : (before ? before->size : std::nullopt);
    const Question question{order.where, {}, weight_of(tx, order.id), row.size, order.slot, order.due};
    const auto found = quote(tx, question, now, before ? before->tariff : std::nullopt);
    if (!found) return found.error();
    put_place(row, found->place);
    const auto rule = put_slot(tx, row, order, found->place);
    const bool has_it = before && before->slot == row.slot && before->slot_from == row.slot_from;
    if (rule && !has_it && !how.over_capacity)
        if (const auto room = require_room(tx, *rule, order.slot->from, order.id); !room) return room;
    if (found->price) {
        row.tariff = found->tariff->id;
        row.currency = found->tariff->currency;
        row.total = found->price->total;
        row.lines = found->price->lines;
    }
    store::put_order_price(tx, row);
    return {};
}

void resettle(core::Tx& tx, const store::OrderRow& order) {
    auto row = store::find_order_price(tx, order.id).value_or(store::OrderPriceRow{});
    row.order = order.id;
    const auto place = locate(tx, order.where);
    put_place(row, place);
    put_slot(tx, row, order, place);
    store::put_order_price(tx, row);
}

bool has_room(core::Tx& tx, const std::optional<core::LatLon>& where, const store::Slot& slot,
              const std::string& order) {
    const auto rule = rule_of(tx, locate(tx, where).zone, slot);
    if (!rule) return true;
    const auto before = store::find_order_price(tx, order);
    if (before && before->slot == rule->id && before->slot_from == slot.from) return true;
    return store::taken_of(tx, rule->id, slot.from, order) < rule->capacity;
}

bool is_over_capacity(core::Tx& tx, const std::string& order) {
    const auto has = store::find_order_price(tx, order);
    if (!has || !has->slot || !has->slot_from) return false;
    for (const auto& rule : store::slot_rules(tx)) {
        if (rule.id != *has->slot) continue;
        const auto all = store::taken_of(tx, rule.id, *has->slot_from, {});
        const bool takes_a_place = store::taken_of(tx, rule.id, *has->slot_from, order) < all;
        return takes_a_place && all > rule.capacity;
    }
    return false;
}

std::optional<std::vector<std::string>> default_proof(core::Tx& tx, const std::string& currency, core::TimeUs now) {
    const auto tariff = store::tariff_at(tx, currency, now);
    if (!tariff) return std::nullopt;
    return core::words_of(tariff->proof);
}

}  // namespace plus7::central::app::tariffs
