// The numbers of protocol p7/1 (sync-protocol.md, "Bytes and units"); foreign bytes beyond them are refused.
#pragma once
#include <cstddef>
#include <cstdint>

namespace plus7::wire {

constexpr std::size_t max_message_bytes = 128 * 1024;  // the broker's packet limit: nothing longer is even looked at
constexpr std::size_t max_batch_bytes = 64 * 1024;     // a batch on the wire
constexpr std::size_t max_inflated_bytes = 1024 * 1024;
constexpr std::size_t max_batch_records = 256;
constexpr std::size_t max_fact_body_bytes = 16 * 1024;
constexpr std::size_t max_chunk_bytes = 16 * 1024;
constexpr std::size_t max_view_part_bytes = 48 * 1024;
constexpr std::size_t max_ranges = 64;
constexpr std::size_t max_ancestors = 8;
constexpr std::size_t max_blobs_named = 256;
constexpr std::uint64_t max_integer = INT64_MAX;  // every number fits a signed 64-bit column

// Times on the wire: years 1 – 9999, so that microseconds never overflow.
constexpr std::int64_t min_time_ms = -62135596800000;
constexpr std::int64_t max_time_ms = 253402300799999;

}  // namespace plus7::wire
