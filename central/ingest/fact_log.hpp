// Which subjects a fact is an event of, and the log rows that projections are rebuilt from. In a unit.
#pragma once
#include <vector>

#include "central/ingest/batch.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::ingest {

// A record that was not there before.
struct Fresh {
    const CheckedFact* fact = nullptr;
    std::string flags;
    bool effect = false;
};

// Rows for those with effect: of the device always, of the parcel and the shift when there is one. Numbers are taken
// under the locks of the subjects, in sorted order.
void append_facts(core::Tx& tx, const Batch& batch, const std::vector<Fresh>& fresh);

}  // namespace plus7::central::ingest
