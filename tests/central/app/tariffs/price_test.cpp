// What a delivery costs: the lines of an example, and what holds for every tariff and every order.
#include "central/app/tariffs/price.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <numeric>
#include <random>

using namespace plus7;
using namespace plus7::central;
using app::tariffs::Price;
using app::tariffs::price_of;
using app::tariffs::PriceInput;
using app::tariffs::share_of;
using core::ErrorKind;
using store::PriceLine;

namespace {

constexpr auto huge = std::numeric_limits<std::int64_t>::max();

store::TariffRow example() {
    store::TariffRow t;
    t.name = "Основной";
    t.base = 30'000;
    t.zones = {{"far", 45'000}};
    t.weights = {{1000, 0}, {5000, 5'000}, {10'000, 12'000}};
    t.extra_kg = 1'500;
    t.sizes = {{"l", 8'000}};
    t.short_minutes = 120;
    t.short_fee = 7'000;
    t.late_minute = 18 * 60;
    t.late_fee = 4'000;
    t.cash_bp = 150;
    t.cash_least = 1'000;
    t.minimum = 32'000;
    t.free_from = 1'000'000;
    return t;
}

std::int64_t sum_of(const std::vector<PriceLine>& lines) {
    return std::accumulate(lines.begin(), lines.end(), std::int64_t{0},
                           [](std::int64_t sum, const PriceLine& line) { return sum + line.amount; });
}

std::int64_t number(std::mt19937_64& random, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>{0, most}(random);
}

store::TariffRow any_tariff(std::mt19937_64& random) {
    store::TariffRow t = example();
    t.base = number(random, 100'000);
    t.outside = number(random, 100'000);
    t.weights.clear();
    store::WeightStep step;
    for (auto steps = number(random, 5); steps > 0; --steps) {
        step = {step.up_to_g + 1 + number(random, 9'000), step.amount + number(random, 5'000)};
        t.weights.push_back(step);
    }
    t.extra_kg = number(random, 3'000);
    t.cash_bp = number(random, 10'000);
    t.cash_least = number(random, 9'000);
    t.minimum = number(random, 60'000);
    t.free_from = number(random, 1) == 0 ? std::nullopt : std::optional(1 + number(random, 900'000));
    REQUIRE(app::tariffs::check_tariff(t).ok());
    return t;
}

PriceInput any_input(std::mt19937_64& random) {
    PriceInput input;
    input.outside = number(random, 3) == 0;
    if (!input.outside) input.zone = number(random, 1) == 0 ? "far" : "near";
    input.weight_g = number(random, 60'000);
    if (number(random, 1) == 0) input.size = "l";
    if (number(random, 1) == 0) input.slot = {number(random, 1439), number(random, 600)};
    input.due = number(random, 2'000'000);
    return input;
}

}  // namespace

TEST_CASE("a price is explained line by line") {
    PriceInput input;
    input.zone = "far";
    input.zone_name = "Пригород";
    input.weight_g = 2'300;
    input.size = "l";
    input.slot = {19 * 60, 120};
    input.due = 129'000;
    const auto price = price_of(example(), input).value();
    CHECK(price.lines == std::vector<PriceLine>{{"base", "Пригород", 0, 0, 45'000},
                                                {"weight", "", 2'300, 5'000, 5'000},
                                                {"size", "l", 0, 0, 8'000},
                                                {"short_slot", "", 120, 120, 7'000},
                                                {"late_slot", "", 19 * 60, 18 * 60, 4'000},
                                                {"cash", "", 129'000, 150, 1'935}});
    CHECK(price.total == 70'935);
}

TEST_CASE("a price is raised to the minimum, and free from a sum on; cash handling is paid all the same") {
    PriceInput input;
    input.zone = "near";
    CHECK(price_of(example(), input)->lines.back() == PriceLine{"minimum", "", 32'000, 0, 2'000});
    CHECK(price_of(example(), input)->total == 32'000);
    input.due = 1'000'000;
    const auto free = price_of(example(), input).value();
    CHECK(free.lines[2] == PriceLine{"free", "", 1'000'000, 1'000'000, -32'000});
    CHECK(free.total == 15'000);
}

TEST_CASE("above the last weight step every begun kilogram counts") {
    PriceInput input;
    input.zone = "near";
    const auto weight = [&](std::int64_t grams) {
        input.weight_g = grams;
        return price_of(example(), input)->lines.at(1);
    };
    CHECK(weight(10'000) == PriceLine{"weight", "", 10'000, 10'000, 12'000});
    CHECK(weight(10'001) == PriceLine{"weight", "", 10'001, 0, 13'500});
    CHECK(weight(12'000) == PriceLine{"weight", "", 12'000, 0, 15'000});
    CHECK(weight(12'001) == PriceLine{"weight", "", 12'001, 0, 16'500});
}

TEST_CASE("outside of all zones there is a price only where the tariff has one") {
    auto tariff = example();
    PriceInput input;
    input.outside = true;
    CHECK_FALSE(price_of(tariff, input).has_value());
    tariff.outside = 90'000;
    CHECK(price_of(tariff, input)->total == 90'000);
}

TEST_CASE("a percentage is rounded half away from zero, once") {
    CHECK(share_of(100, 150) == 2);  // 1.5
    CHECK(share_of(99, 150) == 1);   // 1.485
    CHECK(share_of(33, 5'000) == 17);
    CHECK(share_of(1, 4'999) == 0);
    CHECK(share_of(0, 10'000) == 0);
    CHECK(share_of(huge, 10'000) == huge);
}

TEST_CASE("for every tariff and order: never negative, the lines are the total, heavier is never cheaper") {
    std::mt19937_64 random{7};
    for (int round = 0; round < 20'000; ++round) {
        const auto tariff = any_tariff(random);
        auto input = any_input(random);
        const auto price = price_of(tariff, input).value();
        CHECK(price.total >= 0);
        CHECK(price.total == sum_of(price.lines));
        CHECK(price.lines.front().kind == "base");
        for (const auto& line : price.lines) CHECK((line.amount >= 0) == (line.kind != "free" || line.amount == 0));
        input.weight_g += number(random, 20'000);
        CHECK(price_of(tariff, input)->total >= price.total);
    }
}

TEST_CASE("absurd numbers end at a bound instead of overflowing") {
    store::TariffRow t = example();
    t.base = t.extra_kg = t.short_fee = t.late_fee = t.cash_least = t.minimum = huge;
    t.weights = {{1, huge}};
    t.sizes["l"] = huge;
    t.cash_bp = huge;
    PriceInput input;
    input.zone = "near";
    input.size = "l";
    input.slot = {1439, 1};
    for (const auto weight : {std::int64_t{-huge}, std::int64_t{0}, huge}) {
        for (const auto due : {std::int64_t{-huge}, std::int64_t{0}, huge}) {
            input.weight_g = weight;
            input.due = due;
            const auto price = price_of(t, input).value();
            CHECK(price.total >= 0);
            CHECK(price.total <= 7 * app::tariffs::most_amount);
            CHECK(price.total == sum_of(price.lines));
        }
    }
}

TEST_CASE("a tariff that cannot be meant is refused") {
    const auto refused = [](auto change) {
        auto tariff = example();
        change(tariff);
        const auto good = app::tariffs::check_tariff(tariff);
        return !good && good.error().kind == ErrorKind::invalid;
    };
    CHECK(app::tariffs::check_tariff(example()).ok());
    CHECK(refused([](auto& t) { t.name = "  "; }));
    CHECK(refused([](auto& t) { t.currency = "рубли"; }));
    CHECK(refused([](auto& t) { t.base = -1; }));
    CHECK(refused([](auto& t) { t.zones["far"] = huge; }));
    CHECK(refused([](auto& t) { t.cash_bp = 10'001; }));
    CHECK(refused([](auto& t) { t.free_from = 0; }));
    CHECK(refused([](auto& t) { t.weights = {{2000, 0}, {1000, 0}}; }));
    CHECK(refused([](auto& t) { t.weights = {{1000, 100}, {2000, 99}}; }));
    CHECK(refused([](auto& t) { t.sizes["xxl"] = 1; }));
    CHECK(refused([](auto& t) { t.late_minute = 1441; }));
}
