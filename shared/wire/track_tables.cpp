#include "shared/wire/track_tables.hpp"

#include <algorithm>

namespace plus7::wire::tables {
namespace {

// Sine of i/256 of a quarter turn in 16384ths: the 90-degree rotation halved eight times with whole-number square
// roots.
constexpr std::uint64_t root(std::uint64_t x) {
    std::uint64_t result = 0;
    for (std::uint64_t bit = std::uint64_t{1} << 62; bit != 0; bit >>= 2) {
        if (x >= result + bit) {
            x -= result + bit;
            result = (result >> 1) + bit;
        } else {
            result >>= 1;
        }
    }
    return result;
}

constexpr std::int64_t one = std::int64_t{1} << 30;

struct Step {
    std::int64_t cosine;
    std::int64_t sine;
};

// Cosine and sine of a quarter turn / 256.
constexpr Step smallest_step() {
    std::int64_t cosine = 0;
    std::int64_t sine = one;
    for (int halving = 0; halving < 8; ++halving) {
        const std::int64_t half_cosine =
            static_cast<std::int64_t>(root(static_cast<std::uint64_t>(one + cosine) << 29));
        sine = sine * (one / 2) / half_cosine;
        cosine = half_cosine;
    }
    return {cosine, sine};
}

constexpr auto sines = [] {
    std::array<std::int32_t, 257> table{};
    const Step step = smallest_step();
    std::int64_t cosine = one;
    std::int64_t sine = 0;
    for (std::size_t i = 0; i < table.size(); ++i) {
        table[i] = static_cast<std::int32_t>(std::clamp<std::int64_t>((sine + 32768) >> 16, 0, 16384));
        const std::int64_t next = (cosine * step.cosine - sine * step.sine) >> 30;
        sine = (sine * step.cosine + cosine * step.sine) >> 30;
        cosine = next;
    }
    return table;
}();

constexpr auto roots = [] {  // 256 · √i
    std::array<std::uint16_t, 256> table{};
    for (std::uint64_t i = 0; i < table.size(); ++i) table[i] = static_cast<std::uint16_t>(root(i << 16));
    return table;
}();

// quarter: 0 … 16384, a quarter turn.
std::int32_t sine_of_quarter(std::uint32_t quarter) {
    const std::uint32_t index = quarter >> 6;
    if (index >= 256) return 16384;
    const auto part = static_cast<std::int32_t>(quarter & 63U);
    return sines[index] + (sines[index + 1] - sines[index]) * part / 64;
}

}  // namespace

Direction direction(Turn16 turn) {
    const std::uint32_t quarter = turn & 16383U;
    const std::int32_t sine = sine_of_quarter(quarter);
    const std::int32_t cosine = sine_of_quarter(16384 - quarter);
    switch (turn >> 14) {
        case 0:
            return {cosine, sine};
        case 1:
            return {-sine, cosine};
        case 2:
            return {-cosine, -sine};
        default:
            return {sine, -cosine};
    }
}

Polar polar(std::int64_t north, std::int64_t east) {
    const std::int64_t a = north < 0 ? -north : north;
    const std::int64_t b = east < 0 ? -east : east;
    const std::int64_t large = std::max(a, b);
    const std::int64_t small = std::min(a, b);
    if (large == 0) return {};
    // The angle from the nearer axis, found by bisection of the sine table: at most an eighth of a turn.
    std::uint32_t low = 0;
    std::uint32_t high = 129;
    while (high - low > 1) {
        const std::uint32_t middle = (low + high) / 2;
        if (small * sines[256 - middle] >= large * sines[middle]) {
            low = middle;
        } else {
            high = middle;
        }
    }
    const std::int64_t along = (large * sines[256 - low] + small * sines[low]) >> 14;
    const std::int64_t across = (small * sines[256 - low] - large * sines[low]) >> 14;
    // The rest is a small angle: tangent ≈ angle; 10430 = 65536 / (2 pi).
    const auto rest = along > 0 ? std::max<std::int64_t>(across * 10430 / along, 0) : 0;
    const auto octant = static_cast<std::uint32_t>(low * 64 + static_cast<std::uint32_t>(rest));
    std::uint32_t turn = a >= b ? octant : 16384 - octant;
    if (north < 0) turn = 32768 - turn;
    if (east < 0) turn = 65536 - turn;
    return {along, static_cast<Turn16>(turn)};
}

std::int32_t cos_latitude(std::int64_t lat_e4) {
    const auto absolute = static_cast<std::uint32_t>(std::min<std::int64_t>(lat_e4 < 0 ? -lat_e4 : lat_e4, 900'000));
    const std::uint32_t quarter = (900'000 - absolute) * 1024U / 56'250U;  // 900 000 → 16384
    return std::max(sine_of_quarter(quarter) / 4, 64);
}

std::uint64_t square_root(std::uint64_t x) {
    const auto width = static_cast<int>(std::bit_width(x));
    const int shift = width > 8 ? (width - 7) & ~1 : 0;
    return (std::uint64_t{roots[x >> shift]} << (shift / 2)) >> 8;
}

}  // namespace plus7::wire::tables
