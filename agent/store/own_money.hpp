// What this handheld took at the door for an order, kept as a note beside the facts: it outlives a restart and a lost
// answer, so that nobody is asked for money twice. Pure codec.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/model/custody_facts.hpp"

namespace plus7::agent::store {

struct OwnMoney {
    core::EventId event;
    std::int64_t minor = 0;
    std::string currency;
    model::MoneyWay way = model::MoneyWay::cash;
    core::TimeMs at{};
    std::optional<core::EventId> correction;  // the fact by which it was taken back
    bool operator==(const OwnMoney&) const = default;
};

constexpr std::size_t most_own_money = 20;  // of an order; the oldest are forgotten first

constexpr std::string_view own_money_prefix = "money:";
std::string own_money_note(const model::OrderId& order);  // the note's name
std::optional<model::OrderId> order_of_note(std::string_view name);
core::Bytes encode(const std::vector<OwnMoney>& money);
std::vector<OwnMoney> own_money_from(core::ByteView note);  // none for what cannot be read

const OwnMoney* newest_standing(const std::vector<OwnMoney>& money);  // none: nothing, or all taken back

}  // namespace plus7::agent::store
