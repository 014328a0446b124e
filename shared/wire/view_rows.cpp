#include "shared/wire/view_rows.hpp"

#include "shared/crypto/sha256.hpp"
#include "shared/wire/cbor_writer.hpp"

namespace plus7::wire {

core::Bytes encode_row(const ViewRow& row) {
    return CborWriter{}
        .array(4)
        .uint(static_cast<std::uint64_t>(row.key.kind))
        .bytes(row.key.id.bytes())
        .uint(row.version)
        .bytes(row.body)
        .take();
}

core::Hash row_hash(const ViewRow& row) { return crypto::sha256(encode_row(row)); }

void toggle_row(core::Hash& view_hash, const core::Hash& row_hash) {
    for (std::size_t i = 0; i < core::Hash::size; ++i) {
        view_hash.value[i] = static_cast<std::uint8_t>(view_hash.value[i] ^ row_hash.value[i]);
    }
}

}  // namespace plus7::wire
