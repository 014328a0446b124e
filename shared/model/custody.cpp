#include "shared/model/custody.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "shared/model/way.hpp"

namespace plus7::model {
namespace {

std::vector<std::size_t> counted(const std::vector<Step>& steps) {
    std::vector<std::size_t> members;
    for (std::size_t at = 0; at < steps.size(); ++at)
        if (!steps[at].undone && steps[at].half == Half::none) members.push_back(at);
    return members;
}

// A half counts as a whole transfer when the taker acted as holder since: the way has fewer holes with it, or as many
// and the same end (K7).
Way with_useful_halves(std::vector<Step>& steps) {
    const auto end = [&](const Way& way) { return way.order.empty() ? Holder{} : steps[way.order.back()].to; };
    auto way = find_way(steps, counted(steps));
    for (auto& step : steps) {
        if (step.half == Half::none || step.undone || way.holes == 0) continue;
        const auto waiting = std::exchange(step.half, Half::none);
        auto with = find_way(steps, counted(steps));
        if (with.holes < way.holes || (with.holes == way.holes && end(with) == end(way)))
            way = std::move(with);
        else
            step.half = waiting;
    }
    return way;
}

// Puts the steps in order anew.
void settle(Custody& custody) {
    const auto way = with_useful_halves(custody.steps);
    custody.way = way.order;
    custody.missing = way.holes;
    custody.holder = way.order.empty() ? Custody{}.holder : custody.steps[way.order.back()].to;
    custody.is_clear = way.is_clear;
}

// Whether another source tells the same handover.
bool has_neighbour(const Custody& custody, std::size_t index) {
    const auto& way = custody.way;
    const auto at = std::find(way.begin(), way.end(), index);
    const auto same = [&](auto other) { return is_same_handover(custody.steps[*other], custody.steps[index]); };
    if (at == way.end()) return false;
    return (at != way.begin() && same(at - 1)) || (at + 1 != way.end() && same(at + 1));
}

class Judge {
  public:
    Judge(Custody& custody, const Handover& fact) : custody_(custody), steps_(custody.steps), fact_(fact) {}

    Verdict run() {
        verdict_.blocked = fact_.standing == Standing::blocked_unaware;
        if (fact_.standing == Standing::blocked_aware) return with(Effect::evidence, CaseReason::blocked_courier);
        const bool is_none = fact_.from.kind == HolderKind::unknown || fact_.to.kind == HolderKind::unknown;
        if (is_none || fact_.from == fact_.to) return with(Effect::evidence, CaseReason::irregular);
        if (fact_.transfer && fact_.half != Half::none) return take_half();
        return fact_.to.kind == HolderKind::customer ? deliver() : take_new(Half::none);
    }

  private:
    Verdict take_half() {
        const auto same = [&](const Step& step) { return step.transfer == fact_.transfer && !step.undone; };
        const auto found = std::find_if(steps_.begin(), steps_.end(), same);
        if (found == steps_.end()) return take_new(fact_.half);
        if (found->from != fact_.from || found->to != fact_.to)
            return with(Effect::evidence, CaseReason::transfer_differs);
        found->half = Half::none;
        return take_new(Half::none);
    }

    Verdict deliver() {
        const auto delivered = [](const Step& step) { return !step.undone && step.to.kind == HolderKind::customer; };
        const auto first = std::find_if(steps_.begin(), steps_.end(), delivered);
        if (custody_.holder.kind != HolderKind::customer || first == steps_.end()) return take_new(Half::none);
        return first->from == fact_.from ? with(Effect::joined) : with(Effect::disputed, CaseReason::two_deliveries);
    }

    Verdict take_new(Half half) {
        ++custody_.version;
        const auto before = custody_.holder;
        steps_.push_back({fact_.event, fact_.source, fact_.knew, fact_.from, fact_.to, fact_.transfer, half,
                          custody_.version, fact_.leg, false});
        settle(custody_);
        if (steps_.back().half != Half::none) return with(Effect::half);
        verdict_.inferred = custody_.missing > 0;
        return with(effect(before), is_regular(fact_.from, fact_.to) ? CaseReason::none : CaseReason::irregular);
    }

    Effect effect(const Holder& before) const {
        if (custody_.holder != before) return Effect::applied;
        if (has_neighbour(custody_, steps_.size() - 1)) return Effect::joined;
        return custody_.way.back() == steps_.size() - 1 ? Effect::applied : Effect::late;
    }

    Verdict with(Effect effect, CaseReason reason = CaseReason::none) {
        verdict_.effect = effect;
        verdict_.reason = reason;
        return verdict_;
    }

    Custody& custody_;
    std::vector<Step>& steps_;
    const Handover& fact_;
    Verdict verdict_;
};

constexpr std::array<std::string_view, 6> effects{"applied", "joined", "half", "late", "disputed", "evidence"};
constexpr std::array<std::string_view, 7> reasons{
    "", "two_deliveries", "blocked_courier", "irregular", "transfer_differs", "undo_contested", "undo_of_nothing"};

}  // namespace

bool Custody::in_transfer() const {
    return std::any_of(steps.begin(), steps.end(),
                       [](const Step& step) { return step.half != Half::none && !step.undone; });
}

const Step* Custody::last() const { return way.empty() ? nullptr : &steps[way.back()]; }

Verdict apply(Custody& custody, const Handover& handover) { return Judge(custody, handover).run(); }

Verdict undo(Custody& custody, const core::EventId& named) {
    const auto step =
        std::find_if(custody.steps.begin(), custody.steps.end(), [&](const Step& one) { return one.event == named; });
    if (step == custody.steps.end()) return {Effect::evidence, CaseReason::undo_of_nothing, false, false};
    if (step->undone) return {Effect::joined, CaseReason::none, false, false};
    const bool told_by_both = has_neighbour(custody, static_cast<std::size_t>(step - custody.steps.begin()));
    const auto holes = custody.missing;
    step->undone = true;
    ++custody.version;
    settle(custody);
    Verdict verdict;
    verdict.inferred = custody.missing > 0;
    if (told_by_both || custody.missing > holes) verdict.reason = CaseReason::undo_contested;
    return verdict;
}

std::string_view name_of(Effect effect) { return effects[static_cast<std::size_t>(effect)]; }
std::string_view name_of(CaseReason reason) { return reasons[static_cast<std::size_t>(reason)]; }

}  // namespace plus7::model
