// Rows of tariffs and of the prices that orders got by them (0014_tariffs.sql). SQL only; the rules are in app/tariffs.
// Amounts are minor units. In a transaction.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct WeightStep {
    std::int64_t up_to_g = 0, amount = 0;
    bool operator==(const WeightStep&) const = default;
};

struct TariffRow {
    std::string id;  // UUID text
    std::string name;
    std::string currency = "RUB";
    core::TimeUs valid_from{};
    std::int64_t base = 0;
    std::optional<std::int64_t> outside;
    std::int64_t extra_kg = 0;
    std::int64_t short_minutes = 0, short_fee = 0;
    std::int64_t late_minute = 0, late_fee = 0;
    std::int64_t cash_bp = 0, cash_least = 0;
    std::int64_t minimum = 0;
    std::optional<std::int64_t> free_from;
    std::string proof = "code";  // "code,signature"
    bool is_open = true;         // else archived
    std::int64_t version = 1;
    core::TimeUs created{};
    std::map<std::string, std::int64_t> zones;  // own base of a zone
    std::vector<WeightStep> weights;            // ascending
    std::map<std::string, std::int64_t> sizes;  // s, m, l, xl
};

struct PriceLine {
    std::string kind;  // base, weight, size, short_slot, late_slot, minimum, free, cash
    std::string what;  // name of the zone, size class
    std::int64_t measure = 0, bound = 0;
    std::int64_t amount = 0;
    bool operator==(const PriceLine&) const = default;
};

struct OrderPriceRow {
    std::string order;
    std::optional<std::string> zone;
    bool outside = false;
    std::optional<std::string> size;
    std::optional<std::string> slot;
    std::optional<core::TimeUs> slot_from;
    std::optional<std::string> tariff;
    std::optional<std::string> currency;
    std::optional<std::int64_t> total;
    std::vector<PriceLine> lines;
};

void insert_tariff(sql::Tx& tx, const TariffRow& tariff);
void update_tariff_state(sql::Tx& tx, const std::string& id, bool is_open);  // the next version
std::optional<TariffRow> find_tariff(sql::Tx& tx, const std::string& id);
std::optional<TariffRow> lock_tariff(sql::Tx& tx, const std::string& id);
std::vector<TariffRow> tariffs(sql::Tx& tx);  // newest "valid from" first
// The open one that holds at this time.
std::optional<TariffRow> tariff_at(sql::Tx& tx, const std::string& currency, core::TimeUs at);

void put_order_price(sql::Tx& tx, const OrderPriceRow& price);  // in place of the one before
std::optional<OrderPriceRow> find_order_price(sql::Tx& tx, const std::string& order);

}  // namespace plus7::central::store
