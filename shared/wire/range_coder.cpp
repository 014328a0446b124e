#include "shared/wire/range_coder.hpp"

#include <algorithm>

namespace plus7::wire {

RangeCoder RangeCoder::writer() { return {}; }

RangeCoder RangeCoder::reader(core::ByteView payload) {
    RangeCoder coder;
    coder.writing_ = false;
    coder.in_ = payload;
    for (int i = 0; i < 4; ++i) coder.code_ = coder.code_ << 8 | coder.next();
    return coder;
}

std::uint8_t RangeCoder::next() {
    const std::size_t at = position_++;
    return at < in_.size() ? in_[at] : std::uint8_t{0};
}

void RangeCoder::shift() {
    range_ <<= 8;
    if (!writing_) {
        code_ = code_ << 8 | next();
        return;
    }
    carry_out();
}

void RangeCoder::carry_out() {
    if (low_ < 0xFF000000U || low_ > 0xFFFFFFFFU) {
        const auto carry = static_cast<std::uint8_t>(low_ >> 32);
        if (started_) out_.push_back(static_cast<std::uint8_t>(held_ + carry));
        out_.insert(out_.end(), static_cast<std::size_t>(pending_), static_cast<std::uint8_t>(0xFF + carry));
        pending_ = 0;
        held_ = static_cast<std::uint8_t>(low_ >> 24);
        started_ = true;
    } else {
        ++pending_;
    }
    low_ = (low_ & 0x00FFFFFFU) << 8;
}

std::uint64_t RangeCoder::code_raw(std::uint64_t value, unsigned bits) {
    std::uint64_t result = 0;
    for (unsigned i = bits; i-- > 0;) {
        result = result << 1 | (code(value >> i & 1U, probability_one / 2) ? 1U : 0U);
    }
    return result;
}

core::Bytes RangeCoder::finish() {
    // Any number in [low, low + range) decodes alike: take the one with the most zeros at its end.
    for (unsigned zeros = 32; zeros > 0; --zeros) {
        const std::uint64_t unit = std::uint64_t{1} << zeros;
        const std::uint64_t rounded = (low_ + unit - 1) / unit * unit;
        if (rounded < low_ + range_) {
            low_ = rounded;
            break;
        }
    }
    for (int i = 0; i < 5; ++i) carry_out();
    while (!out_.empty() && out_.back() == 0) out_.pop_back();
    return std::move(out_);
}

bool RangeCoder::fully_read() const {
    // A writer drops at most the four bytes a reader looks ahead, and zeros before them.
    const bool canonical_end = in_.empty() || in_.back() != 0;
    return canonical_end && position_ >= in_.size();
}

bool code_bit(RangeCoder& coder, AdaptiveBit& model, bool bit) {
    const std::uint32_t p = std::clamp<std::uint32_t>(model.p16() >> (16 - probability_bits), 8, probability_one - 8);
    bit = coder.code(bit, p);
    model.learn(bit);
    return bit;
}

}  // namespace plus7::wire
