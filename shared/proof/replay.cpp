#include "shared/proof/replay.hpp"

#include <algorithm>

namespace plus7::proof {

std::optional<model::Verdict> Replay::take(const Told& told) {
    if (const auto* handed = std::get_if<model::HandedOver>(&told.what))
        return model::apply(custody_, {told.event, told.source, told.knew, handed->from, handed->to, handed->half,
                                       told.transfer, told.standing, handed->leg});
    if (std::holds_alternative<model::AttemptFailed>(told.what)) return attempt(told);
    if (std::holds_alternative<model::Damaged>(told.what)) return damage(told);
    const auto* corrected = std::get_if<model::Corrected>(&told.what);
    if (!corrected) return std::nullopt;
    const bool is_note = std::find(notes_.begin(), notes_.end(), corrected->event) != notes_.end();
    return is_note ? model::Verdict{} : model::undo(custody_, corrected->event);
}

model::Verdict Replay::attempt(const Told& told) {
    if (told.standing == model::Standing::blocked_aware)
        return {model::Effect::evidence, model::CaseReason::blocked_courier, false, false};
    notes_.push_back(told.event);
    const auto id = told.courier ? model::HolderId{told.courier->value} : model::HolderId{};
    const bool counts = custody_.holder == model::Holder{model::HolderKind::courier, id};
    return {counts ? model::Effect::applied : model::Effect::late, model::CaseReason::none, false, false};
}

model::Verdict Replay::damage(const Told& told) {
    if (told.standing == model::Standing::blocked_aware)
        return {model::Effect::evidence, model::CaseReason::blocked_courier, false, false};
    notes_.push_back(told.event);
    return {};
}

std::vector<std::string> Replay::differences(const Head& head) const {
    std::vector<std::string> all;
    std::vector<core::EventId> way;
    for (const auto step : custody_.way) way.push_back(custody_.steps[step].event);
    if (custody_.holder != head.holder) all.push_back("the events end with another holder than the one stated");
    if (way != head.way) all.push_back("the events give another way than the one stated");
    if (custody_.version != head.version) all.push_back("the events give another custody version than the one stated");
    if (static_cast<std::uint64_t>(custody_.missing) != head.missing || custody_.is_clear != head.is_clear)
        all.push_back("the events leave other doubts than the ones stated");
    return all;
}

}  // namespace plus7::proof
