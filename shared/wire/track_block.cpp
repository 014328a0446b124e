#include "shared/wire/track_block.hpp"

#include "shared/wire/range_coder.hpp"
#include "shared/wire/track_frame.hpp"
#include "shared/wire/track_model.hpp"

namespace plus7::wire {
namespace {

constexpr std::uint8_t version = 1;

// The two usual counts are short: 60 while online, 600 offline.
std::size_t code_count(RangeCoder& coder, std::size_t count) {
    if (coder.code(count == 60, probability_one * 3 / 4)) return 60;
    if (coder.code(count == max_block_fixes, probability_one / 2)) return max_block_fixes;
    return static_cast<std::size_t>(coder.code_raw(count, 10));
}

}  // namespace

core::Result<core::Bytes> encode_track_block(std::span<const model::Fix> fixes, TrackBlockOptions options) {
    if (fixes.empty() || fixes.size() > max_block_fixes) return core::limit("a track block holds 1 to 600 fixes");
    RangeCoder coder = RangeCoder::writer();
    coder.code(options.unit == PositionUnit::e6, probability_one / 8);
    code_count(coder, fixes.size());
    TrackModel model{options.unit};
    for (const model::Fix& fix : fixes) {
        auto sample = to_sample(fix, options.unit);
        if (!sample) return sample.error();
        model.code(coder, *sample);
    }
    core::Bytes block{version};
    const core::Bytes payload = coder.finish();
    block.insert(block.end(), payload.begin(), payload.end());
    append_checksum(block);
    return block;
}

core::Result<TrackBlock> decode_track_block(core::ByteView bytes) {
    const auto checked = without_checksum(bytes);
    if (!checked) return checked.error().context("a track block");
    if (checked->front() != version) return core::invalid("a track block of an unknown version");
    RangeCoder coder = RangeCoder::reader(checked->subspan(1));
    TrackBlock block;
    block.unit = coder.code(false, probability_one / 8) ? PositionUnit::e6 : PositionUnit::e5;
    const std::size_t count = code_count(coder, 0);
    if (count == 0 || count > max_block_fixes) return core::invalid("a track block of an impossible count");
    block.fixes.reserve(count);
    TrackModel model{block.unit};
    for (std::size_t i = 0; i < count; ++i) {
        TrackSample sample;
        if (!model.code(coder, sample)) return core::invalid("a track block with a time out of range");
        block.fixes.push_back(to_fix(sample, block.unit));
    }
    if (!coder.fully_read()) return core::invalid("a track block of the wrong length");
    return block;
}

}  // namespace plus7::wire
