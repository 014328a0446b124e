#include "shared/wire/gap_record.hpp"

#include <stdexcept>

#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::wire {
namespace {

constexpr std::uint64_t block_kind = 1, gap_kind = 2;

Gap read_gap(const Value& map) {
    Gap gap;
    gap.from = map.get("t0_ms").time();
    gap.to = map.get("t1_ms").time();
    if (gap.to < gap.from) map.fault("ends before it begins");
    const auto reason = map.get("reason").uint();
    const auto last_known = static_cast<std::uint64_t>(GapReason::no_time);
    gap.reason = reason <= last_known ? static_cast<GapReason>(reason) : GapReason::unknown;
    if (const auto never = map.maybe("never")) gap.never = read_ranges(never);
    return gap;
}

}  // namespace

core::Bytes encode_block_record(core::ByteView block) {
    if (block.empty()) throw std::invalid_argument("a track block has bytes");
    return CborWriter{}.array(2).uint(block_kind).bytes(block).take();
}

core::Bytes encode_record(const Gap& gap) {
    if (gap.to < gap.from) throw std::invalid_argument("a gap that ends before it begins");
    CborMap map;
    map.time("t0_ms", gap.from).time("t1_ms", gap.to).uint("reason", static_cast<std::uint64_t>(gap.reason));
    if (!gap.never.empty()) map.item("never", encode_ranges(gap.never));
    return CborWriter{}.array(2).uint(gap_kind).item(map.encode()).take();
}

core::Result<TrackRecord> decode_track_record(core::ByteView record) {
    const auto tree = read_cbor(record);
    if (!tree) return tree.error().context("track record");
    Faults faults;
    const auto parts = Value(faults, &*tree, "track record").items(1, 16);
    if (faults.any()) return faults.first();
    const auto kind = parts[0].uint(1);
    if (faults.any()) return faults.first();
    if (kind != block_kind && kind != gap_kind) return TrackRecord{UnknownTrackRecord{kind}};
    if (parts.size() != 2) return core::invalid("track record is not a list of two");
    TrackRecord result;
    if (kind == block_kind) {
        result = TrackBlockRecord{core::copy_of(parts[1].bytes(1, max_batch_bytes))};
    } else {
        result = read_gap(parts[1]);
    }
    return faults.finish(std::move(result));
}

}  // namespace plus7::wire
