// Chunks of the blob lane, and blobs that were put together (0002_sync.sql). SQL only. Within a transaction.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"
#include "shared/wire/lane.hpp"

namespace plus7::central::store {

struct ChunkRow {
    std::uint64_t seq = 0;
    core::Hash hash;  // of the record
    core::Hash sha;   // of the whole blob; zeros: the record could not be read
    std::uint64_t total = 0, offset = 0;
    core::ByteView bytes;  // must live until the call returns
};

void insert_chunks(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                   const std::vector<ChunkRow>& rows, core::TimeUs received);
// Hashes of the records that are there with first ≤ seq ≤ last.
std::map<std::uint64_t, core::Hash> chunk_hashes(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                                                 std::uint64_t first, std::uint64_t last);
std::uint64_t blob_prefix(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch, std::uint64_t upto);
std::vector<wire::SeqRange> blob_ranges(sql::Tx& tx, const core::DeviceId& device, const core::Epoch& epoch,
                                        std::uint64_t upto);

bool has_blob(sql::Tx& tx, const core::Hash& sha);
void put_blob(sql::Tx& tx, const core::Hash& sha, core::ByteView bytes, core::TimeUs received);
std::optional<core::Bytes> find_blob(sql::Tx& tx, const core::Hash& sha);
void each_blob(sql::Tx& tx, const std::function<void(const core::Hash&, const core::Bytes&)>& fn);

// Bytes of the device's chunks of that blob that wait for the rest; chunks sent twice count twice.
std::uint64_t waiting_bytes(sql::Tx& tx, const core::DeviceId& device, const core::Hash& sha);
// The chunks put one behind the other, as far as they reach without a hole, at most `total` bytes.
core::Bytes join_chunks(sql::Tx& tx, const core::DeviceId& device, const core::Hash& sha, std::uint64_t total);
// They are of no more use: their bytes are dropped, their numbers stay.
void spend_chunks(sql::Tx& tx, const core::DeviceId& device, const core::Hash& sha);

}  // namespace plus7::central::store
