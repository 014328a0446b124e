#include <algorithm>

#include "central/app/field/apply.hpp"
#include "central/ingest/cases.hpp"
#include "central/ingest/chat_step.hpp"
#include "central/ingest/epoch_gate.hpp"
#include "central/ingest/fact_log.hpp"
#include "central/ingest/field_facts.hpp"
#include "central/ingest/floor_step.hpp"
#include "central/ingest/parcel_step.hpp"
#include "central/ingest/track_digests.hpp"
#include "central/ingest/units.hpp"
#include "central/store/break_store.hpp"
#include "central/store/connection_store.hpp"
#include "central/store/courier_block_store.hpp"
#include "central/store/event_store.hpp"
#include "central/store/field_store.hpp"
#include "central/store/floor_rows.hpp"
#include "central/store/record_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/sql/error.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::ingest {
namespace {

class FactUnit {
  public:
    FactUnit(core::Tx& tx, const Batch& batch, Care care) : tx_(tx), batch_(batch), care_(care) {}

    Taken run() {
        using Step = bool (FactUnit::*)();
        constexpr Step steps[] = {
            &FactUnit::enter_epoch,    // lock the cursor row; a batch of an epoch that is over is evidence
            &FactUnit::require_order,  // nothing before it may be missing
            &FactUnit::skip_known,     // repeats by hash; another hash is a fork
            &FactUnit::follow_chain,   // each names the one before, or the gap gets a name
            &FactUnit::claim_events,   // one effect per event id
            &FactUnit::apply,          // projections
            &FactUnit::heed,           // what a fact says to sync itself: key, gap, lost blob
            &FactUnit::keep_records,  &FactUnit::log_events,
            &FactUnit::follow_plans,  // what central concludes of facts is an event behind theirs in the log
            &FactUnit::move_cursor,
        };
        for (const auto step : steps)
            if (!(this->*step)()) break;
        if (row_) report();
        return std::move(taken_);
    }

  private:
    bool enter_epoch() {
        row_ = enter(tx_, batch_, taken_);
        if (!row_ || row_->phase == store::EpochPhase::open) return row_.has_value();
        keep_unknown_as_evidence();
        return false;
    }

    void keep_unknown_as_evidence() {
        const auto known = hashes();
        bool fresh = false;
        for (const auto& fact : batch_.facts) {
            const auto found = known.find(fact.seq);
            if (found != known.end() && found->second == fact.hash) continue;
            const char* reason = row_->phase == store::EpochPhase::sealed ? "sealed" : "frozen";
            fresh |= keep_evidence(tx_, batch_, fact.seq, fact.hash, fact.bytes, reason);
        }
        taken_.outcome = fresh ? Outcome::applied : Outcome::duplicate;
    }

    bool require_order() {
        if (batch_.header.first_seq <= row_->fact_upto + 1) return true;
        taken_.outcome = Outcome::deferred;
        return false;
    }

    bool skip_known() {
        const auto known = batch_.header.first_seq <= row_->fact_upto ? hashes() : decltype(hashes()){};
        for (const auto& fact : batch_.facts) {
            const auto found = known.find(fact.seq);
            if (found == known.end()) {
                // A number that a gap had declared lost, and that came after all, is no prefix any more: late.
                fresh_.push_back({&fact, fact.seq <= row_->fact_upto ? "late" : "", false});
            } else if (found->second != fact.hash) {
                fork(tx_, batch_, *row_, fact.seq, fact.hash, fact.bytes);
            }
        }
        if (row_->phase != store::EpochPhase::open) return false;  // its rest comes again in a new epoch
        if (fresh_.empty()) taken_.outcome = Outcome::duplicate;
        return !fresh_.empty();
    }

    bool follow_chain() {
        std::optional<wire::Parent> parent;
        if (row_->parent) parent = wire::Parent{*row_->parent, row_->parent_upto, row_->parent_hash};
        core::Hash before = row_->fact_upto == 0 ? wire::first_prev(row_->epoch, parent) : row_->fact_hash;
        for (auto& fresh : fresh_) {
            if (fresh.flags == "late") continue;
            const auto& fact = *fresh.fact;
            if (fact.fact && fact.fact->prev != before) {
                add_flag(fresh.flags, "after_gap");
                open_case(tx_, CaseKind::chain_gap, batch_.device, row_->epoch.hex() + "|" + std::to_string(fact.seq),
                          {{"epoch", row_->epoch.hex()}, {"seq", std::to_string(fact.seq)}}, batch_.frame.received);
            }
            before = fact.hash;
        }
        return true;
    }

    bool claim_events() {
        std::vector<store::EventRow> rows;
        for (const auto& fresh : fresh_)
            if (fresh.fact->fact) rows.push_back(event_row(*fresh.fact));
        const bool all_new = store::claim_events(tx_, rows) == static_cast<std::int64_t>(rows.size());
        for (auto& fresh : fresh_) {
            const auto& fact = *fresh.fact;
            if (fact.event) add_words(fresh.flags, fact.event->flags);
            fresh.effect = fact.fact && (all_new || is_first(fresh));
        }
        return true;
    }

    store::EventRow event_row(const CheckedFact& fact) const {
        store::EventRow row(fact.fact->id, batch_.device);
        row.epoch = row_->epoch;
        row.seq = fact.seq;
        row.type = fact.fact->type;
        row.digest = fact.digest;
        row.received = batch_.frame.received;
        return row;
    }

    // Whether this very record is the one that has the event's effect; if not, it is a repeat or disputed.
    bool is_first(Fresh& fresh) {
        const auto& fact = *fresh.fact;
        const auto first = store::find_event(tx_, fact.fact->id).value();
        if (first.device == batch_.device && first.epoch == row_->epoch && first.seq == fact.seq) return true;
        if (first.device == batch_.device && first.digest == fact.digest) {
            add_flag(fresh.flags, "repeat");
            return false;
        }
        add_flag(fresh.flags, "disputed");
        keep_evidence(tx_, batch_, fact.seq, fact.hash, fact.bytes, "event");
        open_case(tx_, CaseKind::disputed, batch_.device, fact.fact->id.hex(), {{"event", fact.fact->id.hex()}},
                  batch_.frame.received);
        return false;
    }

    bool apply() {
        for (auto& fresh : fresh_) {
            if (!fresh.effect) continue;
            auto event = *fresh.fact->event;
            if (event.courier)
                add_words(fresh.flags, blocked_flag(about(*event.courier).blocked_since, fresh.fact->fact->view));
            event.flags = fresh.flags;
            if (care_ == Care::together) {
                apply_to(tx_, event, anchors_);
            } else {
                auto news = taken_.news;
                const auto problem = apply_alone(event);
                if (problem.empty()) continue;
                taken_.news = std::move(news);
                fresh.effect = false;
                spoil(fresh, problem);
            }
        }
        anchors_.keep();
        return true;
    }

    // "" or why it cannot be applied; then it changed nothing.
    std::string apply_alone(const app::field::FieldEvent& event) {
        try {
            const auto status = tx_.savepoint([&](core::Tx& tx) -> core::Status {
                app::field::Anchors anchors(tx);
                apply_to(tx, event, anchors);
                anchors.keep();
                return {};
            });
            return status ? "" : status.error().message;
        } catch (const sql::DbError& error) {
            if (error.ends_transaction()) throw;
            return error.what();
        } catch (const std::logic_error& error) {
            return error.what();
        }
    }

    void apply_to(core::Tx& tx, const app::field::FieldEvent& event, app::field::Anchors& anchors) {
        const auto applied = app::field::apply(tx, event, anchors);
        note(applied, event);
        apply_to_chat(tx, event, taken_.news);
        apply_to_parcel(tx, event, applied.time, taken_.news);
        if (event.courier) apply_to_floor(tx, event, applied.time.at, about(*event.courier).depot, taken_.news);
        // What cannot be told is the fault of one record here, and harms no other.
        if (care_ == Care::one_by_one) retell(tx, taken_.news);
    }

    void note(const app::field::Applied& applied, const app::field::FieldEvent& event) {
        taken_.news.acts.push_back(event.id);
        taken_.news.shift_changed |= applied.shift_started || applied.shift_ended || applied.break_changed;
        if (applied.battery_percent) taken_.news.battery_percent = applied.battery_percent;
    }

    void spoil(Fresh& fresh, const std::string& reason) {
        add_flag(fresh.flags, "poison");
        set_aside(tx_, batch_, fresh.fact->seq, fresh.fact->bytes, reason);
        ++taken_.quarantined;
    }

    bool heed() {
        for (auto& fresh : fresh_) {
            const auto& fact = *fresh.fact;
            if (!fact.problem.empty()) spoil(fresh, fact.problem);
            if (!fresh.effect) continue;
            ++taken_.fresh;
            if (fact.key) rotate(*fact.key);
            if (fact.gap)
                open_case(tx_, CaseKind::fact_gap, batch_.device, fact.fact->id.hex(),
                          {{"epoch", row_->epoch.hex()},
                           {"from", std::to_string(fact.gap->from)},
                           {"to", std::to_string(fact.gap->to)}},
                          batch_.frame.received);
            if (fact.tracks) expect_tracks(tx_, batch_.device, *fact.tracks, fact.fact->id, batch_.frame.received);
            if (fact.lost) lose(fact.lost->sha);
        }
        return true;
    }

    void lose(const core::Hash& blob) {
        open_case(tx_, CaseKind::blob_lost, batch_.device, blob.hex(), {{"sha256", blob.hex()}}, batch_.frame.received);
        lose_chat_text(tx_, blob, batch_.frame.received, taken_.news);
    }

    void rotate(const model::KeyRotated& key) {
        const auto device = store::lock_connection(tx_, batch_.device);
        if (!device || device->record_key != key.old_key) return;  // an old rotation told again
        store::rotate_record_key(tx_, batch_.device, key.new_key, batch_.frame.received);
        taken_.keys_changed = true;
    }

    bool keep_records() {
        std::vector<store::FactRecordRow> rows;
        for (const auto& fresh : fresh_) {
            std::optional<core::EventId> event;
            if (fresh.fact->fact) event = fresh.fact->fact->id;
            rows.push_back({fresh.fact->seq, fresh.fact->hash, event, fresh.flags, fresh.fact->bytes});
        }
        store::insert_facts(tx_, batch_.device, row_->epoch, rows, batch_.frame.received);
        return true;
    }

    bool log_events() {
        append_facts(tx_, batch_, fresh_);
        return true;
    }

    bool follow_plans() {
        for (const auto& order : taken_.news.transferred) follow(tx_, order, batch_.frame.received, taken_.news);
        for (const auto& order : taken_.news.taken_back) plan_again(tx_, order, batch_.frame.received, taken_.news);
        for (const auto& order : taken_.news.arrived) end_at_point(tx_, order, batch_.frame.received, taken_.news);
        retell(tx_, taken_.news);
        return true;
    }

    bool move_cursor() {
        const auto& last = *fresh_.back().fact;
        const auto reached = last.gap ? last.gap->to : last.seq;
        if (reached > row_->fact_upto) {
            row_->fact_upto = reached;
            row_->fact_hash = last.hash;
            store::move_facts(tx_, *row_);
        }
        taken_.outcome = taken_.quarantined > 0 ? Outcome::quarantined : Outcome::applied;
        return true;
    }

    void report() {
        taken_.state = state_of(row_->phase);
        taken_.upto = row_->fact_upto;
        taken_.hash = row_->fact_hash;
        if (!taken_.news.shift_changed) return;
        const auto shift = store::open_shift(tx_, batch_.device);
        if (!shift) return;
        taken_.news.shift_since = shift->started;
        taken_.news.break_since = store::open_break(tx_, shift->shift_id);
    }

    static void add_words(std::string& flags, const std::string& words) {
        if (!words.empty()) add_flag(flags, words);
    }

    // Nearly all facts of a batch are of one courier.
    struct Stater {
        std::optional<std::uint64_t> blocked_since;  // the version of the device's view that says so
        std::optional<std::string> depot;            // whose floor he works on
    };
    const Stater& about(const model::CourierId& courier) {
        const auto id = core::to_uuid_text(courier);
        const auto known = staters_.find(id);
        if (known != staters_.end()) return known->second;
        const Stater read{store::blocked_since_view(tx_, id, batch_.device), store::depot_of_worker(tx_, id)};
        return staters_.emplace(id, read).first->second;
    }

    std::map<std::uint64_t, core::Hash> hashes() {
        return store::fact_hashes(tx_, batch_.device, batch_.header.epoch, batch_.header.first_seq,
                                  batch_.header.last_seq());
    }

    core::Tx& tx_;
    const Batch& batch_;
    const Care care_;
    std::optional<store::EpochRow> row_;
    std::vector<Fresh> fresh_;
    app::field::Anchors anchors_{tx_};
    std::map<std::string, Stater> staters_;
    Taken taken_;
};

}  // namespace

Taken take_facts(core::Tx& tx, const Batch& batch, Care care) { return FactUnit(tx, batch, care).run(); }

Taken refuse(core::Tx& tx, const Batch& batch, wire::RefusedReason reason) {
    Taken taken;
    const auto row = enter(tx, batch, taken);
    taken.outcome = Outcome::refused;
    if (!row) return taken;
    taken.state = state_of(row->phase);
    taken.refused = wire::Refused{batch.header.first_seq, batch.header.count, reason};
    switch (batch.header.lane) {
        case wire::Lane::fact:
            taken.upto = row->fact_upto;
            taken.hash = row->fact_hash;
            break;
        case wire::Lane::track:
            taken.upto = row->track_upto;
            break;
        case wire::Lane::blob:
            taken.upto = row->blob_upto;
            break;
    }
    return taken;
}

}  // namespace plus7::central::ingest
