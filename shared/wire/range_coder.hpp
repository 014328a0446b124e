// A binary range coder and the adaptive bit it feeds on: the entropy stage of the track block codec. Integers only, so
// the same input gives the same bytes on every architecture. One object per block, used by one thread.
#pragma once
#include <cstdint>

#include "shared/core/bytes.hpp"

namespace plus7::wire {

constexpr std::uint32_t probability_bits = 15;
constexpr std::uint32_t probability_one = 1U << probability_bits;

// Writes or reads; the model above is one piece of code for both ways and cannot drift apart. A writer takes the bit it
// is given and returns it, a reader ignores the argument and returns the bit that was written.
class RangeCoder {
  public:
    static RangeCoder writer();
    static RangeCoder reader(core::ByteView payload);  // the bytes must outlive the reader

    bool writing() const { return writing_; }

    // p_one: probability that the bit is set, 1 … probability_one − 1.
    bool code(bool bit, std::uint32_t p_one) {
        const std::uint32_t bound = (range_ >> probability_bits) * p_one;
        if (!writing_) bit = code_ < bound;
        if (bit) {
            range_ = bound;
        } else {
            range_ -= bound;
            if (writing_) {
                low_ += bound;
            } else {
                code_ -= bound;
            }
        }
        while (range_ < (1U << 24)) shift();
        return bit;
    }

    // The low `bits` (≤ 63) of value, most significant first, each at one bit's cost.
    std::uint64_t code_raw(std::uint64_t value, unsigned bits);

    // Writer: the payload, ended in as few bytes as tell it apart; zeros at the end are left out.
    core::Bytes finish();

    // Reader: the payload is neither longer nor shorter than what was decoded asks for.
    bool fully_read() const;

  private:
    void shift();
    void carry_out();
    std::uint8_t next();

    bool writing_ = true;
    std::uint32_t range_ = 0xFFFFFFFFU;
    // writer
    std::uint64_t low_ = 0;      // 32 bits and the carry above them
    std::uint64_t pending_ = 0;  // bytes held back until it is known whether a carry reaches them: held_, then 0xFF …
    std::uint8_t held_ = 0;
    bool started_ = false;
    core::Bytes out_;
    // reader
    core::ByteView in_;
    std::size_t position_ = 0;  // may run past the end: zeros follow
    std::uint32_t code_ = 0;
};

// The probability of a bit that learns from what it sees: fast at first, then with a memory of about 120 bits.
class AdaptiveBit {
  public:
    // p_one in 65536ths; `weight` is how many observations the prior is worth.
    constexpr explicit AdaptiveBit(std::uint32_t p_one = 32768, std::uint32_t weight = 0)
        : p_(static_cast<std::uint16_t>(p_one)), seen_(static_cast<std::uint16_t>(weight)) {}

    std::uint32_t p16() const { return p_; }
    void learn(bool bit) {
        constexpr std::uint16_t limit = 120;
        const std::int32_t target = bit ? 65535 : 0;
        const std::int32_t rate = 65536 / (2 * seen_ + 3);
        p_ = static_cast<std::uint16_t>(p_ + ((target - p_) * rate >> 15));
        if (seen_ < limit) ++seen_;
    }

  private:
    std::uint16_t p_;
    std::uint16_t seen_;
};

// Codes one bit at the probability of `model`, which learns it.
bool code_bit(RangeCoder& coder, AdaptiveBit& model, bool bit);

}  // namespace plus7::wire
