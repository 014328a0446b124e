// Integer trigonometry and logarithms of the track model. What these functions return decides which bytes a block has,
// so they use whole numbers and tables computed from whole numbers only: amd64, arm64 and armhf agree bit for bit.
#pragma once
#include <array>
#include <bit>
#include <cstdint>

namespace plus7::wire::tables {

// A direction as 2^16ths of a full turn, clockwise from north; wraps by itself.
using Turn16 = std::uint16_t;

struct Direction {  // cosine and sine in 16384ths
    std::int32_t north = 16384;
    std::int32_t east = 0;
};

struct Polar {
    std::int64_t length = 0;  // same unit as the arguments
    Turn16 turn = 0;          // 0 when the length is 0
};

Direction direction(Turn16 turn);
Polar polar(std::int64_t north, std::int64_t east);  // |arguments| < 2^40

// 1/4096ths of the cosine of a latitude given in degrees · 10 000; never below 1/64 so that the poles stay finite.
std::int32_t cos_latitude(std::int64_t lat_e4);

namespace detail {
// log2(1 + i/256) in 256ths, by repeated squaring.
constexpr auto log_table = [] {
    std::array<std::uint8_t, 256> table{};
    for (std::uint64_t i = 0; i < 256; ++i) {
        std::uint64_t x = (256 + i) << 23;  // 1.31 fixed point
        std::uint32_t result = 0;
        for (int bit = 0; bit < 12; ++bit) {
            x = x * x >> 31;
            result <<= 1;
            if (x >= std::uint64_t{1} << 32) {
                x >>= 1;
                result |= 1;
            }
        }
        table[i] = static_cast<std::uint8_t>(result >> 4);
    }
    return table;
}();
}  // namespace detail

// 256 · log2(x), x ≥ 1.
constexpr std::int32_t log2_q8(std::uint32_t x) {
    const int zeros = std::countl_zero(x);
    return (31 - zeros) * 256 + detail::log_table[(x << zeros) >> 23 & 255U];
}

std::uint64_t square_root(std::uint64_t x);  // within 0.8 %; exact enough for spreads

}  // namespace plus7::wire::tables
