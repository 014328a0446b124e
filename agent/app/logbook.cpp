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

}  // namespace plus7::agent::app
