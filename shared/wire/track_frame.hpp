// What blocks and open rows have around them: a first byte that says what they are, and a CRC-32C at the end.
#pragma once
#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"

namespace plus7::wire {

// Appends the CRC-32C of all that is there, 4 bytes, big endian.
void append_checksum(core::Bytes& bytes);

// The bytes before the checksum, at least one; refuses (invalid) a wrong checksum and impossible sizes.
core::Result<core::ByteView> without_checksum(core::ByteView bytes);

}  // namespace plus7::wire
