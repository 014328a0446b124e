// What the track model believes before it has seen a fix: part of the format (version 1), never to be changed in it.
// Found by search on real and invented tracks (bicycle, car; walking, driving and standing at 0.2 to 1 Hz, clean and
// noisy receivers). A belief that is wrong for a track costs bits, never correctness.
#pragma once
#include <array>
#include <cstdint>

namespace plus7::wire {

// Spread of a guess before its gain: still + length · per_length / 256 + seconds · per_second / 16, in 16ths of a step
// of 1e-5 degree. For speed and course, length is the change since the last value, seconds what the rounding of places
// blurs.
struct CurvePrior {
    std::int32_t still;
    std::int32_t per_length;
    std::int32_t per_second;
};

struct TrackPriors {
    // How fast mixers learn, and the trust in the learned shape (16384 = full).
    std::int32_t mixing_rate = 340;
    std::int32_t shape_weight = 2398;
    // First stride of the search, in 16ths of the spread.
    std::int32_t stride_q4 = 20;
    // Gains: two running means, the observations each starts and ends with; share of the fast one in 16ths.
    std::int32_t fast_weight = 1;
    std::int32_t fast_memory = 1;
    std::int32_t slow_weight = 56;
    std::int32_t slow_memory = 327;
    std::int32_t fast_share = 8;
    // Smoothed velocity, and smoothed speed and course: share of the newest in 16ths.
    std::int32_t position_smoothing = 7;
    std::int32_t velocity_smoothing = 6;

    // Seconds between fixes: 0 … 14 and "more".
    std::int32_t interval_rate = 270;
    std::uint32_t interval_weight = 9;
    std::array<std::uint16_t, 16> interval_counts{20, 300, 240, 150, 110, 80, 50, 35, 25, 20, 30, 8, 8, 8, 8, 20};

    // Position: by speed and course, smoothly on, standing.
    std::array<CurvePrior, 3> along{{{11, 1, 33}, {3, 42, 20}, {15, 106, 25}}};
    std::array<CurvePrior, 3> across{{{10, 3, 55}, {10, 11, 6}, {29, 197, 25}}};
    std::array<std::int32_t, 3> position_weights{14'300, 948, 3'217};

    // Speed and course: of the displacement, as before, smoothed.
    std::array<CurvePrior, 3> speed{{{5, 2, 145}, {13, 8, 0}, {42, 8, 4}}};
    std::array<std::int32_t, 3> speed_weights{4'506, 8'138, 571};
    std::array<CurvePrior, 3> course{{{6, 13, 9}, {2, 28, 3}, {10, 24, 3}}};
    std::array<std::int32_t, 3> course_weights{7'161, 9'413, 1'020};
};

inline constexpr TrackPriors priors{};

}  // namespace plus7::wire
