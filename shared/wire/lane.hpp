// The three durable lanes up, and ranges of their sequence numbers. Values, any thread.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/topics.hpp"

namespace plus7::wire {

enum class Lane : std::uint8_t { fact = 1, track = 2, blob = 3 };  // the numbers are on the wire

std::string_view name_of(Lane lane);
TopicKind topic_of(Lane lane);

// Both ends included; 1 ≤ first ≤ last.
struct SeqRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    bool operator==(const SeqRange&) const = default;
};

// `[[first, last], …]`: at most max_ranges, ascending and apart (each first > the last before it).
core::Bytes encode_ranges(const std::vector<SeqRange>& ranges);
std::vector<SeqRange> read_ranges(const Value& value);

}  // namespace plus7::wire
