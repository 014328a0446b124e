#include "central/store/blob_store.hpp"

#include <algorithm>

#include "central/store/seq_ranges.hpp"

namespace plus7::central::store {

void insert_chunks(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                   const std::vector<ChunkRow>& rows, core::TimeUs received) {
    std::vector<std::vector<sql::Param>> values;
    values.reserve(rows.size());
    for (const auto& row : rows)
        values.push_back({device, epoch, row.seq, row.hash, row.sha, row.total, row.offset, row.bytes, received});
    tx.exec_many(
        "INSERT INTO blob_chunk (device_id, epoch, seq, hash, sha256, total, at_offset, bytes, spent, received_us) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)",
        values);
}

std::map<std::uint64_t, core::Hash> chunk_hashes(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                                                 std::uint64_t first, std::uint64_t last) {
    std::map<std::uint64_t, core::Hash> found;
    for (const auto& row : tx.query("SELECT seq, hash FROM blob_chunk "
                                    "WHERE device_id = $1 AND epoch = $2 AND seq BETWEEN $3 AND $4",
                                    device, epoch, first, last))
        found.emplace(row.get<std::uint64_t>(0), row.get<core::Hash>(1));
    return found;
}

std::uint64_t blob_prefix(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch, std::uint64_t upto) {
    return prefix_from(tx, "blob_chunk", device, epoch, upto, {});
}

std::vector<wire::SeqRange> blob_ranges(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                                        std::uint64_t upto) {
    return ranges_above(tx, "blob_chunk", device, epoch, upto);
}

bool has_blob(sql::Tx& tx, const core::Hash& sha) {
    return tx.one("SELECT 1 FROM blob WHERE sha256 = $1", sha).has_value();
}

void put_blob(sql::Tx& tx, const core::Hash& sha, core::ByteView bytes, core::TimeUs received) {
    tx.exec("INSERT INTO blob (sha256, bytes, received_us) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO NOTHING", sha,
            bytes, received);
}

std::optional<core::Bytes> find_blob(sql::Tx& tx, const core::Hash& sha) {
    const auto row = tx.one("SELECT bytes FROM blob WHERE sha256 = $1", sha);
    if (!row) return std::nullopt;
    return row->get<core::Bytes>(0);
}

void each_blob(sql::Tx& tx, const std::function<void(const core::Hash&, const core::Bytes&)>& fn) {
    tx.each("SELECT sha256, bytes FROM blob ORDER BY sha256", {},
            [&fn](const sql::Row& row) { fn(row.get<core::Hash>(0), row.get<core::Bytes>(1)); });
}

std::uint64_t waiting_bytes(sql::Tx& tx, const core::DeviceId& device, const core::Hash& sha) {
    return tx
        .one(
            "SELECT COALESCE(SUM(LENGTH(bytes)), 0) FROM blob_chunk "
            "WHERE device_id = $1 AND sha256 = $2 AND spent = 0",
            device, sha)
        ->get<std::uint64_t>(0);
}

core::Bytes join_chunks(sql::Tx& tx, const core::DeviceId& device, const core::Hash& sha, std::uint64_t total) {
    core::Bytes whole;
    tx.each(
        "SELECT at_offset, bytes FROM blob_chunk WHERE device_id = $1 AND sha256 = $2 AND spent = 0 "
        "ORDER BY at_offset, seq",
        {device, sha}, [&](const sql::Row& row) {
            const auto offset = row.get<std::uint64_t>(0);
            if (offset > whole.size()) return false;
            const auto bytes = row.get<core::Bytes>(1);
            const auto known = std::min<std::size_t>(bytes.size(), whole.size() - static_cast<std::size_t>(offset));
            whole.insert(whole.end(), bytes.begin() + static_cast<std::ptrdiff_t>(known), bytes.end());
            return whole.size() < total;
        });
    if (whole.size() > total) whole.resize(static_cast<std::size_t>(total));
    return whole;
}

void spend_chunks(sql::Tx& tx, const core::DeviceId& device, const core::Hash& sha) {
    tx.exec("UPDATE blob_chunk SET spent = 1, bytes = $3 WHERE device_id = $1 AND sha256 = $2 AND spent = 0", device,
            sha, core::Bytes{});
}

}  // namespace plus7::central::store
