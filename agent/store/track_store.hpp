// Positions in track.db: a small durable row per ~10 s, sealed into numbered blocks, deleted after central's ack.
// What could not be kept is declared as a gap. Storage thread; owned by Stores.
#pragma once
#include <chrono>
#include <optional>

#include "agent/store/lane_run.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/model/field_facts.hpp"
#include "shared/model/fix.hpp"
#include "shared/sql/sqlite_connection.hpp"
#include "shared/wire/gap_record.hpp"
#include "shared/wire/hello.hpp"
#include "shared/wire/policy.hpp"
#include "shared/wire/track_block.hpp"

namespace plus7::agent::store {

struct SealPolicy {
    std::size_t fixes_online = 60;
    std::chrono::milliseconds age_online{60'000};
    std::size_t fixes_offline = 600;
    wire::PositionUnit unit = wire::PositionUnit::e5;
};
SealPolicy seal_policy_of(const wire::Policy& policy);

class TrackStore {
  public:
    static constexpr std::chrono::seconds row_time{10};  // what a power cut may cost
    static constexpr std::uint64_t digest_blocks = 100;
    static constexpr std::chrono::hours keep_trace{7 * 24};  // of acked records: numbers and times only

    // Makes the lane in an empty database. Rows that a crash left open are sealed now; the time from then to the next
    // fix is declared a gap when that fix comes.
    TrackStore(sql::SqliteConnection& connection, const core::Epoch& epoch);

    void set_policy(const SealPolicy& policy) { policy_ = policy; }

    // `mono` is a monotonic clock. invalid: the fix cannot be recorded (not kept). Another error: the disk refuses; the
    // fix waits in memory, and what does not fit there (600 fixes) is declared a gap once the disk works again.
    core::Status add(const model::Fix& fix, std::chrono::milliseconds mono);
    // Saves what has waited row_time and seals what is due; call about once a second. `online`: central has welcomed
    // us, and what is sealed is sent at once.
    core::Status tick(std::chrono::milliseconds mono, bool online);
    // Seals everything and ends the recording: end of shift, or a stop in order.
    core::Status finish();
    // Seals, then states the gap. `never` is left empty: only reconcile() knows numbers.
    core::Status declare_gap(const wire::Gap& gap);

    wire::LaneExtent extent() const;
    core::Epoch epoch() const;
    std::uint64_t unacked() const;
    std::optional<core::TimeMs> oldest_unacked() const;  // when its record begins, by the fixes' clock
    bool recording() const;

    // The newest consecutive records that lie outside `exclude`, up to `bytes` and `count`; at least one if there is
    // one.
    LaneRun next_run(const std::vector<wire::SeqRange>& exclude, std::size_t bytes, std::size_t count) const;

    // To be called before a run is handed over (its last seq), durable.
    core::Status hand_over(std::uint64_t last_seq);
    // Central names a record that never left this database: it was restored from an old image. Exact, because content
    // under a number that was handed over never changes.
    bool never_sent(std::uint64_t upto, const std::vector<wire::SeqRange>& got) const;
    core::Status acknowledge(std::uint64_t upto, const std::vector<wire::SeqRange>& got, core::TimeUs central_time);
    // A welcome's word: as acknowledge; numbers that are neither there nor here are declared as never coming.
    core::Status reconcile(std::uint64_t upto, const std::vector<wire::SeqRange>& got, core::TimeUs central_time);

    // The lane goes on in another epoch: what is kept is numbered anew from 1, in one transaction.
    core::Status move_to(const core::Epoch& epoch);

    // The digest that is due: of 100 records, at the end of a shift of fewer. Nothing when none is.
    std::optional<model::TrackDigest> digest_due(bool shift_end) const;
    core::Status digested(std::uint64_t to);

  private:
    struct Lane;
    static Lane lane(sql::Tx& tx);

    core::Status seal(bool end_recording, bool hands_over);
    core::Status save_buffer();
    core::Status seal_from(bool end_recording, bool hands_over, const wire::Gap* gap);
    void flush(sql::Tx& tx);
    void seal_rows(sql::Tx& tx);
    void forget_buffer();
    void insert_record(sql::Tx& tx, int kind, std::int64_t t0, std::int64_t t1, std::size_t fixes,
                       const core::Bytes& record);
    void insert_gap(sql::Tx& tx, const wire::Gap& gap);
    void declare_missing(sql::Tx& tx, std::uint64_t upto, const std::vector<wire::SeqRange>& got);
    core::Status start_recording(const model::Fix& fix);
    bool due(std::chrono::milliseconds mono, bool online) const;

    sql::SqliteConnection& connection_;
    SealPolicy policy_;
    std::vector<model::Fix> buffer_;  // not durable yet
    std::chrono::milliseconds buffer_since_{0};
    std::size_t open_fixes_ = 0;  // durable, not sealed
    std::chrono::milliseconds block_since_{0};
    bool recording_ = false;
    std::optional<core::TimeMs> cut_at_;   // a crash was found: the gap begins here
    std::optional<core::TimeMs> lost_at_;  // fixes were dropped because the disk refused: the gap begins here
};

}  // namespace plus7::agent::store
