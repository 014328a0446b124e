// Batches under suspicion: those during which the process died, and those that failed for a reason of their own. Normal
// batches cost nothing here: they are noted in FlightSlots only, and what is found there at start is counted in
// `ingest_attempt`, in a transaction of its own, before anything else is taken. Any thread.
#pragma once
#include <map>
#include <mutex>

#include "central/ingest/flight_slots.hpp"
#include "central/store/quarantine_store.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::ingest {

class Attempts {
  public:
    static constexpr int most_tries = 3;

    enum class Verdict {
        take,
        split,      // tried too often: its records must come one by one
        set_aside,  // a single record, tried too often: consumed without looking into it
    };

    // Counts what the process before left behind and reads what is known. unavailable when the database is.
    core::Status start(sql::Database& db, const std::vector<Flight>& left_behind);

    Verdict weigh(const Flight& flight) const;
    bool suspects(const Flight& flight) const;
    // It failed for a reason of its own; the caller counts it in the database too.
    void failed(const Flight& flight);
    // It is through. True when it was under suspicion: its row can go.
    bool passed(const Flight& flight);

  private:
    using Key = std::tuple<core::DeviceId, core::Epoch, wire::Lane, std::uint64_t, std::uint64_t>;
    static Key key_of(const Flight& flight);
    bool was_split(const Flight& flight) const;

    mutable std::mutex lock_;
    std::map<Key, int> tries_;
};

store::AttemptRow attempt_row(const Flight& flight);

}  // namespace plus7::central::ingest
