#include <algorithm>

#include "central/ingest/cases.hpp"
#include "central/ingest/chat_step.hpp"
#include "central/ingest/epoch_gate.hpp"
#include "central/ingest/units.hpp"
#include "central/store/blob_store.hpp"
#include "shared/crypto/sha256.hpp"

namespace plus7::central::ingest {
namespace {

class BlobUnit {
  public:
    BlobUnit(core::Tx& tx, const Batch& batch) : tx_(tx), batch_(batch) {}

    Taken run() {
        row_ = enter(tx_, batch_, taken_);
        if (!row_) return std::move(taken_);
        sort_out();
        if (row_->phase == store::EpochPhase::open) {
            keep();
            put_together();
        }
        taken_.state = state_of(row_->phase);
        taken_.upto = row_->blob_upto;
        if (row_->phase == store::EpochPhase::open && batch_.header.last_seq() > taken_.upto)
            taken_.got = {{std::max(batch_.header.first_seq, taken_.upto + 1), batch_.header.last_seq()}};
        return std::move(taken_);
    }

  private:
    void sort_out() {
        const auto known = store::chunk_hashes(tx_, batch_.device, batch_.header.epoch, batch_.header.first_seq,
                                               batch_.header.last_seq());
        bool evidence = false;
        for (const auto& chunk : batch_.chunks) {
            const auto found = known.find(chunk.seq);
            if (found != known.end() && found->second == chunk.hash) continue;
            if (found != known.end()) {
                fork(tx_, batch_, *row_, chunk.seq, chunk.hash, chunk.bytes);
                evidence = true;
            } else if (row_->phase != store::EpochPhase::open) {
                const char* reason = row_->phase == store::EpochPhase::sealed ? "sealed" : "frozen";
                evidence |= keep_evidence(tx_, batch_, chunk.seq, chunk.hash, chunk.bytes, reason);
            } else {
                fresh_.push_back(&chunk);
            }
        }
        taken_.outcome = evidence || !fresh_.empty() ? Outcome::applied : Outcome::duplicate;
    }

    void keep() {
        if (fresh_.empty()) return;
        std::vector<store::ChunkRow> rows;
        for (const auto* chunk : fresh_) {
            const auto& c = chunk->chunk;
            rows.push_back({chunk->seq, chunk->hash, c.sha, c.total, c.offset, c.bytes});
            if (chunk->problem.empty()) {
                ++taken_.fresh;
            } else {
                set_aside(tx_, batch_, chunk->seq, chunk->bytes, chunk->problem);
                ++taken_.quarantined;
            }
        }
        store::insert_chunks(tx_, batch_.device, row_->epoch, rows, batch_.frame.received);
        if (taken_.quarantined > 0) taken_.outcome = Outcome::quarantined;
        const auto upto = store::blob_prefix(tx_, batch_.device, row_->epoch, row_->blob_upto);
        if (upto == row_->blob_upto) return;
        row_->blob_upto = upto;
        store::move_blobs(tx_, *row_);
    }

    // Also for chunks that were known: the answer may have been lost.
    void put_together() {
        std::vector<const wire::BlobChunk*> blobs;
        for (const auto& chunk : batch_.chunks) {
            const bool seen =
                std::any_of(blobs.begin(), blobs.end(), [&](const auto* blob) { return blob->sha == chunk.chunk.sha; });
            if (chunk.problem.empty() && !seen) blobs.push_back(&chunk.chunk);
        }
        for (const auto* blob : blobs) put_together(blob->sha, blob->total);
    }

    void put_together(const core::Hash& sha, std::uint64_t total) {
        if (store::has_blob(tx_, sha)) {
            taken_.blobs_ok.push_back(sha);
            store::spend_chunks(tx_, batch_.device, sha);
            return;
        }
        if (store::waiting_bytes(tx_, batch_.device, sha) < total) return;
        const auto whole = store::join_chunks(tx_, batch_.device, sha, total);
        if (whole.size() < total) return;
        store::spend_chunks(tx_, batch_.device, sha);
        if (crypto::sha256(whole) == sha) {
            store::put_blob(tx_, sha, whole, batch_.frame.received);
            take_chat_text(tx_, batch_, sha, whole, taken_.news);
            taken_.blobs_ok.push_back(sha);
            return;
        }
        taken_.blobs_bad.push_back(sha);
        open_case(tx_, CaseKind::blob_bad, batch_.device, sha.hex(), {{"sha256", sha.hex()}}, batch_.frame.received);
    }

    core::Tx& tx_;
    const Batch& batch_;
    std::optional<store::EpochRow> row_;
    std::vector<const CheckedChunk*> fresh_;
    Taken taken_;
};

}  // namespace

Taken take_chunks(core::Tx& tx, const Batch& batch) { return BlobUnit(tx, batch).run(); }

}  // namespace plus7::central::ingest
