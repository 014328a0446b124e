// What a delivery costs by a tariff, line by line. Pure; whole minor units; any thread.
// A percentage is rounded once, in its own line, half away from zero. Amounts end at most_amount instead of
// overflowing.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/store/tariff_store.hpp"
#include "shared/core/result.hpp"

namespace plus7::central::app::tariffs {

constexpr std::int64_t most_amount = 1'000'000'000'000;  // of one line

struct PriceInput {
    bool outside = false;             // of all zones
    std::optional<std::string> zone;  // id; none also where no zone is drawn
    std::string zone_name;
    std::int64_t weight_g = 0;        // of all parcels
    std::optional<std::string> size;  // s, m, l, xl: the largest parcel
    struct Window {
        std::int64_t from_minute = 0;  // of the local day
        std::int64_t length = 0;       // minutes
    };
    std::optional<Window> slot;
    std::int64_t due = 0;  // taken at the door
};

struct Price {
    std::vector<store::PriceLine> lines;
    std::int64_t total = 0;
};

// Nothing: the tariff has no price for places outside of all zones.
std::optional<Price> price_of(const store::TariffRow& tariff, const PriceInput& input);

// basis points of an amount ≥ 0, half away from zero; bp 0 … 10 000.
std::int64_t share_of(std::int64_t amount, std::int64_t bp);

bool is_currency(std::string_view code);  // three capital letters
bool is_size(std::string_view size);
// invalid: amounts out of range, weight steps that do not rise (a heavier order never costs less), unknown words.
core::Status check_tariff(const store::TariffRow& tariff);

}  // namespace plus7::central::app::tariffs
