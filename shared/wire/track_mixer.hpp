// Weighs what several predictors say about one bit into one probability, and learns whom to trust. Integers only; in the
// header because it is the innermost loop of the track codec. One object per block, one thread.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>

namespace plus7::wire {

constexpr std::size_t max_curves = 3;

// What each predictor, and last the shape learned so far, says about one decision: 256ths of log2 odds, ±12 · 256.
using Opinions = std::array<std::int32_t, max_curves + 1>;
constexpr std::int32_t opinion_limit = 12 * 256;

namespace detail {

constexpr std::uint64_t root(std::uint64_t x) {
    std::uint64_t guess = std::uint64_t{1} << 32;
    for (;;) {
        const std::uint64_t next = (guess + x / guess) / 2;
        if (next >= guess) return guess;
        guess = next;
    }
}

// 2^16 / (1 + 2^(−x/64)) for x = −768 … 768: from log odds back to a probability.
inline constexpr auto squash_table = [] {
    std::array<std::uint16_t, 1537> table{};
    // 2^(1/64) in Q32 by six square roots of two.
    std::uint64_t step = std::uint64_t{2} << 32;
    for (int i = 0; i < 6; ++i) step = root(step << 20) << 6;
    std::uint64_t odds = std::uint64_t{1} << 32;  // 2^(x/64) mod octave
    for (std::uint32_t i = 0; i <= 768; ++i) {
        if (i % 64 == 0) odds = std::uint64_t{1} << 32;
        const std::uint64_t scaled = (odds >> 16) << (i / 64);  // Q16
        const std::uint64_t p = (scaled << 16) / (scaled + 65536);
        table[768 + i] = static_cast<std::uint16_t>(std::min<std::uint64_t>(p, 65535));
        table[768 - i] = static_cast<std::uint16_t>(std::max<std::uint64_t>(65536 - p, 1));
        odds = (odds >> 16) * (step >> 16);
    }
    return table;
}();

}  // namespace detail

class Mixer {
  public:
    Mixer() = default;
    explicit Mixer(const Opinions& weights) : weights_(weights) {}  // 16384 = full trust

    std::uint32_t mix(const Opinions& opinions) const {  // 16-bit probability
        std::int32_t sum = 0;                            // each product is below 2^28
        for (std::size_t i = 0; i < opinions.size(); ++i) sum += weights_[i] * opinions[i];
        const std::int32_t log_odds = std::clamp(sum >> 14, -opinion_limit, opinion_limit);
        return detail::squash_table[static_cast<std::size_t>((log_odds + opinion_limit + 2) / 4)];
    }
    void learn(const Opinions& opinions, std::uint32_t mixed, bool bit, std::int32_t rate) {
        const std::int32_t error = ((bit ? 65535 : 0) - static_cast<std::int32_t>(mixed)) * rate >> 8;  // rate < 2^14
        for (std::size_t i = 0; i < opinions.size(); ++i)
            weights_[i] = std::clamp(weights_[i] + (opinions[i] * error >> 16), -32'768, 65'535);
    }

  private:
    Opinions weights_{};
};

}  // namespace plus7::wire
