// Money the courier takes at the door. Each taking is a fact, saved before the screen says so; what was taken already
// is refused, so that neither a second press nor a lost answer takes it twice. Storage thread; owned by the agent.
#pragma once
#include <string>
#include <string_view>

#include "agent/app/parcels.hpp"

namespace plus7::agent::app {

class Money {
  public:
    static constexpr std::chrono::minutes undo_within = Parcels::undo_within;

    static constexpr std::string_view no_order = "no such order on this handheld";
    static constexpr std::string_view other_currency = "nothing is to be taken for this order in this currency";
    static constexpr std::string_view no_amount = "an amount is more than nothing";
    static constexpr std::string_view too_much = "this is more than is to be taken";
    static constexpr std::string_view taken_already = "this money was taken already";

    Money(store::Work work, Logbook& logbook, Stamps& stamps, const Shift& shift)
        : work_(work), logbook_(logbook), stamps_(stamps), shift_(shift) {}

    // The id of the fact. conflict: Parcels::no_shift, taken_already; not_found: no_order; invalid: no_amount,
    // other_currency, too_much; full, unavailable: not saved.
    core::Result<core::EventId> take(const model::OrderId& order, std::int64_t minor, const std::string& currency,
                                     model::MoneyWay way);
    // The newest taking that stands, within undo_within; also of an order that left the list. conflict:
    // Parcels::no_shift, Parcels::too_late, Parcels::nothing_to_undo.
    core::Result<core::EventId> undo(const model::OrderId& order);

  private:
    template <typename Data>
    core::Result<core::EventId> state(const core::EventId& event, const model::OrderId& order, const Data& data,
                                      const std::vector<store::OwnMoney>& money);

    store::Work work_;
    Logbook& logbook_;
    Stamps& stamps_;
    const Shift& shift_;
};

}  // namespace plus7::agent::app
