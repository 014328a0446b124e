#include "central/app/effects/order_status.hpp"

#include "central/store/order_news.hpp"
#include "central/store/order_store.hpp"
#include "central/store/outbox_store.hpp"
#include "central/store/webhook_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::effects {
namespace {

constexpr const char* kind = "order.status";

store::EffectRow effect_for(const store::WebhookRow& webhook, const store::OrderRow& order, const NewStatus& news) {
    store::EffectRow effect;
    const auto part = std::string(webhook_destination) + "|" + kind + "|" + webhook.id + "|" + order.id;
    effect.id = core::uuid_v5(news.event, part);
    effect.destination = webhook_destination;
    effect.target = webhook.id;
    effect.key = webhook.id + "/" + order.id;
    effect.kind = kind;
    effect.subject = order.number;
    effect.body = store::to_json({effect.id, order.id, order.number, order.outer_ref, order.sender,
                                  std::string(model::name_of(news.status)), news.at});
    effect.made = effect.due = news.now;
    effect.give_up = news.now + tried_for;
    return effect;
}

}  // namespace

void tell_order_status(core::Tx& tx, const NewStatus& news) {
    const auto webhooks = store::webhooks_told_of(tx, news.order);
    if (webhooks.empty()) return;
    const auto order = store::find_order(tx, news.order);
    for (const auto& webhook : webhooks) store::insert_effect(tx, effect_for(webhook, *order, news));
}

}  // namespace plus7::central::app::effects
