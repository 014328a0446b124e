#include "world.hpp"

namespace plus7::test {
namespace {

using model::HolderKind;

bool has_handheld(const model::Holder& who) {
    return who.kind == HolderKind::depot || who.kind == HolderKind::courier || who.kind == HolderKind::point;
}

std::string name_of(const model::Holder& who) { return std::string(model::name_of(who.kind)) + who.id.hex(); }

}  // namespace

model::Holder World::next_hands() {
    static const std::vector<model::Holder> all{
        depot, holder(HolderKind::depot, 2), anna, boris, holder(HolderKind::courier, 3), point, customer};
    for (;;) {
        const auto to = all[std::uniform_int_distribution<std::size_t>(0, all.size() - 1)(dice_)];
        // Few arrive early, so that ways get long.
        if (to.kind == HolderKind::customer && !chance(0.3)) continue;
        if (model::is_regular(truth_, to)) return to;
    }
}

void World::record(const model::Holder& by, const model::Handover& fact, std::optional<core::EventId> undoes) {
    ++recorded_;
    handheld_of(by).outbox.push_back({fact, undoes});
}

void World::hand_over(const model::Holder& to) {
    const auto from = truth_;
    truth_ = to;
    auto say = [&](const model::Holder& by, model::Half half, std::optional<model::TransferId> transfer) {
        auto& handheld = handheld_of(by);
        record(by, {event(new_id()), name_of(by), handheld.knows, from, to, half, transfer, model::Standing::good,
                    model::Leg::delivery});
    };
    if (from.kind == HolderKind::courier && to.kind == HolderKind::courier) {
        const auto id = transfer(++transfers_);
        say(from, model::Half::give, id);
        say(to, model::Half::take, id);
        return;
    }
    const bool giver = has_handheld(from) && (!has_handheld(to) || chance(0.5));
    if (giver || (has_handheld(from) && chance(ways_.by_both))) say(from, model::Half::none, {});
    if (!giver || (has_handheld(to) && chance(ways_.by_both))) say(to, model::Half::none, {});
}

// A tap on "delivered" that was none, taken back before he leaves the door.
void World::slip() {
    auto& handheld = handheld_of(truth_);
    const auto id = event(new_id());
    record(truth_, {id,
                    name_of(truth_),
                    handheld.knows,
                    truth_,
                    customer,
                    model::Half::none,
                    {},
                    model::Standing::good,
                    model::Leg::delivery});
    record(truth_, {event(new_id()), name_of(truth_), handheld.knows, {}, {}, {}, {}, {}, {}}, id);
}

void World::take(const Taken& fact) {
    if (!seen_.insert(fact.handover.event).second) return;  // K1
    ++arrived_;
    log_.push_back(fact);
    const auto verdict = fact.undoes ? model::undo(central_, *fact.undoes) : model::apply(central_, fact.handover);
    has_case_ |= verdict.reason != model::CaseReason::none;
    flawless_ &=
        !verdict.inferred && verdict.reason == model::CaseReason::none && verdict.effect != model::Effect::late;
}

void World::send_one(Handheld& handheld) {
    const auto fact = handheld.outbox.front();
    handheld.outbox.pop_front();
    take(fact);
    if (chance(ways_.repeated)) take(fact);
}

void World::network() {
    for (auto& [who, handheld] : handhelds_) {
        handheld.online = !chance(ways_.offline);
        while (handheld.online && !handheld.outbox.empty() && !(ways_.offline > 0 && chance(0.3))) send_one(handheld);
    }
    for (auto& [who, handheld] : handhelds_)
        if (handheld.online && handheld.outbox.empty()) handheld.knows = central_.version;
}

void World::live(int moves) {
    for (const auto& who : {depot, holder(HolderKind::depot, 2), anna, boris, holder(HolderKind::courier, 3), point})
        handheld_of(who);
    for (int move = 0; move < moves && truth_ != customer; ++move) {
        if (truth_.kind == HolderKind::courier && chance(ways_.mistaken)) {
            slip();
            network();
        }
        hand_over(next_hands());
        network();
    }
}

void World::come_home() {
    std::vector<Handheld*> waiting;
    for (auto& [who, handheld] : handhelds_)
        if (!handheld.outbox.empty()) waiting.push_back(&handheld);
    while (!waiting.empty()) {
        const auto at = std::uniform_int_distribution<std::size_t>(0, waiting.size() - 1)(dice_);
        send_one(*waiting[at]);
        if (waiting[at]->outbox.empty()) waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(at));
    }
}

}  // namespace plus7::test
