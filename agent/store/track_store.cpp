#include "agent/store/track_store.hpp"

#include <algorithm>

#include "agent/store/database_file.hpp"
#include "agent/store/track_lane.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/fact_data.hpp"

namespace plus7::agent::store {

SealPolicy seal_policy_of(const wire::Policy& policy) {
    return {policy.seal_fixes, policy.seal_age, policy.seal_fixes_offline,
            policy.decimals == 6 ? wire::PositionUnit::e6 : wire::PositionUnit::e5};
}

TrackStore::TrackStore(sql::SqliteConnection& connection, const core::Epoch& epoch) : connection_(connection) {
    const auto start = [&](sql::Tx& tx) {
        tx.exec(
            "INSERT INTO lane (one, epoch, last, handed, digested, recording, last_fix_ms) VALUES (1, $1, 0, 0, 0, 0, "
            "0)"
            " ON CONFLICT (one) DO NOTHING",
            epoch);
        seal_rows(tx);
        const auto now = lane(tx);
        if (now.recording) cut_at_ = core::time_ms(now.last_fix_ms);
        recording_ = now.recording;
    };
    connection_.transaction(start).value();
}

core::Status TrackStore::add(const model::Fix& fix, std::chrono::milliseconds mono) {
    if (const auto sample = wire::to_sample(fix, policy_.unit); !sample) return sample.error();
    if (!recording_) {
        if (const auto started = start_recording(fix); !started) return started;
    }
    if (cut_at_) {
        const wire::Gap gap{std::min(*cut_at_, fix.time), fix.time, wire::GapReason::power_cut, {}};
        if (const auto stated = declare_gap(gap); !stated) return stated;
        cut_at_.reset();
    }
    if (buffer_.size() >= wire::max_block_fixes) forget_buffer();
    if (buffer_.empty()) buffer_since_ = mono;
    if (buffer_.empty() && open_fixes_ == 0) block_since_ = mono;
    buffer_.push_back(fix);
    const bool full = fix.time - buffer_.front().time >= row_time || mono - buffer_since_ >= row_time;
    if (!full) return {};
    return save_buffer();
}

core::Status TrackStore::save_buffer() {
    const bool seals = lost_at_.has_value();
    const auto saved = save(connection_, [&](sql::Tx& tx) { flush(tx); });
    if (!saved) return saved.error().context("positions not saved");
    open_fixes_ = (seals ? 0 : open_fixes_) + buffer_.size();
    buffer_.clear();
    lost_at_.reset();
    return {};
}

core::Status TrackStore::start_recording(const model::Fix& fix) {
    const auto unit = [&](sql::Tx& tx) {
        tx.exec("UPDATE lane SET recording = 1, last_fix_ms = $1", core::count(fix.time));
    };
    const auto saved = save(connection_, unit);
    recording_ = saved.ok();
    return saved;
}

void TrackStore::forget_buffer() {
    if (!lost_at_) lost_at_ = buffer_.front().time;
    buffer_.clear();
}

core::Status TrackStore::tick(std::chrono::milliseconds mono, bool online) {
    if (due(mono, online)) return seal(false, online);
    if (buffer_.empty() || mono - buffer_since_ < row_time) return {};
    return save_buffer();
}

bool TrackStore::due(std::chrono::milliseconds mono, bool online) const {
    const auto fixes = open_fixes_ + buffer_.size();
    if (fixes == 0) return false;
    if (!online) return fixes >= std::min(policy_.fixes_offline, wire::max_block_fixes);
    return fixes >= policy_.fixes_online || mono - block_since_ >= policy_.age_online;
}

core::Status TrackStore::finish() { return seal(true, false); }

core::Status TrackStore::declare_gap(const wire::Gap& gap) { return seal_from(false, false, &gap); }

core::Status TrackStore::seal(bool end_recording, bool hands_over) {
    return seal_from(end_recording, hands_over, nullptr);
}

core::Status TrackStore::seal_from(bool end_recording, bool hands_over, const wire::Gap* gap) {
    const auto unit = [&](sql::Tx& tx) {
        if (!buffer_.empty()) flush(tx);
        seal_rows(tx);
        if (gap != nullptr) insert_gap(tx, *gap);
        if (end_recording) tx.exec("UPDATE lane SET recording = 0");
        // It goes at once: one commit for both.
        if (hands_over) tx.exec("UPDATE lane SET handed = last");
    };
    if (const auto saved = save(connection_, unit); !saved) return saved;
    buffer_.clear();
    open_fixes_ = 0;
    lost_at_.reset();
    if (end_recording) {
        recording_ = false;
        cut_at_.reset();
    }
    return {};
}

// Puts the buffer into a row. When fixes before it were lost, what is open is sealed and the gap stated first.
void TrackStore::flush(sql::Tx& tx) {
    if (lost_at_) {
        seal_rows(tx);
        const auto until = std::max(*lost_at_, buffer_.front().time);
        insert_gap(tx, {*lost_at_, until, wire::GapReason::storage, {}});
    }
    const auto block = wire::encode_track_block(buffer_, {policy_.unit}).value();
    const auto [first, last] = std::minmax_element(buffer_.begin(), buffer_.end(),
                                                   [](const auto& a, const auto& b) { return a.time < b.time; });
    tx.exec("INSERT INTO open_row (t0_ms, t1_ms, fixes, block) VALUES ($1, $2, $3, $4)", core::count(first->time),
            core::count(last->time), buffer_.size(), block);
}

void TrackStore::seal_rows(sql::Tx& tx) {
    // Not in flush(): a row is the page it stands on, and no second one.
    tx.exec(
        "UPDATE lane SET last_fix_ms = (SELECT t1_ms FROM open_row ORDER BY id DESC LIMIT 1) "
        "WHERE EXISTS (SELECT 1 FROM open_row)");
    std::vector<model::Fix> fixes;
    const auto seal_fixes = [&](wire::PositionUnit unit) {
        for (std::size_t done = 0; done < fixes.size(); done += wire::max_block_fixes) {
            const auto part = std::span(fixes).subspan(done, std::min(wire::max_block_fixes, fixes.size() - done));
            const auto block = wire::encode_track_block(part, {unit}).value();
            insert_record(tx, 1, core::count(part.front().time), core::count(part.back().time), part.size(),
                          wire::encode_block_record(block));
        }
        fixes.clear();
    };
    auto unit = policy_.unit;
    for (const auto& row : tx.query("SELECT t0_ms, t1_ms, block FROM open_row ORDER BY id")) {
        const auto block = wire::decode_track_block(row.get<core::Bytes>(2));
        if (!block || block->unit != unit) seal_fixes(unit);
        if (!block) {
            insert_gap(tx, {core::time_ms(row.get<std::int64_t>(0)),
                            core::time_ms(row.get<std::int64_t>(1)),
                            wire::GapReason::lost_rows,
                            {}});
            continue;
        }
        unit = block->unit;
        fixes.insert(fixes.end(), block->fixes.begin(), block->fixes.end());
    }
    seal_fixes(unit);
    tx.exec("DELETE FROM open_row");
}

void TrackStore::insert_gap(sql::Tx& tx, const wire::Gap& gap) {
    insert_record(tx, 2, core::count(gap.from), core::count(gap.to), 0, wire::encode_record(gap));
}

void TrackStore::insert_record(sql::Tx& tx, int kind, std::int64_t t0, std::int64_t t1, std::size_t fixes,
                               const core::Bytes& record) {
    tx.exec("UPDATE lane SET last = last + 1");
    tx.exec(
        "INSERT INTO record (seq, kind, t0_ms, t1_ms, fixes, hash, record) SELECT last, $1, $2, $3, $4, $5, $6 FROM "
        "lane",
        kind, std::min(t0, t1), std::max(t0, t1), fixes, crypto::sha256(record), record);
}

core::Status TrackStore::move_to(const core::Epoch& epoch) {
    const auto unit = [&](sql::Tx& tx) {
        if (lane(tx).epoch == epoch) return;
        tx.exec("DELETE FROM record WHERE record IS NULL");
        std::uint64_t next = 0;
        // Ascending, and never to a higher number than before: no two rows meet.
        for (const auto& row : tx.query("SELECT seq, kind FROM record ORDER BY seq")) {
            const auto old = row.get<std::uint64_t>(0);
            tx.exec("UPDATE record SET seq = $1 WHERE seq = $2", ++next, old);
            if (row.get<int>(1) == 2) forget_numbers(tx, next);
        }
        tx.exec("UPDATE lane SET epoch = $1, last = $2, handed = 0, digested = 0", epoch, next);
    };
    return save(connection_, unit);
}

core::Status TrackStore::digested(std::uint64_t to) {
    return save(connection_, [&](sql::Tx& tx) { tx.exec("UPDATE lane SET digested = $1", to); });
}

}  // namespace plus7::agent::store
