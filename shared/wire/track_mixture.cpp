#include "shared/wire/track_mixture.hpp"

#include <algorithm>

#include "shared/wire/track_priors.hpp"
#include "shared/wire/track_tables.hpp"

namespace plus7::wire {
namespace {

constexpr std::int64_t max_centre = std::int64_t{1}
                                    << 35;  // several times round the globe; keeps products within 64 bits
constexpr std::uint32_t whole = 1U << 30;

using detail::root;

// Survival of Student's t with 6 degrees of freedom, 2^30 = 1, t in 2^10ths: (1 − u)³ (8 + 9u + 3u²) / 16, u = t / √(6
// + t²).
constexpr std::uint64_t student6(std::uint64_t t) {
    const std::uint64_t square = (std::uint64_t{6} << 20) + t * t;  // Q20
    const std::uint64_t r = root(square << 10) >> 5;                // Q10
    const std::uint64_t one = std::uint64_t{1} << 30;
    const std::uint64_t rest = std::min((std::uint64_t{6} << 50) / (r * (r + t)), one);  // 1 − u, Q30
    const std::uint64_t u = one - rest;
    const std::uint64_t cube = (rest * rest >> 30) * rest >> 30;
    return cube * ((8 * one + 9 * u + 3 * (u * u >> 30)) >> 6) >> 28;
}

// Table of the survival over z = distance / spread: 32nds below 16, halves up to 272.
constexpr std::uint32_t fine_cells = 512;
constexpr std::uint32_t coarse_cells = 512;
constexpr std::uint32_t wide_part = 32;  // one part in 32 is the wide bell

constexpr std::uint32_t survival(std::uint64_t z_q8) {
    const std::uint64_t t = z_q8 * 4;  // Q10
    return static_cast<std::uint32_t>((student6(t) * (wide_part - 1) + student6(t / 16)) / wide_part);
}

constexpr auto fine = [] {
    std::array<std::uint32_t, fine_cells + 1> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) table[i] = survival(i * 8);
    table[0] = whole / 2;
    return table;
}();

constexpr auto coarse = [] {
    std::array<std::uint32_t, coarse_cells + 1> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) table[i] = survival(4096 + i * 128);
    return table;
}();

inline std::uint32_t survival_of(std::uint64_t z_q8) {
    if (z_q8 < fine_cells * 8) {
        const auto z = static_cast<std::uint32_t>(z_q8);
        const std::uint32_t left = fine[z >> 3];
        return left - ((left - fine[(z >> 3) + 1]) * (z & 7U) >> 3);
    }
    const std::uint64_t rest = z_q8 - fine_cells * 8;
    return rest < coarse_cells * 128 ? coarse[rest >> 7] : 0;
}

inline std::uint32_t between(std::uint32_t above_low, std::uint32_t above_high) {
    return above_low > above_high ? above_low - above_high : 0;  // the table's rounding may turn the order by one
}

inline std::int32_t log_odds(std::uint32_t yes, std::uint32_t no) {
    return std::clamp(tables::log2_q8(yes + 1) - tables::log2_q8(no + 1), -opinion_limit, opinion_limit);
}

}  // namespace

Curve::Curve(std::int64_t centre_q4, std::int64_t spread_q4)
    : centre_(std::clamp<std::int64_t>(centre_q4, -max_centre, max_centre)),
      spread_(std::clamp<std::int64_t>(spread_q4, 2, 1 << 28)),
      inverse_((1 << 24) / spread_) {}

[[gnu::always_inline]] inline std::uint32_t Curve::at_or_above(std::int64_t value) const {
    const std::int64_t distance = value * 16 - 8 - centre_;
    const auto z = static_cast<std::uint64_t>((distance < 0 ? -distance : distance) * inverse_) >> 16;
    const std::uint32_t tail = survival_of(z);
    return distance < 0 ? whole - tail : tail;
}

struct Mixture::Interval {
    std::span<const Curve> curves;
    std::int64_t low;   // the value is low or more …
    std::int64_t high;  // … and less than high
    std::array<std::uint32_t, max_curves> above_low;
    std::array<std::uint32_t, max_curves> above_high;
    std::int64_t value;
};

Mixture::Mixture(std::span<const std::int32_t> weights) : curve_count_(weights.size()) {
    Opinions all{};
    std::copy_n(weights.begin(), std::min(weights.size(), max_curves), all.begin());
    all[max_curves] = priors.shape_weight;
    mixers_.fill(Mixer{all});
}

template <std::size_t N>
[[gnu::always_inline]] inline bool Mixture::decide(RangeCoder& coder, Interval& interval, std::int64_t split,
                                                   Stage stage, std::size_t shape) {
    std::array<std::uint32_t, max_curves> above_split;
    Opinions opinions{};
    for (std::size_t i = 0; i < N; ++i) {
        above_split[i] = interval.curves[i].at_or_above(split);
        opinions[i] =
            log_odds(between(above_split[i], interval.above_high[i]), between(interval.above_low[i], above_split[i]));
    }
    AdaptiveBit& learned = shapes_[shape];
    const bool use_shape = stage != halving;
    if (use_shape) opinions[max_curves] = log_odds(learned.p16(), 65536 - learned.p16());
    Mixer& mixer = mixers_[stage];
    const std::uint32_t mixed = mixer.mix(opinions);
    const bool bit = coder.code(interval.value >= split, std::clamp<std::uint32_t>(mixed >> 1, 4, probability_one - 4));
    mixer.learn(opinions, mixed, bit, priors.mixing_rate);
    if (use_shape) learned.learn(bit);
    if (bit) {
        interval.low = split;
        interval.above_low = above_split;
    } else {
        interval.high = split;
        interval.above_high = above_split;
    }
    return bit;
}

std::int64_t Mixture::code(RangeCoder& coder, std::span<const Curve> curves, std::int64_t min, std::int64_t max,
                           std::int64_t value) {
    switch (curve_count_) {
        case 1:
            return search<1>(coder, curves, min, max, value);
        case 2:
            return search<2>(coder, curves, min, max, value);
        default:
            return search<3>(coder, curves, min, max, value);
    }
}

template <std::size_t N>
[[gnu::flatten]] std::int64_t Mixture::search(RangeCoder& coder, std::span<const Curve> curves, std::int64_t min, std::int64_t max,
                             std::int64_t value) {
    Interval interval{curves, min, max + 1, {}, {}, value};
    interval.above_low.fill(whole);
    interval.above_high.fill(0);
    if (min == max) return min;
    const std::int64_t centre = std::clamp((curves[0].centre() + 8) >> 4, min + 1, max);
    const bool upper = decide<N>(coder, interval, centre, side, 0);
    // Away from the centre in growing strides, then halve what is left.
    std::int64_t stride = 1;
    while (stride * 16 < curves[0].spread() * priors.stride_q4 / 16) stride *= 2;
    for (std::size_t i = 0;; ++i) {
        const std::int64_t split = upper ? interval.low + stride : interval.high - stride;
        if (upper ? split >= interval.high : split <= interval.low) break;
        const std::size_t shape = 1 + std::min<std::size_t>(i, 5) * 2 + (upper ? 1 : 0);
        if (decide<N>(coder, interval, split, i == 0 ? first : further, shape) != upper) break;
        if (i > 0) stride *= 2;
    }
    while (interval.high - interval.low > 1) {
        decide<N>(coder, interval, (interval.low + interval.high) / 2, halving, 0);
    }
    return interval.low;
}

}  // namespace plus7::wire
