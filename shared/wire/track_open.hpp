// Open rows: the fixes of the last seconds as the device writes them to flash before a block is sealed. No index, no
// model, each row stands alone; the sealed block replaces them. Pure functions; any thread. Rounding is that of the
// block (track_sample.hpp): fixes read from rows and sealed in the same unit lose nothing more.
//
// Layout: one byte 0x10 | position unit; count as varint; per fix: one byte of presence and flags, then zigzag varints
// of the difference to the fix before (the first: to zero) for time, latitude, longitude and what is present of speed,
// course and accuracy; CRC-32C of all before it, 4 bytes, big endian. About 8 bytes per fix.
#pragma once
#include <span>

#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"
#include "shared/model/fix.hpp"
#include "shared/wire/track_block.hpp"

namespace plus7::wire {

// 1 … 600 fixes. Refuses what encode_track_block() refuses.
core::Result<core::Bytes> encode_open_fixes(std::span<const model::Fix> fixes, TrackBlockOptions options = {});

// Refuses (invalid) a torn or foreign row: wrong checksum, impossible count or value, bytes left over.
core::Result<TrackBlock> decode_open_fixes(core::ByteView row);

}  // namespace plus7::wire
