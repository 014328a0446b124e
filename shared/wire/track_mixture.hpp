// Codes one whole number of which several predictors each say "about here, give or take that much". The number is found
// by halving intervals; at each step every predictor gives its odds, a small mixer weighs them and learns which to
// trust. Integers only. One object per block, one thread.
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "shared/wire/range_coder.hpp"
#include "shared/wire/track_mixer.hpp"

namespace plus7::wire {

// A bell with heavy tails (Student's t, 4 degrees of freedom, with a touch of one 16 times as wide).
class Curve {
  public:
    Curve() = default;
    // centre and spread in 16ths of a step; the spread is about the mean absolute deviation.
    Curve(std::int64_t centre_q4, std::int64_t spread_q4);

    std::int64_t centre() const { return centre_; }
    std::int64_t spread() const { return spread_; }

    // The part of 2^30 that lies at value or above.
    std::uint32_t at_or_above(std::int64_t value) const;

  private:
    std::int64_t centre_ = 0;
    std::int64_t spread_ = 16;
    std::int64_t inverse_ = 1 << 20;
};

// What is learned about one column.
class Mixture {
  public:
    // weights: the trust in each curve to begin with, 16384 = full; its size is the number of curves.
    explicit Mixture(std::span<const std::int32_t> weights);

    // Codes a value of min … max; curves[0] is the one whose centre the halving starts from.
    std::int64_t code(RangeCoder& coder, std::span<const Curve> curves, std::int64_t min, std::int64_t max,
                      std::int64_t value);

  private:
    enum Stage : std::size_t { side, first, further, halving, stages };
    struct Interval;

    template <std::size_t N>
    std::int64_t search(RangeCoder& coder, std::span<const Curve> curves, std::int64_t min, std::int64_t max,
                        std::int64_t value);
    template <std::size_t N>
    bool decide(RangeCoder& coder, Interval& interval, std::int64_t split, Stage stage, std::size_t shape);

    std::array<Mixer, stages> mixers_;
    std::array<AdaptiveBit, 24>
        shapes_;  // how the real distribution differs from the curves' shape, per step of the search
    std::size_t curve_count_;
};

}  // namespace plus7::wire
