#include "shared/wire/lane.hpp"

#include <stdexcept>

#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::wire {

std::string_view name_of(Lane lane) {
    switch (lane) {
        case Lane::fact:
            return "fact";
        case Lane::track:
            return "track";
        case Lane::blob:
            return "blob";
    }
    return "unknown";
}

TopicKind topic_of(Lane lane) {
    switch (lane) {
        case Lane::fact:
            return TopicKind::fact;
        case Lane::track:
            return TopicKind::track;
        case Lane::blob:
            return TopicKind::blob;
    }
    throw std::invalid_argument("no such lane");
}

core::Bytes encode_ranges(const std::vector<SeqRange>& ranges) {
    if (ranges.size() > max_ranges) throw std::invalid_argument("more ranges than the protocol has room for");
    CborWriter out;
    out.array(ranges.size());
    std::uint64_t before = 0;
    for (const auto& range : ranges) {
        if (range.first <= before || range.last < range.first) throw std::invalid_argument("ranges out of order");
        out.array(2).uint(range.first).uint(range.last);
        before = range.last;
    }
    return out.take();
}

std::vector<SeqRange> read_ranges(const Value& value) {
    std::vector<SeqRange> ranges;
    std::uint64_t before = 0;
    for (const auto& item : value.items(0, max_ranges)) {
        const auto pair = item.items(2, 2);
        if (pair.size() != 2) return {};
        const SeqRange range{pair[0].uint(), pair[1].uint()};
        if (range.first <= before || range.last < range.first) {
            value.fault("has ranges that are not ascending");
            return {};
        }
        before = range.last;
        ranges.push_back(range);
    }
    return ranges;
}

}  // namespace plus7::wire
