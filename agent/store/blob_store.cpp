#include "agent/store/blob_store.hpp"

#include "agent/store/database_file.hpp"
#include "shared/core/random.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/blob_record.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::agent::store {
namespace {

using Ranges = std::vector<wire::SeqRange>;

std::uint64_t last_of(sql::Tx& tx) { return tx.one("SELECT last FROM lane")->get<std::uint64_t>(0); }

std::uint64_t handed_of(sql::Tx& tx) { return tx.one("SELECT handed FROM lane")->get<std::uint64_t>(0); }

void number_chunks(sql::Tx& tx, const core::Hash& sha, std::size_t total) {
    auto seq = last_of(tx);
    for (std::size_t offset = 0; offset < total; offset += wire::max_chunk_bytes) {
        tx.exec("INSERT INTO chunk (seq, sha256, at_offset, bytes) VALUES ($1, $2, $3, $4)", ++seq, sha, offset,
                std::min(wire::max_chunk_bytes, total - offset));
    }
    tx.exec("UPDATE lane SET last = $1", seq);
}

void mark_acked(sql::Tx& tx, std::uint64_t upto, const Ranges& got) {
    constexpr std::string_view mark = "UPDATE chunk SET acked = 1 WHERE seq BETWEEN $1 AND $2";
    if (upto > 0) tx.exec(mark, 1, upto);
    for (const auto& range : got) tx.exec(mark, range.first, range.last);
}

void ask_for_confirmation(sql::Tx& tx) {
    tx.exec(
        "UPDATE chunk SET acked = 0 WHERE seq IN (SELECT MAX(seq) FROM chunk GROUP BY sha256 HAVING MIN(acked) = 1)");
}

bool is_whole(sql::Tx& tx, const core::Hash& sha, std::size_t& total) {
    const auto row = tx.one("SELECT content FROM blob WHERE sha256 = $1", sha);
    if (!row) return false;
    const auto content = row->get<core::Bytes>(0);
    total = content.size();
    return crypto::sha256(content) == sha;
}

}  // namespace

BlobStore::BlobStore(sql::SqliteConnection& connection, const core::Epoch& epoch) : connection_(connection) {
    const auto start = [&](sql::Tx& tx) {
        tx.exec("INSERT INTO lane (one, epoch, last, handed) VALUES (1, $1, 0, 0) ON CONFLICT (one) DO NOTHING", epoch);
    };
    connection_.transaction(start).value();
}

core::Result<core::Hash> BlobStore::put(core::ByteView content) {
    if (content.empty()) return core::invalid("an empty blob");
    if (content.size() > max_content) return core::limit("a blob of " + std::to_string(content.size()) + " bytes");
    core::Bytes whole = core::random_bytes(wire::blob_salt_bytes);
    whole.insert(whole.end(), content.begin(), content.end());
    const auto sha = crypto::sha256(whole);
    const auto unit = [&](sql::Tx& tx) {
        tx.exec("INSERT INTO blob (sha256, content) VALUES ($1, $2)", sha, whole);
        number_chunks(tx, sha, whole.size());
    };
    if (const auto saved = save(connection_, unit); !saved) return saved.error().context("not saved");
    return sha;
}

wire::LaneExtent BlobStore::extent() const {
    const auto ask = [](sql::Tx& tx) {
        const auto last = last_of(tx);
        const auto min = tx.one("SELECT MIN(seq) FROM chunk");
        return wire::LaneExtent{min->get<std::optional<std::uint64_t>>(0).value_or(last + 1), last};
    };
    return connection_.snapshot(ask).value();
}

core::Epoch BlobStore::epoch() const {
    const auto ask = [](sql::Tx& tx) { return tx.one("SELECT epoch FROM lane")->get<core::Epoch>(0); };
    return connection_.snapshot(ask).value();
}

std::uint64_t BlobStore::unacked() const {
    const auto ask = [](sql::Tx& tx) {
        return tx.one("SELECT COUNT(*) FROM chunk WHERE acked = 0")->get<std::uint64_t>(0);
    };
    return connection_.snapshot(ask).value();
}

std::uint64_t BlobStore::unconfirmed() const {
    const auto ask = [](sql::Tx& tx) { return tx.one("SELECT COUNT(*) FROM blob")->get<std::uint64_t>(0); };
    return connection_.snapshot(ask).value();
}

bool BlobStore::has(const core::Hash& sha) const {
    const auto ask = [&](sql::Tx& tx) { return tx.one("SELECT 1 FROM blob WHERE sha256 = $1", sha).has_value(); };
    return connection_.snapshot(ask).value();
}

LaneRun BlobStore::next_run(const Ranges& exclude, std::size_t bytes, std::size_t count) const {
    LaneRun run;
    std::size_t taken = 0;
    const auto take = [&](const sql::Row& row) {
        const auto seq = row.get<std::uint64_t>("seq");
        if (covers(exclude, seq)) return run.records.empty();
        if (!run.records.empty() && seq != run.last_seq() + 1) return false;
        auto record =
            wire::encode_record(wire::BlobChunk{row.get<core::Hash>("sha256"), row.get<std::uint64_t>("total"),
                                                row.get<std::uint64_t>("at_offset"), row.get<core::Bytes>("part")});
        if (!run.records.empty() && taken + record.size() > bytes) return false;
        if (run.records.empty()) run.first_seq = seq;
        taken += record.size();
        run.records.push_back(std::move(record));
        return run.records.size() < count;
    };
    const auto walk = [&](sql::Tx& tx) {
        tx.each(
            "SELECT seq, chunk.sha256 AS sha256, at_offset, length(content) AS total,"
            " substr(content, at_offset + 1, bytes) AS part FROM chunk JOIN blob ON blob.sha256 = chunk.sha256"
            " WHERE acked = 0 ORDER BY seq",
            {}, take);
    };
    connection_.snapshot(walk).value();
    return run;
}

core::Status BlobStore::hand_over(std::uint64_t last_seq) {
    if (connection_.snapshot(handed_of).value() >= last_seq) return {};
    return save(connection_, [&](sql::Tx& tx) { tx.exec("UPDATE lane SET handed = $1", last_seq); });
}

bool BlobStore::never_sent(std::uint64_t upto, const Ranges& got) const {
    return beyond(connection_.snapshot(handed_of).value(), upto, got);
}

core::Status BlobStore::acknowledge(std::uint64_t upto, const Ranges& got) {
    return save(connection_, [&](sql::Tx& tx) { mark_acked(tx, upto, got); });
}

core::Status BlobStore::reconcile(std::uint64_t upto, const Ranges& got) {
    const auto unit = [&](sql::Tx& tx) {
        tx.exec("UPDATE chunk SET acked = 0 WHERE acked = 1");
        mark_acked(tx, upto, got);
        ask_for_confirmation(tx);
    };
    return save(connection_, unit);
}

core::Status BlobStore::ask_again() {
    return save(connection_, [](sql::Tx& tx) { ask_for_confirmation(tx); });
}

core::Status BlobStore::confirm(const std::vector<core::Hash>& ok) {
    if (ok.empty()) return {};
    const auto unit = [&](sql::Tx& tx) {
        for (const auto& sha : ok) tx.exec("DELETE FROM blob WHERE sha256 = $1", sha);
    };
    return save(connection_, unit);
}

core::Result<std::vector<core::Hash>> BlobStore::send_again(const std::vector<core::Hash>& bad) {
    const auto unit = [&](sql::Tx& tx) {
        std::vector<core::Hash> lost;
        for (const auto& sha : bad) {
            std::size_t total = 0;
            const bool whole = is_whole(tx, sha, total);
            tx.exec("DELETE FROM chunk WHERE sha256 = $1", sha);
            if (whole) {
                number_chunks(tx, sha, total);
            } else {
                tx.exec("DELETE FROM blob WHERE sha256 = $1", sha);
                lost.push_back(sha);
            }
        }
        return lost;
    };
    return save(connection_, unit);
}

core::Status BlobStore::move_to(const core::Epoch& epoch) {
    const auto unit = [&](sql::Tx& tx) {
        if (tx.one("SELECT epoch FROM lane")->get<core::Epoch>(0) == epoch) return;
        tx.exec("DELETE FROM chunk");
        tx.exec("UPDATE lane SET epoch = $1, last = 0, handed = 0", epoch);
        for (const auto& row : tx.query("SELECT sha256, length(content) FROM blob ORDER BY rowid")) {
            number_chunks(tx, row.get<core::Hash>(0), row.get<std::size_t>(1));
        }
    };
    return save(connection_, unit);
}

}  // namespace plus7::agent::store
