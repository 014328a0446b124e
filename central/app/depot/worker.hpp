// What the handheld of a depot's worker told, as scans of the depot: it feeds the evening count, the extras of a
// registry, and a parcel that moved is in no bag any more. Custody itself is the fact's own (app/field). Synchronous,
// inside the caller's transaction, behind the fact.
#pragma once
#include <string>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"
#include "shared/model/custody_facts.hpp"

namespace plus7::central::app::depot {

// A fact of a depot's worker.
struct WorkerAct {
    core::EventId event;
    std::string courier;  // the worker, as staff of the floor
    std::string site;     // his depot
    core::TimeUs at{};    // when it really happened
    core::TimeUs received{};
};

void moved_by_worker(core::Tx& tx, const WorkerAct& act, const std::string& parcel, const model::HandedOver& move);
// `move`: what the event that is taken back had told; none: something else.
void taken_back_by_worker(core::Tx& tx, const WorkerAct& act, const std::string& parcel, const core::EventId& event,
                          const std::optional<model::HandedOver>& move);
// A code scanned while a registry was being taken in: what that does not have is a line of its act. True: it is one
// now.
bool scanned_by_worker(core::Tx& tx, const WorkerAct& act, const std::string& registry, const std::string& code);

}  // namespace plus7::central::app::depot
