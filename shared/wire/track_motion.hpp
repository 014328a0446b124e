// Where the next fix of a courier will be, how fast and which way: several guesses of each, with their spread, learned
// as the track goes on. Steps of the samples (TrackSample) in, curves in 16ths of a step out. Integers only.
#pragma once
#include <array>
#include <cstdint>

#include "shared/wire/track_mixture.hpp"
#include "shared/wire/track_sample.hpp"
#include "shared/wire/track_tables.hpp"

namespace plus7::wire {

// Running means, a fast and a slow one, of error ÷ expected error; 256 = as expected.
class Gain {
  public:
    std::int64_t scale(std::int64_t spread) const;
    void learn(std::int64_t error, std::int64_t spread);  // the spread as expected, before scale()

  private:
    std::int32_t fast_ = 256;
    std::int32_t slow_ = 256;
    std::int32_t seen_ = 0;
};

class PositionModel {
  public:
    static constexpr std::size_t guesses = 3;

    explicit PositionModel(PositionUnit unit) : unit_(unit) {}

    // Before the first step: the speed and course of the first fix are all that is known.
    void start(const TrackSample& first);

    // The guesses for the fix after `before`, `dt_ms` later.
    void predict(const TrackSample& before, std::int64_t dt_ms);
    std::array<Curve, guesses> latitude() const;                             // relative to `before`
    std::array<Curve, guesses> longitude(std::int64_t latitude_step) const;  // given what latitude did
    void learn(std::int64_t latitude_step, std::int64_t longitude_step);

    // The last displacement: metric length in 16ths of a latitude step, and bearing.
    tables::Polar displacement() const { return moved_; }
    tables::Turn16 last_turn() const { return last_turn_; }  // between the last two displacements

  private:
    enum Way : std::size_t { by_speed_and_course, smoothly_on, standing };
    struct Vector {
        std::int64_t north = 0;  // 16ths of a latitude step; per second: 256 times finer
        std::int64_t east = 0;
    };
    struct Guess {
        Vector step;                  // metric
        tables::Direction heading;    // of the step
        std::int64_t along_base = 0;  // expected errors before the gain
        std::int64_t across_base = 0;
        std::int64_t along = 0;
        std::int64_t across = 0;
        std::int64_t north_spread = 0;
    };

    void set_guess(Way way, Vector step, std::int64_t dt_ms);
    Vector by_doppler(const TrackSample& before, std::int64_t dt_ms) const;

    PositionUnit unit_;
    std::int32_t cos_q12_ = 4096;
    std::int64_t dt_ms_ = 1000;
    Vector velocity_;  // of the last step, Q4 per second · 256
    Vector smooth_;    // of the last few steps
    bool moved_once_ = false;
    tables::Polar moved_;
    tables::Turn16 last_turn_ = 0;
    std::array<Guess, guesses> guesses_;
    std::array<Gain, guesses> along_gain_;
    std::array<Gain, guesses> across_gain_;
};

// Speed and course of a fix whose place is known already.
class VelocityModel {
  public:
    static constexpr std::size_t guesses = 3;

    explicit VelocityModel(PositionUnit unit) : unit_(unit) {}

    // moved: displacement since `before` (16ths of a latitude step).
    void predict(const TrackSample& before, tables::Polar moved, std::int64_t dt_ms);
    std::array<Curve, guesses> speed() const;
    std::int64_t course_origin() const;         // the step the course is counted from
    std::array<Curve, guesses> course() const;  // relative to the origin, half a turn either way
    void learn(const TrackSample& now);

  private:
    struct Guess {
        std::int64_t centre = 0;
        std::int64_t base = 16;
    };
    PositionUnit unit_;
    std::int64_t smooth_speed_ = 0;
    std::int64_t smooth_course_ = 0;
    std::array<Guess, guesses> speeds_;
    std::array<Guess, guesses> courses_;
    std::array<Gain, guesses> speed_gain_;
    std::array<Gain, guesses> course_gain_;
};

}  // namespace plus7::wire
