// The track block: up to 600 fixes in a few bytes each; kind 1 of a track record (docs/protocol, "Track record").
// Pure functions; any thread. What rounding costs is said in track_sample.hpp.
//
// Layout, version 1: one byte 0x01; the range-coded payload (range_coder.hpp); CRC-32C of all before it, 4 bytes, big
// endian. Payload: position unit, count, then per fix time, latitude, longitude, presence, speed, course, accuracy,
// flags, each predicted from what is known already (track_model.hpp). A block needs no other block.
// Everything between samples and bytes is whole-number arithmetic of fixed widths on tables computed by the compiler
// from whole numbers (track_tables, track_mixture); no floating point, no overflow. So a block is the same bytes and
// reads the same on amd64, arm64 and armhf; the golden blocks in the tests hold it.
#pragma once
#include <span>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"
#include "shared/model/fix.hpp"
#include "shared/wire/track_sample.hpp"

namespace plus7::wire {

constexpr std::size_t max_block_fixes = 600;

struct TrackBlockOptions {
    PositionUnit unit = PositionUnit::e5;
};

struct TrackBlock {
    PositionUnit unit = PositionUnit::e5;
    std::vector<model::Fix> fixes;
};

// 1 … 600 fixes in the order given (time may stand still or go back). Refuses what to_sample() refuses, and other
// counts (limit). Encoding a decoded block again gives the same bytes.
core::Result<core::Bytes> encode_track_block(std::span<const model::Fix> fixes, TrackBlockOptions options = {});

// Refuses (invalid): a wrong checksum, an unknown version, an impossible count, a payload of the wrong length, a time
// out of range. Memory and time are bounded by 600 fixes whatever the bytes.
core::Result<TrackBlock> decode_track_block(core::ByteView block);

}  // namespace plus7::wire
