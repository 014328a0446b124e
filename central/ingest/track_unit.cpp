#include "central/ingest/epoch_gate.hpp"
#include "central/ingest/track_digests.hpp"
#include "central/ingest/units.hpp"
#include "central/store/track_store.hpp"
#include "shared/crypto/sha256.hpp"

namespace plus7::central::ingest {
namespace {

class TrackUnit {
  public:
    TrackUnit(core::Tx& tx, std::span<const Batch* const> batches)
        : tx_(tx), batches_(batches), first_(*batches.front()), taken_(batches.size()) {}

    std::vector<Taken> run() {
        row_ = enter(tx_, first_, taken_.front());
        if (!row_) return std::vector(batches_.size(), taken_.front());
        read_known();
        for (std::size_t i = 0; i < batches_.size(); ++i) sort_out(*batches_[i], taken_[i]);
        keep();
        for (std::size_t i = 0; i < batches_.size(); ++i) say_where_we_are(*batches_[i], taken_[i]);
        return std::move(taken_);
    }

  private:
    struct Fresh {
        const Batch& batch;
        const CheckedTrack& track;
        Taken& taken;
    };

    // What is there under the numbers of these batches; numbers in a row are asked for at once.
    void read_known() {
        for (std::size_t i = 0; i < batches_.size();) {
            const auto first = batches_[i]->header.first_seq;
            auto last = batches_[i]->header.last_seq();
            for (++i; i < batches_.size() && batches_[i]->header.first_seq == last + 1; ++i)
                last = batches_[i]->header.last_seq();
            known_.merge(store::track_bytes(tx_, first_.device, row_->epoch, first, last));
        }
    }

    // Repeats are skipped; of an epoch that is over, and of two records under one number, evidence is kept. What came
    // before such a pair is taken as ever.
    void sort_out(const Batch& batch, Taken& taken) {
        bool has_effect = false;
        for (const auto& track : batch.tracks) {
            const auto [found, is_new] = known_.try_emplace(track.seq, core::copy_of(track.bytes));
            if (!is_new && core::equal(found->second, track.bytes)) continue;
            if (!is_new) {
                fork(tx_, batch, *row_, track.seq, crypto::sha256(track.bytes), track.bytes);
                has_effect = true;
            } else if (row_->phase != store::EpochPhase::open) {
                const char* reason = row_->phase == store::EpochPhase::sealed ? "sealed" : "frozen";
                has_effect |= keep_evidence(tx_, batch, track.seq, crypto::sha256(track.bytes), track.bytes, reason);
            } else {
                fresh_.push_back({batch, track, taken});
                has_effect = true;
            }
        }
        taken.outcome = has_effect ? Outcome::applied : Outcome::duplicate;
    }

    void keep() {
        if (fresh_.empty()) return;
        std::vector<store::TrackRow> rows;
        for (const auto& [batch, track, taken] : fresh_) {
            rows.push_back({track.seq, track.problem.empty() ? track.kind : store::track_unreadable, track.t0, track.t1,
                            track.fixes, track.bytes, batch.frame.received});
            for (const auto& range : track.never) store::insert_never(tx_, batch.device, row_->epoch, range);
            if (!track.problem.empty()) {
                set_aside(tx_, batch, track.seq, track.bytes, track.problem);
                ++taken.quarantined;
                taken.outcome = Outcome::quarantined;
            } else if (track.kind == store::track_block) {
                ++taken.fresh;
                taken.news.stretches.push_back({std::chrono::floor<std::chrono::milliseconds>(track.t0),
                                                std::chrono::floor<std::chrono::milliseconds>(track.t1), track.newest});
            }
        }
        store::insert_tracks(tx_, first_.device, row_->epoch, rows);
        if (row_->digests_waiting) compare_digests(tx_, first_.device, row_->epoch, first_.frame.received);
        const auto upto = store::track_prefix(tx_, first_.device, row_->epoch, row_->track_upto);
        if (upto == row_->track_upto) return;
        row_->track_upto = upto;
        store::move_tracks(tx_, *row_);
    }

    void say_where_we_are(const Batch& batch, Taken& taken) const {
        taken.state = state_of(row_->phase);
        taken.upto = row_->track_upto;
        if (row_->phase == store::EpochPhase::open && batch.header.last_seq() > taken.upto)
            taken.got = {{std::max(batch.header.first_seq, taken.upto + 1), batch.header.last_seq()}};
    }

    core::Tx& tx_;
    const std::span<const Batch* const> batches_;
    const Batch& first_;
    std::vector<Taken> taken_;
    std::optional<store::EpochRow> row_;
    std::map<std::uint64_t, core::Bytes> known_;
    std::vector<Fresh> fresh_;
};

}  // namespace

std::vector<Taken> take_tracks(core::Tx& tx, std::span<const Batch* const> batches) {
    return TrackUnit(tx, batches).run();
}

}  // namespace plus7::central::ingest
