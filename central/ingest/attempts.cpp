#include "central/ingest/attempts.hpp"

#include <algorithm>

namespace plus7::central::ingest {

store::AttemptRow attempt_row(const Flight& flight) {
    return {flight.device, flight.epoch, flight.lane, flight.first_seq, flight.records, 0};
}

Attempts::Key Attempts::key_of(const Flight& flight) {
    return {flight.device, flight.epoch, flight.lane, flight.first_seq, flight.records};
}

core::Status Attempts::start(sql::Database& db, const std::vector<Flight>& left_behind) {
    if (!left_behind.empty()) {
        const auto count = [&](sql::Tx& tx) {
            for (const auto& flight : left_behind) store::count_attempt(tx, attempt_row(flight));
        };
        if (const auto counted = db.write(count); !counted) return counted;
    }
    const auto rows = db.read([](sql::Tx& tx) { return store::attempts(tx); });
    if (!rows) return rows.error();
    const std::lock_guard guard(lock_);
    for (const auto& row : *rows)
        tries_[key_of({row.device, row.epoch, row.lane, row.first_seq, row.records})] = row.tries;
    return {};
}

bool Attempts::was_split(const Flight& flight) const {
    return std::any_of(tries_.begin(), tries_.end(), [&](const auto& entry) {
        const auto& [device, epoch, lane, first, records] = entry.first;
        return entry.second >= most_tries && records > 1 && device == flight.device && epoch == flight.epoch &&
               lane == flight.lane && flight.first_seq >= first && flight.first_seq - first < records;
    });
}

Attempts::Verdict Attempts::weigh(const Flight& flight) const {
    const std::lock_guard guard(lock_);
    const auto found = tries_.find(key_of(flight));
    if (found == tries_.end()) return Verdict::take;
    if (flight.records > 1) return found->second >= most_tries ? Verdict::split : Verdict::take;
    return found->second >= most_tries || was_split(flight) ? Verdict::set_aside : Verdict::take;
}

bool Attempts::suspects(const Flight& flight) const {
    const std::lock_guard guard(lock_);
    return tries_.contains(key_of(flight));
}

void Attempts::failed(const Flight& flight) {
    const std::lock_guard guard(lock_);
    ++tries_[key_of(flight)];
}

bool Attempts::passed(const Flight& flight) {
    const std::lock_guard guard(lock_);
    return tries_.erase(key_of(flight)) != 0;
}

}  // namespace plus7::central::ingest
