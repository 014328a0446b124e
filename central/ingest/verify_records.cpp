#include <algorithm>

#include "central/ingest/verify.hpp"
#include "central/store/blob_store.hpp"
#include "central/store/connection_store.hpp"
#include "central/store/epoch_store.hpp"
#include "central/store/stored_records.hpp"
#include "central/store/track_store.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/fact.hpp"
#include "shared/wire/fact_data.hpp"
#include "shared/wire/gap_record.hpp"
#include "shared/wire/track_block.hpp"

namespace plus7::central::ingest {
namespace {

bool has_word(const std::string& flags, std::string_view word) {
    return (' ' + flags + ' ').find(' ' + std::string(word) + ' ') != std::string::npos;
}

// The facts of one epoch, in the order of their numbers.
class FactChain {
  public:
    FactChain(const store::EpochRow& epoch, const std::vector<core::PublicKey>& keys, RecordCounts& counts)
        : epoch_(epoch), keys_(keys), counts_(counts) {
        std::optional<wire::Parent> parent;
        if (epoch.parent) parent = wire::Parent{*epoch.parent, epoch.parent_upto, epoch.parent_hash};
        before_ = wire::first_prev(epoch.epoch, parent);
    }

    // "" or what is wrong.
    std::string take(const store::StoredFact& row) {
        ++counts_.facts;
        const bool late = has_word(row.flags, "late");  // of numbers that a gap had declared lost: no part of the chain
        if (!late && row.seq != upto_ + 1) return "fact " + std::to_string(upto_ + 1) + " is missing";
        const auto record = wire::decode_fact_record(row.bytes);
        if (!record || has_word(row.flags, "poison")) return take_unread(row, record ? &*record : nullptr, late);
        if (wire::hash_of_body(record->body) != row.hash) return "its bytes do not have its hash";
        const bool known =
            std::any_of(keys_.begin(), keys_.end(), [&](const auto& key) { return wire::verify(*record, key); });
        if (!known) return "its signature is by none of the device's keys";
        const auto fact = wire::decode_body(record->body);
        if (!fact) return "its body cannot be read";
        if (fact->device != epoch_.device || fact->epoch != epoch_.epoch || fact->seq != row.seq)
            return "it is signed for another place";
        if (row.event != fact->id) return "it is entered under another event id";
        return late ? "" : follow(row, *fact);
    }

    // After the last: does the cursor stand where the facts end?
    std::string end() const {
        if (upto_ != epoch_.fact_upto) return "the cursor says " + std::to_string(epoch_.fact_upto);
        if (upto_ > 0 && before_ != epoch_.fact_hash) return "the cursor has another hash";
        return "";
    }
    std::uint64_t upto() const { return upto_; }

  private:
    std::string take_unread(const store::StoredFact& row, const wire::SignedFact* record, bool late) {
        const bool of_body = record != nullptr && wire::hash_of_body(record->body) == row.hash;
        if (!of_body && crypto::sha256(row.bytes) != row.hash) return "its bytes do not have its hash";
        if (!has_word(row.flags, "poison")) return "it cannot be read";
        ++counts_.set_aside;
        if (!late) step(row.seq, row.hash);
        return "";
    }

    std::string follow(const store::StoredFact& row, const wire::Fact& fact) {
        if (fact.prev != before_) {
            if (!has_word(row.flags, "after_gap")) return "it does not follow from the fact before it";
            ++counts_.named_gaps;
        }
        auto reached = row.seq;
        if (fact.type == model::FactGap::type)
            if (const auto gap = wire::decode_data<model::FactGap>(fact.data)) reached = std::max(reached, gap->to);
        step(reached, row.hash);
        return "";
    }

    void step(std::uint64_t upto, const core::Hash& hash) {
        upto_ = upto;
        before_ = hash;
    }

    const store::EpochRow& epoch_;
    const std::vector<core::PublicKey>& keys_;
    RecordCounts& counts_;
    core::Hash before_;
    std::uint64_t upto_ = 0;
};

std::string problem_of_track(const store::StoredTrack& row) {
    if (row.kind == store::track_unreadable) return "";
    const auto record = wire::decode_track_record(row.bytes);
    if (!record) return "it cannot be read";
    const auto* block = std::get_if<wire::TrackBlockRecord>(&*record);
    if ((block != nullptr) != (row.kind == store::track_block)) return "it is entered as another kind";
    if (block == nullptr) return "";
    const auto fixes = wire::decode_track_block(block->block);
    if (!fixes) return "its block cannot be read";
    return fixes->fixes.size() == row.fixes ? "" : "its block has another number of fixes";
}

std::string named(const store::EpochRow& epoch, const std::string& what, const std::string& problem) {
    return "device " + epoch.device.text() + ", epoch " + epoch.epoch.hex() + ", " + what + ": " + problem;
}

std::optional<std::string> check_facts_of(core::Tx& tx, const store::EpochRow& epoch,
                                          const std::vector<core::PublicKey>& keys, RecordCounts& counts) {
    std::optional<std::string> fault;
    FactChain chain(epoch, keys, counts);
    store::each_fact(tx, epoch.device, epoch.epoch, [&](const store::StoredFact& row) {
        if (fault) return;
        const auto problem = chain.take(row);
        if (!problem.empty()) fault = named(epoch, "fact " + std::to_string(row.seq), problem);
    });
    if (fault) return fault;
    const auto problem = chain.end();
    if (!problem.empty()) return named(epoch, "facts end at " + std::to_string(chain.upto()), problem);
    return std::nullopt;
}

std::optional<std::string> check_bulk_of(core::Tx& tx, const store::EpochRow& epoch, RecordCounts& counts) {
    std::optional<std::string> fault;
    store::each_track(tx, epoch.device, epoch.epoch, [&](const store::StoredTrack& row) {
        ++counts.tracks;
        if (fault) return;
        const auto problem = problem_of_track(row);
        if (!problem.empty()) fault = named(epoch, "track record " + std::to_string(row.seq), problem);
    });
    if (fault) return fault;
    const auto prefix = [&](const char* lane, std::uint64_t reached, std::uint64_t cursor) {
        if (reached != cursor && !fault)
            fault = named(epoch, std::string(lane) + " records reach " + std::to_string(reached),
                          "the cursor says " + std::to_string(cursor));
    };
    prefix("track", store::track_prefix(tx, epoch.device, epoch.epoch, 0), epoch.track_upto);
    prefix("blob", store::blob_prefix(tx, epoch.device, epoch.epoch, 0), epoch.blob_upto);
    return fault;
}

std::optional<std::string> check_blobs(core::Tx& tx, RecordCounts& counts) {
    std::optional<std::string> fault;
    store::each_blob(tx, [&](const core::Hash& sha, const core::Bytes& bytes) {
        ++counts.blobs;
        if (!fault && crypto::sha256(bytes) != sha) fault = "blob " + sha.hex() + ": its bytes do not have its hash";
    });
    return fault;
}

}  // namespace

RecordReport check_records(core::Tx& tx) {
    RecordReport report;
    for (const auto& device : store::devices_with_epochs(tx)) {
        const auto keys = store::record_keys(tx, device);
        for (const auto& epoch : store::epochs_of(tx, device)) {
            ++report.counts.epochs;
            report.fault = check_facts_of(tx, epoch, keys, report.counts);
            if (!report.fault) report.fault = check_bulk_of(tx, epoch, report.counts);
            if (report.fault) return report;
        }
    }
    if (const auto stray = store::fact_without_epoch(tx)) {
        report.fault = named(store::EpochRow(stray->device, stray->epoch), "fact " + std::to_string(stray->seq),
                             "no such epoch was ever opened");
    } else if (const auto copy = store::altered_log_copy(tx)) {
        report.fault = named(store::EpochRow(copy->device, copy->epoch), "fact " + std::to_string(copy->seq),
                             "the event log has other bytes of it");
    } else {
        report.fault = check_blobs(tx, report.counts);
    }
    return report;
}

}  // namespace plus7::central::ingest
