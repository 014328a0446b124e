#include "agent/store/track_lane.hpp"

#include <algorithm>

#include "agent/store/database_file.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/fact_data.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::agent::store {
namespace {

using Ranges = std::vector<wire::SeqRange>;

void mark_acked(sql::Tx& tx, std::uint64_t upto, const Ranges& got, core::TimeUs central_time) {
    constexpr std::string_view mark =
        "UPDATE record SET record = NULL, acked_us = $1 WHERE seq BETWEEN $2 AND $3 AND record IS NOT NULL";
    if (upto > 0) tx.exec(mark, central_time, 1, upto);
    for (const auto& range : got) tx.exec(mark, central_time, range.first, range.last);
    tx.exec("DELETE FROM record WHERE record IS NULL AND acked_us < $1 AND seq <= (SELECT digested FROM lane)",
            central_time - TrackStore::keep_trace);
}

// Numbers that gap records still on their way declare.
Ranges declared(sql::Tx& tx) {
    Ranges all;
    for (const auto& row : tx.query("SELECT record FROM record WHERE kind = 2 AND record IS NOT NULL")) {
        const auto record = wire::decode_track_record(row.get<core::Bytes>(0));
        if (!record) continue;
        const auto* gap = std::get_if<wire::Gap>(&*record);
        if (gap != nullptr) all.insert(all.end(), gap->never.begin(), gap->never.end());
    }
    return all;
}

void append_seq(Ranges& ranges, std::uint64_t seq) {
    if (!ranges.empty() && ranges.back().last + 1 == seq) {
        ranges.back().last = seq;
    } else {
        ranges.push_back({seq, seq});
    }
}

}  // namespace

TrackStore::Lane TrackStore::lane(sql::Tx& tx) {
    const auto row = tx.one("SELECT epoch, last, handed, digested, recording, last_fix_ms FROM lane");
    if (!row) throw std::logic_error("track.db has no lane");
    return {row->get<core::Epoch>(0),   row->get<std::uint64_t>(1), row->get<std::uint64_t>(2),
            row->get<std::uint64_t>(3), row->get<bool>(4),          row->get<std::int64_t>(5)};
}

wire::LaneExtent TrackStore::extent() const {
    const auto ask = [](sql::Tx& tx) {
        const auto last = lane(tx).last;
        const auto min = tx.one("SELECT MIN(seq) FROM record WHERE record IS NOT NULL");
        return wire::LaneExtent{min->get<std::optional<std::uint64_t>>(0).value_or(last + 1), last};
    };
    return connection_.snapshot(ask).value();
}

core::Epoch TrackStore::epoch() const {
    return connection_.snapshot([](sql::Tx& tx) { return lane(tx).epoch; }).value();
}

bool TrackStore::recording() const { return recording_; }

std::optional<core::TimeMs> TrackStore::oldest_unacked() const {
    const auto ask = [](sql::Tx& tx) -> std::optional<core::TimeMs> {
        const auto row = tx.one("SELECT t0_ms FROM record WHERE record IS NOT NULL ORDER BY seq LIMIT 1");
        if (!row) return std::nullopt;
        return core::time_ms(row->get<std::int64_t>(0));
    };
    return connection_.snapshot(ask).value();
}

std::uint64_t TrackStore::unacked() const {
    const auto ask = [](sql::Tx& tx) {
        return tx.one("SELECT COUNT(*) FROM record WHERE record IS NOT NULL")->get<std::uint64_t>(0);
    };
    return connection_.snapshot(ask).value();
}

LaneRun TrackStore::next_run(const Ranges& exclude, std::size_t bytes, std::size_t count) const {
    LaneRun run;
    std::size_t taken = 0;
    const auto take = [&](const sql::Row& row) {
        const auto seq = row.get<std::uint64_t>(0);
        if (covers(exclude, seq)) return run.records.empty();
        auto record = row.get<core::Bytes>(1);
        const bool first = run.records.empty();
        if (!first && (seq + 1 != run.first_seq || taken + record.size() > bytes)) return false;
        taken += record.size();
        run.first_seq = seq;
        run.records.push_back(std::move(record));
        return run.records.size() < count;
    };
    const auto walk = [&](sql::Tx& tx) {
        tx.each("SELECT seq, record FROM record WHERE record IS NOT NULL ORDER BY seq DESC", {}, take);
    };
    connection_.snapshot(walk).value();
    std::reverse(run.records.begin(), run.records.end());
    return run;
}

core::Status TrackStore::hand_over(std::uint64_t last_seq) {
    if (connection_.snapshot([](sql::Tx& tx) { return lane(tx).handed; }).value() >= last_seq) return {};
    return save(connection_, [&](sql::Tx& tx) { tx.exec("UPDATE lane SET handed = $1", last_seq); });
}

bool TrackStore::never_sent(std::uint64_t upto, const Ranges& got) const {
    return beyond(connection_.snapshot([](sql::Tx& tx) { return lane(tx).handed; }).value(), upto, got);
}

core::Status TrackStore::acknowledge(std::uint64_t upto, const Ranges& got, core::TimeUs central_time) {
    return save(connection_, [&](sql::Tx& tx) { mark_acked(tx, upto, got, central_time); });
}

core::Status TrackStore::reconcile(std::uint64_t upto, const Ranges& got, core::TimeUs central_time) {
    const auto unit = [&](sql::Tx& tx) {
        mark_acked(tx, upto, got, central_time);
        declare_missing(tx, upto, got);
    };
    return save(connection_, unit);
}

void TrackStore::declare_missing(sql::Tx& tx, std::uint64_t upto, const Ranges& got) {
    // A full list names only the newest ranges: below it nothing is known.
    const bool cut = got.size() >= wire::max_ranges;
    const std::uint64_t from = cut ? got.front().first : upto + 1;
    const auto last = lane(tx).last;
    const Ranges stated = declared(tx);
    Ranges missing;
    std::uint64_t next = from;
    const auto skip_to = [&](std::uint64_t seq) {
        for (; next < seq; ++next) {
            if (!covers(got, next) && !covers(stated, next)) append_seq(missing, next);
        }
        next = seq + 1;
    };
    for (const auto& row :
         tx.query("SELECT seq FROM record WHERE record IS NOT NULL AND seq >= $1 ORDER BY seq", from)) {
        skip_to(row.get<std::uint64_t>(0));
    }
    skip_to(last + 1);
    for (std::size_t done = 0; done < missing.size(); done += wire::max_ranges) {
        const auto end = std::min(done + wire::max_ranges, missing.size());
        wire::Gap gap;
        gap.never.assign(missing.begin() + static_cast<std::ptrdiff_t>(done),
                         missing.begin() + static_cast<std::ptrdiff_t>(end));
        const auto times = tx.one("SELECT MIN(t0_ms), MAX(t1_ms) FROM record WHERE seq BETWEEN $1 AND $2",
                                  gap.never.front().first, gap.never.back().last);
        gap.from = core::time_ms(times->get<std::optional<std::int64_t>>(0).value_or(0));
        gap.to = core::time_ms(times->get<std::optional<std::int64_t>>(1).value_or(core::count(gap.from)));
        insert_gap(tx, gap);
    }
}

std::optional<model::TrackDigest> TrackStore::digest_due(bool shift_end) const {
    const auto ask = [&](sql::Tx& tx) -> std::optional<model::TrackDigest> {
        const auto now = lane(tx);
        const auto waiting = now.last - now.digested;
        if (waiting == 0 || (waiting < digest_blocks && !shift_end)) return std::nullopt;
        const auto to = now.digested + std::min(waiting, digest_blocks);
        std::vector<core::Hash> hashes;
        constexpr std::string_view list = "SELECT hash FROM record WHERE seq BETWEEN $1 AND $2 ORDER BY seq";
        for (const auto& row : tx.query(list, now.digested + 1, to)) hashes.push_back(row.get<core::Hash>(0));
        return model::TrackDigest{now.epoch, now.digested + 1, to, wire::track_digest(hashes)};
    };
    return connection_.snapshot(ask).value();
}

void forget_numbers(sql::Tx& tx, std::uint64_t seq) {
    const auto row = tx.one("SELECT record FROM record WHERE seq = $1", seq);
    const auto record = wire::decode_track_record(row->get<core::Bytes>(0));
    if (!record || !std::holds_alternative<wire::Gap>(*record)) return;
    auto gap = std::get<wire::Gap>(*record);
    gap.never.clear();
    const auto bytes = wire::encode_record(gap);
    tx.exec("UPDATE record SET record = $1, hash = $2 WHERE seq = $3", bytes, crypto::sha256(bytes), seq);
}

}  // namespace plus7::agent::store
