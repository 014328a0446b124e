#include "shared/wire/blob_record.hpp"

#include <stdexcept>

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::wire {
namespace {

bool fits(const BlobChunk& chunk) {
    return chunk.offset <= chunk.total && chunk.bytes.size() <= chunk.total - chunk.offset;
}

}  // namespace

core::Bytes encode_record(const BlobChunk& chunk) {
    if (chunk.bytes.empty() || chunk.bytes.size() > max_chunk_bytes || !fits(chunk)) {
        throw std::invalid_argument("a chunk has 1 byte – 16 KiB inside its blob");
    }
    return CborWriter{}
        .array(4)
        .bytes(chunk.sha.bytes())
        .uint(chunk.total)
        .uint(chunk.offset)
        .bytes(chunk.bytes)
        .take();
}

core::Result<BlobChunk> decode_blob_record(core::ByteView record) {
    const auto tree = read_cbor(record);
    if (!tree) return tree.error().context("blob record");
    Faults faults;
    const auto parts = Value(faults, &*tree, "blob record").items(4, 4);
    if (faults.any()) return faults.first();
    BlobChunk chunk;
    chunk.sha = parts[0].fixed<core::Hash>();
    chunk.total = parts[1].uint(1);
    chunk.offset = parts[2].uint();
    chunk.bytes = core::copy_of(parts[3].bytes(1, max_chunk_bytes));
    if (!faults.any() && !fits(chunk)) faults.add("blob record", "reaches beyond its blob");
    return faults.finish(std::move(chunk));
}

}  // namespace plus7::wire
