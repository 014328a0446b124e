#include "agent/store/kept_facts.hpp"

#include "shared/sql/tx.hpp"

namespace plus7::agent::store {

std::vector<KeptFacts::Kept> KeptFacts::after(const Place& place, std::size_t count) const {
    const auto list = [&](sql::Tx& tx) {
        return tx.query(
            "SELECT fact.ordinal, fact.seq, epoch.epoch, fact.acked_us, fact.record FROM fact JOIN epoch ON "
            "epoch.ordinal = fact.ordinal WHERE fact.ordinal > $1 OR (fact.ordinal = $1 AND fact.seq > $2) "
            "ORDER BY fact.ordinal, fact.seq LIMIT $3",
            place.epoch_number, place.seq, count);
    };
    std::vector<Kept> kept;
    const auto rows = connection_.snapshot(list).value();
    for (const auto& row : rows) {
        kept.push_back({{row.get<std::int64_t>(0), row.get<std::uint64_t>(1)},
                        row.get<core::Epoch>(2),
                        row.get<std::optional<std::int64_t>>(3).has_value(),
                        row.get<core::Bytes>(4)});
    }
    return kept;
}

}  // namespace plus7::agent::store
