#include "agent/app/logbook.hpp"

namespace plus7::agent::app {

core::Result<store::Saved> Logbook::save(store::Act act, std::vector<store::Note> notes,
                                         const store::Outbox::Also& also) {
    act.who = who_;
    if (who_.shift) act.where = stamps_.where();
    act.notes = always_ ? always_() : std::vector<store::Note>{};
    for (auto& note : notes) act.notes.push_back(std::move(note));
    auto saved = outbox_.append(act, also);
    if (saved && told_) told_();
    return saved;
}

core::Status Logbook::save_all(std::vector<store::Act> acts) {
    if (acts.empty()) return {};
    for (auto& act : acts) {
        act.who = who_;
        if (who_.shift) act.where = stamps_.where();
    }
    if (always_)
        for (auto& note : always_()) acts.back().notes.push_back(std::move(note));
    const auto saved = outbox_.append_all(acts);
    if (!saved) return saved.error();
    if (told_) told_();
    return {};
}

}  // namespace plus7::agent::app
