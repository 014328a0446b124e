#include "agent/app/money.hpp"

#include "shared/core/uuid.hpp"

namespace plus7::agent::app {

core::Result<core::EventId> Money::take(const model::OrderId& order, std::int64_t minor, const std::string& currency,
                                        model::MoneyWay way) {
    if (const auto free = shift_.at_work(); !free) return free.error();
    if (minor <= 0) return core::invalid(no_amount);
    const auto task = work_.task(order);
    if (!task) return core::not_found(no_order);
    // In the currency of the order: another one is a slip.
    if (task->due_minor == 0 || task->due_currency != currency) return core::invalid(other_currency);
    const auto paid = task->paid_minor();
    if (minor > task->due_minor - paid) return paid > 0 ? core::conflict(taken_already) : core::invalid(too_much);
    const auto event = core::uuid_v7(stamps_.best_time());
    auto money = task->money;
    money.push_back({event, minor, currency, way, stamps_.best_time(), std::nullopt});
    return state(event, order, model::MoneyTaken{minor, currency, way, std::nullopt}, money);
}

core::Result<core::EventId> Money::undo(const model::OrderId& order) {
    if (const auto free = shift_.at_work(); !free) return free.error();
    auto money = work_.money(order);
    const auto* last = store::newest_standing(money);
    if (last == nullptr) return core::conflict(Parcels::nothing_to_undo);
    if (stamps_.best_time() - last->at > undo_within) return core::conflict(Parcels::too_late);
    const auto event = core::uuid_v7(stamps_.best_time());
    const model::Corrected data{last->event};
    money[static_cast<std::size_t>(last - money.data())].correction = event;
    return state(event, order, data, money);
}

template <typename Data>
core::Result<core::EventId> Money::state(const core::EventId& event, const model::OrderId& order, const Data& data,
                                         const std::vector<store::OwnMoney>& money) {
    const auto saved =
        logbook_.state_about({event, {}, order, {}, {}}, data, {{store::own_money_note(order), store::encode(money)}});
    if (!saved) return saved.error();
    return event;
}

}  // namespace plus7::agent::app
