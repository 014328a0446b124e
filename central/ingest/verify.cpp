#include "central/ingest/verify.hpp"

#include "central/ingest/rebuild.hpp"

namespace plus7::central::ingest {
namespace {

constexpr const char* rolled_back = "rolled back on purpose";

std::string counted(const RecordCounts& counts) {
    std::string words = "records: " + std::to_string(counts.facts) + " facts in " + std::to_string(counts.epochs) +
                        " epochs have their hash, their signature, their place in the chain and no hole before the "
                        "cursor; " +
                        std::to_string(counts.tracks) + " track records are readable; " + std::to_string(counts.blobs) +
                        " photos and other blobs have their hash";
    if (counts.named_gaps > 0)
        words += "; the chain was broken at " + std::to_string(counts.named_gaps) + " places when it came, each named";
    if (counts.set_aside > 0)
        words += "; " + std::to_string(counts.set_aside) + " facts were set aside unread: of these only the hash";
    return words + "\n";
}

}  // namespace

core::Result<Verified> verify(sql::Database& db) {
    const auto records = db.read([](sql::Tx& tx) { return check_records(tx); });
    if (!records) return records.error();
    if (records->fault) return Verified{false, "records differ from what was signed: " + *records->fault};
    core::Hash live, rebuilt;
    std::size_t facts = 0;
    std::optional<core::Error> broken;
    const auto undone = db.write([&](sql::Tx& tx) -> core::Status {
        broken.reset();
        live = projection_digest(tx);
        const auto replayed = rebuild(tx);
        if (replayed) {
            facts = *replayed;
            rebuilt = projection_digest(tx);
        } else {
            broken = replayed.error();
        }
        return core::conflict(rolled_back);
    });
    if (undone.ok()) return core::internal("verifying was not rolled back");
    if (undone.error().message != rolled_back) return undone.error();
    if (broken) return Verified{false, "the log cannot be replayed: " + broken->message};
    if (live != rebuilt)
        return Verified{false, "what is derived (acts, shifts, clocks) from " + std::to_string(facts) +
                                   " facts differs from the log"};
    return Verified{true, counted(records->counts) + "projections: " + std::to_string(facts) +
                              " facts replayed, everything derived from them is as it was\n"};
}

}  // namespace plus7::central::ingest
