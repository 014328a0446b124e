#include "central/ingest/parcel_step.hpp"

#include <algorithm>

#include "central/app/custody/overdue.hpp"
#include "central/app/dispatch/follow.hpp"
#include "central/app/dispatch/plan.hpp"
#include "central/app/dispatch/retell.hpp"
#include "central/app/effects/order_status.hpp"
#include "central/app/field/parcel_fact.hpp"
#include "central/app/orders/wishes.hpp"
#include "central/ingest/cases.hpp"
#include "central/store/custody_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::ingest {
namespace {

void ask(core::Tx& tx, const app::field::FieldEvent& event, std::string_view reason) {
    open_case(tx, CaseKind::custody, event.device, event.id.hex(),
              {{"event", event.id.hex()},
               {"parcel", core::to_uuid_text(*event.about.parcel)},
               {"reason", std::string(reason)}},
              event.received);
}

bool takes_transfer_back(core::Tx& tx, const app::field::FieldEvent& event, const std::string& order) {
    const auto* corrected = std::get_if<model::Corrected>(&event.data);
    if (corrected == nullptr) return false;
    for (const auto& parcel : store::custody_of_order(tx, order))
        for (const auto& step : parcel.custody.steps)
            if (step.event == corrected->event) return step.transfer.has_value();
    return false;
}

// When the recipient wants it: said with a failed attempt, and taken back with it.
void heed_wish(core::Tx& tx, const app::field::FieldEvent& event, const app::custody::Taken& taken) {
    if (taken.verdict.effect != model::Effect::applied) return;
    const auto* failed = std::get_if<model::AttemptFailed>(&event.data);
    if (failed != nullptr && failed->again)
        app::orders::take_wish(tx, {event.id, taken.order, taken.at, {failed->again->from, failed->again->to}});
    if (const auto* corrected = std::get_if<model::Corrected>(&event.data))
        app::orders::take_back_wish(tx, corrected->event);
}

}  // namespace

std::string blocked_flag(std::optional<std::uint64_t> told, std::uint64_t view) {
    if (!told) return "";
    return std::string(view >= *told ? app::field::blocked_aware_flag : app::field::blocked_unaware_flag);
}

void apply_to_parcel(core::Tx& tx, const app::field::FieldEvent& event, const app::field::TrueTime& time,
                     FieldNews& news) {
    if (!app::field::is_about_parcel(event)) return;
    const auto taken = app::field::apply_to_parcel(tx, event, {time.at, std::string(name_of(time.trust))});
    if (!taken) return ask(tx, event, "unknown_parcel");
    if (taken->changes_order())
        app::effects::tell_order_status(tx, {event.id, taken->order, taken->order_after, taken->at, event.received});
    if (taken->verdict.reason != model::CaseReason::none) ask(tx, event, model::name_of(taken->verdict.reason));
    const auto parcel = core::to_uuid_text(*event.about.parcel);
    if (taken->is_clear && !taken->was_clear) settle_case(tx, CaseKind::unclear, parcel);
    if (!taken->is_clear) open_case(tx, CaseKind::unclear, {}, parcel, {{"parcel", parcel}}, event.received);
    if (event.about.transfer && taken->verdict.effect != model::Effect::half)
        app::custody::note_joined(tx, parcel, *event.about.transfer, event.id);
    if (std::holds_alternative<model::Corrected>(event.data) &&
        taken->before == model::ParcelStatus::arrived_at_point && taken->after != taken->before)
        news.taken_back.push_back(taken->order);
    if (taken->after == model::ParcelStatus::arrived_at_point) news.arrived.push_back(taken->order);
    heed_wish(tx, event, *taken);
    if (event.about.transfer || takes_transfer_back(tx, event, taken->order)) news.transferred.push_back(taken->order);
    news.moved.insert(taken->order);
}

void follow(core::Tx& tx, const std::string& order, core::TimeUs now, FieldNews& news) {
    if (app::dispatch::follow_transfer(tx, order, now)) news.moved.insert(order);
}

void plan_again(core::Tx& tx, const std::string& order, core::TimeUs now, FieldNews& news) {
    if (app::dispatch::plan_again(tx, order, now)) news.moved.insert(order);
}

void end_at_point(core::Tx& tx, const std::string& order, core::TimeUs now, FieldNews& news) {
    if (app::dispatch::end_at_point(tx, order, now)) news.moved.insert(order);
}

void retell(core::Tx& tx, FieldNews& news) {
    for (const auto& device : app::dispatch::retell_orders(tx, news.moved, news.registries))
        if (std::find(news.views.begin(), news.views.end(), device) == news.views.end()) news.views.push_back(device);
}

}  // namespace plus7::central::ingest
