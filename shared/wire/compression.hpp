// zstd for batch payloads, bounded in both directions. Any thread.
#pragma once
#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"

namespace plus7::wire {

core::Bytes deflate(core::ByteView plain);  // one zstd frame (RFC 8878)

// Exactly one frame that gives exactly `size` bytes; grows as it goes, never beyond `size` nor for a larger window.
core::Result<core::Bytes> inflate(core::ByteView frame, std::size_t size);

}  // namespace plus7::wire
