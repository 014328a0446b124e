#include "central/ingest/epoch_gate.hpp"
#include "central/ingest/track_digests.hpp"
#include "central/ingest/units.hpp"
#include "central/store/track_store.hpp"
#include "shared/crypto/sha256.hpp"

namespace plus7::central::ingest {
namespace {

class TrackUnit {
  public:
    TrackUnit(core::Tx& tx, const Batch& batch) : tx_(tx), batch_(batch) {}

    Taken run() {
        row_ = enter(tx_, batch_, taken_);
        if (!row_) return std::move(taken_);
        sort_out();
        if (row_->phase == store::EpochPhase::open) keep();
        taken_.state = state_of(row_->phase);
        taken_.upto = row_->track_upto;
        if (row_->phase == store::EpochPhase::open && batch_.header.last_seq() > taken_.upto)
            taken_.got = {{std::max(batch_.header.first_seq, taken_.upto + 1), batch_.header.last_seq()}};
        return std::move(taken_);
    }

  private:
    // Repeats are skipped; of an epoch that is over, and of two records under one number, evidence is kept.
    void sort_out() {
        const auto known = store::track_bytes(tx_, batch_.device, batch_.header.epoch, batch_.header.first_seq,
                                              batch_.header.last_seq());
        bool evidence = false;
        for (const auto& track : batch_.tracks) {
            const auto found = known.find(track.seq);
            if (found != known.end() && core::equal(found->second, track.bytes)) continue;
            if (found != known.end()) {
                fork(tx_, batch_, *row_, track.seq, crypto::sha256(track.bytes), track.bytes);
                evidence = true;
            } else if (row_->phase != store::EpochPhase::open) {
                const char* reason = row_->phase == store::EpochPhase::sealed ? "sealed" : "frozen";
                evidence |= keep_evidence(tx_, batch_, track.seq, crypto::sha256(track.bytes), track.bytes, reason);
            } else {
                fresh_.push_back(&track);
            }
        }
        taken_.outcome = evidence || !fresh_.empty() ? Outcome::applied : Outcome::duplicate;
    }

    void keep() {
        if (fresh_.empty()) return;
        std::vector<store::TrackRow> rows;
        for (const auto* track : fresh_) {
            rows.push_back({track->seq, track->problem.empty() ? track->kind : store::track_unreadable, track->t0,
                            track->t1, track->fixes, track->bytes});
            for (const auto& range : track->never) store::insert_never(tx_, batch_.device, row_->epoch, range);
            if (!track->problem.empty()) {
                set_aside(tx_, batch_, track->seq, track->bytes, track->problem);
                ++taken_.quarantined;
            } else if (track->kind == store::track_block) {
                ++taken_.fresh;
                taken_.news.stretches.push_back({std::chrono::floor<std::chrono::milliseconds>(track->t0),
                                                 std::chrono::floor<std::chrono::milliseconds>(track->t1),
                                                 track->newest});
            }
        }
        store::insert_tracks(tx_, batch_.device, row_->epoch, rows, batch_.frame.received);
        if (row_->digests_waiting) compare_digests(tx_, batch_.device, row_->epoch, batch_.frame.received);
        if (taken_.quarantined > 0) taken_.outcome = Outcome::quarantined;
        const auto upto = store::track_prefix(tx_, batch_.device, row_->epoch, row_->track_upto);
        if (upto == row_->track_upto) return;
        row_->track_upto = upto;
        store::move_tracks(tx_, *row_);
    }

    core::Tx& tx_;
    const Batch& batch_;
    std::optional<store::EpochRow> row_;
    std::vector<const CheckedTrack*> fresh_;
    Taken taken_;
};

}  // namespace

Taken take_tracks(core::Tx& tx, const Batch& batch) { return TrackUnit(tx, batch).run(); }

}  // namespace plus7::central::ingest
