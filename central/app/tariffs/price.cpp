#include "central/app/tariffs/price.hpp"

#include <algorithm>

#include "shared/text/fold.hpp"

namespace plus7::central::app::tariffs {
namespace {

constexpr std::int64_t whole = 10'000;  // basis points
constexpr std::int64_t day_minutes = 1440;
constexpr std::int64_t most_fee = 1'000'000'000;
constexpr std::int64_t most_step_g = 1'000'000;
constexpr std::size_t most_steps = 50;
constexpr std::int64_t kilogram = 1000;

std::int64_t bounded(std::int64_t amount) { return std::clamp<std::int64_t>(amount, 0, most_amount); }

// Both ≥ 0.
std::int64_t product(std::int64_t count, std::int64_t fee) {
    if (count == 0 || fee == 0) return 0;
    return count > most_amount / fee ? most_amount : bounded(count * fee);
}

void add(Price& price, store::PriceLine line) {
    if (line.amount == 0 && line.kind != "base") return;
    price.total += line.amount;
    price.lines.push_back(std::move(line));
}

void add_base(Price& price, const store::TariffRow& tariff, const PriceInput& input) {
    auto amount = input.outside ? tariff.outside.value_or(0) : tariff.base;
    if (const auto own = tariff.zones.find(input.zone.value_or("")); own != tariff.zones.end()) amount = own->second;
    add(price, {"base", input.zone_name, 0, 0, bounded(amount)});
}

void add_weight(Price& price, const store::TariffRow& tariff, std::int64_t weight_g) {
    if (weight_g <= 0) return;
    for (const auto& step : tariff.weights)
        if (weight_g <= step.up_to_g) return add(price, {"weight", "", weight_g, step.up_to_g, bounded(step.amount)});
    const auto last = tariff.weights.empty() ? store::WeightStep{} : tariff.weights.back();
    const auto over = weight_g - last.up_to_g;
    const auto kilograms = over / kilogram + (over % kilogram == 0 ? 0 : 1);
    const auto amount = bounded(last.amount) + product(kilograms, bounded(tariff.extra_kg));
    add(price, {"weight", "", weight_g, 0, bounded(amount)});
}

void add_size(Price& price, const store::TariffRow& tariff, const std::optional<std::string>& size) {
    const auto found = tariff.sizes.find(size.value_or(""));
    if (found != tariff.sizes.end()) add(price, {"size", found->first, 0, 0, bounded(found->second)});
}

void add_slot(Price& price, const store::TariffRow& tariff, const std::optional<PriceInput::Window>& slot) {
    if (!slot) return;
    if (slot->length > 0 && slot->length <= tariff.short_minutes)
        add(price, {"short_slot", "", slot->length, tariff.short_minutes, bounded(tariff.short_fee)});
    if (tariff.late_fee > 0 && slot->from_minute >= tariff.late_minute)
        add(price, {"late_slot", "", slot->from_minute, tariff.late_minute, bounded(tariff.late_fee)});
}

void add_cash(Price& price, const store::TariffRow& tariff, std::int64_t due) {
    if (due <= 0) return;
    const auto share = share_of(due, std::clamp<std::int64_t>(tariff.cash_bp, 0, whole));
    add(price, {"cash", "", due, tariff.cash_bp, bounded(std::max(share, tariff.cash_least))});
}

bool is_fee(std::int64_t amount) { return amount >= 0 && amount <= most_fee; }

core::Status check_fees(const store::TariffRow& t) {
    for (const auto fee : {t.base, t.outside.value_or(0), t.extra_kg, t.short_fee, t.late_fee, t.cash_least, t.minimum})
        if (!is_fee(fee)) return core::invalid("amounts lie between 0 and 10 000 000");
    for (const auto& [zone, amount] : t.zones)
        if (!is_fee(amount)) return core::invalid("zones: amounts lie between 0 and 10 000 000");
    if (t.free_from && (*t.free_from < 1 || *t.free_from > most_amount))
        return core::invalid("free_from is more than nothing");
    if (t.cash_bp < 0 || t.cash_bp > whole) return core::invalid("cash_bp lies between 0 and 10 000");
    const auto is_minute = [](std::int64_t minute) { return minute >= 0 && minute <= day_minutes; };
    if (!is_minute(t.short_minutes) || !is_minute(t.late_minute))
        return core::invalid("minutes lie between 0 and 1440");
    return {};
}

core::Status check_steps(const std::vector<store::WeightStep>& steps) {
    if (steps.size() > most_steps) return core::invalid("weights: at most 50 steps");
    store::WeightStep last;
    for (const auto& step : steps) {
        if (step.up_to_g <= last.up_to_g || step.up_to_g > most_step_g)
            return core::invalid("weights: each step goes further than the one before, at most to a ton");
        if (!is_fee(step.amount) || step.amount < last.amount)
            return core::invalid("weights: a heavier order does not cost less");
        last = step;
    }
    return {};
}

}  // namespace

std::int64_t share_of(std::int64_t amount, std::int64_t bp) {
    return amount / whole * bp + (amount % whole * bp + whole / 2) / whole;
}

std::optional<Price> price_of(const store::TariffRow& tariff, const PriceInput& input) {
    if (input.outside && !tariff.outside) return std::nullopt;
    Price price;
    add_base(price, tariff, input);
    add_weight(price, tariff, input.weight_g);
    add_size(price, tariff, input.size);
    add_slot(price, tariff, input.slot);
    const auto least = bounded(tariff.minimum);
    if (price.total < least) add(price, {"minimum", "", least, 0, least - price.total});
    if (tariff.free_from && input.due >= *tariff.free_from)
        add(price, {"free", "", input.due, *tariff.free_from, -price.total});
    add_cash(price, tariff, input.due);
    return price;
}

bool is_currency(std::string_view code) {
    return code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_size(std::string_view size) { return size == "s" || size == "m" || size == "l" || size == "xl"; }

core::Status check_tariff(const store::TariffRow& tariff) {
    if (text::fold(tariff.name).empty()) return core::invalid("a tariff has a name");
    if (!is_currency(tariff.currency)) return core::invalid("a currency is written in three letters: RUB");
    if (const auto good = check_fees(tariff); !good) return good;
    for (const auto& [size, amount] : tariff.sizes)
        if (!is_size(size) || !is_fee(amount)) return core::invalid("sizes: s, m, l, xl; amounts of 0 to 10 000 000");
    return check_steps(tariff.weights);
}

}  // namespace plus7::central::app::tariffs
