// Whether a database still says what handhelds had signed and central had made of it: `plus7-central verify`. Changes
// nothing. Needs no running central and no broker.
#pragma once
#include <optional>
#include <string>

#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::ingest {

struct RecordCounts {
    std::size_t epochs = 0, facts = 0;
    std::size_t named_gaps = 0;  // places where the chain was broken already when the record came, and said so
    std::size_t set_aside = 0;   // records that could not be read when they came: their hash is all there is to check
    std::size_t tracks = 0;
    std::size_t blobs = 0;
};

struct RecordReport {
    RecordCounts counts;
    std::optional<std::string> fault;  // the first one: device, epoch, lane, number, and what is wrong
};

// Every fact: hash, signature by one of the device's record keys, its place, its predecessor; numbers without a hole up
// to the cursor; the event log's copy. Track records: readable as when they came. Blobs: their hash. Cursors of all
// lanes.
RecordReport check_records(core::Tx& tx);

struct Verified {
    bool whole = false;
    std::string words;  // for a person: what was checked, or what differs
};
// check_records, and all projections rebuilt from the log and compared (I9), rolled back. unavailable: the database.
core::Result<Verified> verify(sql::Database& db);

}  // namespace plus7::central::ingest
