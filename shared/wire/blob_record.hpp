// The record of the blob lane, one chunk of a blob: `[sha256 of the whole, total bytes, offset, bytes ≤ 16 KiB]`. A
// blob is 16 random bytes of salt, then the content; the hash is over both. Any thread.
#pragma once
#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"

namespace plus7::wire {

constexpr std::size_t blob_salt_bytes = 16;

struct BlobChunk {
    core::Hash sha;            // of the whole blob
    std::uint64_t total = 0;   // bytes of the whole
    std::uint64_t offset = 0;  // of this chunk
    core::Bytes bytes;         // 1 byte – 16 KiB, offset + size ≤ total
    bool operator==(const BlobChunk&) const = default;
};

core::Bytes encode_record(const BlobChunk& chunk);  // throws std::invalid_argument on a broken rule
core::Result<BlobChunk> decode_blob_record(core::ByteView record);

}  // namespace plus7::wire
