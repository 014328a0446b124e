#include "central/ingest/fact_log.hpp"

#include <map>

#include "central/store/event_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::ingest {
namespace {

std::vector<store::Subject> subjects_of(const wire::Fact& fact) {
    std::vector<store::Subject> subjects{{"device", fact.device.text()}};
    if (fact.about.parcel) subjects.push_back({"parcel", core::to_uuid_text(*fact.about.parcel)});
    if (fact.who.shift) subjects.push_back({"shift", core::to_uuid_text(*fact.who.shift)});
    return subjects;
}

}  // namespace

void append_facts(core::Tx& tx, const Batch& batch, const std::vector<Fresh>& fresh) {
    std::map<store::Subject, std::vector<const CheckedFact*>> by_subject;
    for (const auto& one : fresh) {
        if (!one.effect) continue;
        for (auto& subject : subjects_of(*one.fact->fact)) by_subject[std::move(subject)].push_back(one.fact);
    }
    std::vector<store::LogRow> rows;
    for (const auto& [subject, facts] : by_subject) {
        auto seq = store::take_subject_seqs(tx, subject, facts.size());
        for (const auto* fact : facts)
            rows.push_back({subject, seq++, fact->fact->id, "device", batch.frame.received, fact->bytes});
    }
    if (!rows.empty()) store::append_log(tx, rows);
}

}  // namespace plus7::central::ingest
