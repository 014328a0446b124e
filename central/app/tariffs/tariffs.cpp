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

core::Status take_slot(core::Tx& tx, const store::OrderRow& order, const Quote& quote, bool over_capacity,
                       const std::optional<store::OrderPriceRow>& before, store::OrderPriceRow& row) {
    if (!order.slot) return {};
    const auto rule = rule_of(tx, quote.place.zone, *order.slot);
    if (!rule) return {};
    row.slot = rule->id;
    row.slot_from = order.slot->from;
    const bool has_it = before && before->slot == row.slot && before->slot_from == row.slot_from;
    if (has_it || over_capacity) return {};
    return require_room(tx, *rule, order.slot->from, order.id);
}

void keep_price(store::OrderPriceRow& row, const store::OrderPriceRow& before) {
    row.tariff = before.tariff;
    row.currency = before.currency;
    row.total = before.total;
    row.lines = before.lines;
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
    if (const auto taken = take_slot(tx, order, *found, how.over_capacity, before, row); !taken) return taken;
    if (how.keeps_price) {
        if (before) keep_price(row, *before);
    } else if (found->price) {
        row.tariff = found->tariff->id;
        row.currency = found->tariff->currency;
        row.total = found->price->total;
        row.lines = found->price->lines;
    }
    store::put_order_price(tx, row);
    return {};
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
    for (const auto& rule : store::slot_rules(tx))
        if (rule.id == *has->slot) return store::taken_of(tx, rule.id, *has->slot_from, order) >= rule.capacity;
    return false;
}

std::optional<std::vector<std::string>> default_proof(core::Tx& tx, const std::string& currency, core::TimeUs now) {
    const auto tariff = store::tariff_at(tx, currency, now);
    if (!tariff) return std::nullopt;
    return core::words_of(tariff->proof);
}

}  // namespace plus7::central::app::tariffs
