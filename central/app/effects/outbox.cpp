#include "central/app/effects/outbox.hpp"

#include "central/app/effects/order_status.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::effects {
namespace {

core::Result<store::EffectRow> hold_dead(core::Tx& tx, const std::string& id) {
    const auto effect_id = core::from_uuid_text(id);
    auto effect = effect_id ? store::lock_effect(tx, *effect_id) : std::nullopt;
    if (!effect) return core::not_found("no such effect: it was sent, or let go");
    if (!effect->is_dead) return core::conflict("it waits for its next try already");
    return std::move(*effect);
}

void record(core::Tx& tx, const audit::Actor& by, const char* action, const store::EffectRow& effect,
            core::TimeUs now) {
    audit::record(tx, {by, action, std::nullopt, {{"kind", effect.kind}, {"about", effect.subject}}}, now);
}

}  // namespace

core::Status send_again(core::Tx& tx, const audit::Actor& by, const std::string& id, core::TimeUs now) {
    const auto effect = hold_dead(tx, id);
    if (!effect) return effect.error();
    store::revive_effect(tx, *effect, now, now + tried_for);
    record(tx, by, "outbox.again", *effect, now);
    return {};
}

core::Status drop(core::Tx& tx, const audit::Actor& by, const std::string& id, core::TimeUs now) {
    const auto effect = hold_dead(tx, id);
    if (!effect) return effect.error();
    store::remove_effect(tx, effect->id);
    record(tx, by, "outbox.dropped", *effect, now);
    return {};
}

void forget_old(core::Tx& tx, core::TimeUs now) { store::forget_dead_effects(tx, now - std::chrono::days{90}); }

}  // namespace plus7::central::app::effects
