#include "shared/wire/track_motion.hpp"

#include <algorithm>

#include "shared/wire/track_priors.hpp"

namespace plus7::wire {
namespace {

constexpr std::int64_t max_spread = 1 << 20;
constexpr std::int64_t max_step = std::int64_t{1} << 33;      // the globe, in 16ths of 1e-6 degree
constexpr std::int64_t max_velocity = std::int64_t{1} << 42;  // the globe in 4 s; keeps products within 64 bits
constexpr std::int64_t max_residual = 1 << 22;
constexpr std::int64_t max_guess_ms = 120'000;  // nobody goes straight on for longer

std::int64_t magnitude(std::int64_t x) { return x < 0 ? -x : x; }

std::int64_t scale_of(PositionUnit unit) { return unit == PositionUnit::e5 ? 1 : 10; }

// Half a turn either way, in 16ths of a course step.
std::int64_t wrap_course(std::int64_t q4) {
    constexpr std::int64_t full = course_steps * 16;
    return ((q4 + full / 2) % full + full) % full - full / 2;
}

}  // namespace

void Gain::learn(std::int64_t error, std::int64_t spread) {
    // Bounded first, so that 32-bit division, the cheap one, is enough.
    const auto expected = static_cast<std::int32_t>(std::clamp<std::int64_t>(spread, 1, max_spread));
    const auto seen = static_cast<std::int32_t>(std::min<std::int64_t>(magnitude(error), std::int64_t{expected} * 16));
    const std::int32_t ratio = expected < 1 << 17 ? seen * 256 / expected : seen / (expected / 256);
    fast_ += (ratio - fast_) / (priors.fast_weight + std::min(seen_, priors.fast_memory));
    slow_ += (ratio - slow_) / (priors.slow_weight + std::min(seen_, priors.slow_memory));
    if (seen_ < 1000) ++seen_;
}

std::int64_t Gain::scale(std::int64_t spread) const {
    return spread * (fast_ * std::int64_t{priors.fast_share} + slow_ * std::int64_t{16 - priors.fast_share}) / 4096;
}

void PositionModel::set_guess(Way way, Vector step, std::int64_t dt_ms) {
    step = {std::clamp(step.north, -max_step, max_step), std::clamp(step.east, -max_step, max_step)};
    Guess& guess = guesses_[way];
    guess.step = step;
    const tables::Polar polar = tables::polar(step.north, step.east);
    guess.heading = tables::direction(polar.length > 0 ? polar.turn : moved_.turn);
    const std::int64_t length = way == standing ? guesses_[by_speed_and_course].along_base : polar.length;
    const std::int64_t unit = scale_of(unit_);
    const auto base = [&](const CurvePrior& prior) {
        return std::min(prior.still * unit + length * prior.per_length / 256 + dt_ms * prior.per_second * unit / 16'000,
                        max_spread);
    };
    guess.along_base = base(priors.along[way]);
    guess.across_base = base(priors.across[way]);
    guess.along = std::clamp<std::int64_t>(along_gain_[way].scale(guess.along_base), 4, max_spread);
    guess.across = std::clamp<std::int64_t>(across_gain_[way].scale(guess.across_base), 4, max_spread);
    const std::int64_t a = guess.along * guess.heading.north >> 14;
    const std::int64_t b = guess.across * guess.heading.east >> 14;
    guess.north_spread = static_cast<std::int64_t>(tables::square_root(static_cast<std::uint64_t>(a * a + b * b)));
}

void PositionModel::start(const TrackSample& first) {
    if (first.speed == TrackSample::absent || first.course == TrackSample::absent) return;
    const Vector second = by_doppler(first, 1000);
    velocity_ = {second.north * 256, second.east * 256};
    smooth_ = velocity_;
    moved_.turn = static_cast<tables::Turn16>(first.course * 65'536 / course_steps);
}

PositionModel::Vector PositionModel::by_doppler(const TrackSample& before, std::int64_t dt_ms) const {
    const auto turn = static_cast<tables::Turn16>(before.course * 65'536 / course_steps);
    const tables::Direction heading = tables::direction(turn);
    // 0.1 m/s in 16ths of a step per second: 1.4389 at 1e-5 degree.
    const std::int64_t length = before.speed * std::int64_t{14'389} * scale_of(unit_) / 100 * dt_ms / 100'000;
    return {length * heading.north >> 14, length * heading.east >> 14};
}

void PositionModel::predict(const TrackSample& before, std::int64_t dt_ms) {
    cos_q12_ = tables::cos_latitude(before.lat / (10 * scale_of(unit_)));
    dt_ms_ = dt_ms > 0 ? dt_ms : 1000;
    const std::int64_t dt = std::clamp<std::int64_t>(dt_ms, 0, max_guess_ms);
    const Vector straight{velocity_.north * dt / 256'000, velocity_.east * dt / 256'000};
    const bool doppler = before.speed != TrackSample::absent && before.course != TrackSample::absent;
    set_guess(by_speed_and_course, doppler ? by_doppler(before, dt) : straight, dt);
    set_guess(smoothly_on, {smooth_.north * dt / 256'000, smooth_.east * dt / 256'000}, dt);
    set_guess(standing, {}, dt);
}

std::array<Curve, PositionModel::guesses> PositionModel::latitude() const {
    std::array<Curve, guesses> curves;
    for (std::size_t i = 0; i < guesses; ++i) curves[i] = Curve{guesses_[i].step.north, guesses_[i].north_spread};
    return curves;
}

std::array<Curve, PositionModel::guesses> PositionModel::longitude(std::int64_t latitude_step) const {
    std::array<Curve, guesses> curves;
    for (std::size_t i = 0; i < guesses; ++i) {
        const Guess& guess = guesses_[i];
        // The two errors are those of a slanted ellipse: what latitude did tells something about longitude.
        const std::int64_t spread = std::max<std::int64_t>(guess.north_spread, 1);
        const std::int64_t residual = std::clamp(latitude_step * 16 - guess.step.north, -max_residual, max_residual);
        const std::int64_t a = guess.along * guess.heading.north >> 14;
        const std::int64_t b = guess.across * guess.heading.east >> 14;
        const std::int64_t covariance =
            a * (guess.along * guess.heading.east >> 14) - b * (guess.across * guess.heading.north >> 14);
        const std::int64_t east = guess.step.east + covariance / spread * residual / spread;
        const auto surprise =
            static_cast<std::uint64_t>(std::min<std::int64_t>(magnitude(residual) * 256 / spread, 16'384));
        const auto widened = static_cast<std::int64_t>(tables::square_root((262'144 + surprise * surprise) / 5));
        const std::int64_t east_spread = guess.along * guess.across / spread * widened / 256;
        curves[i] = Curve{east * 4096 / cos_q12_, east_spread * 4096 / cos_q12_};
    }
    return curves;
}

void PositionModel::learn(std::int64_t latitude_step, std::int64_t longitude_step) {
    const Vector now{latitude_step * 16, longitude_step * 16 * cos_q12_ / 4096};
    for (std::size_t i = 0; i < guesses; ++i) {
        const Guess& guess = guesses_[i];
        const std::int64_t north = now.north - guess.step.north;
        const std::int64_t east = now.east - guess.step.east;
        along_gain_[i].learn((north * guess.heading.north + east * guess.heading.east) >> 14, guess.along_base);
        across_gain_[i].learn((east * guess.heading.north - north * guess.heading.east) >> 14, guess.across_base);
    }
    const tables::Polar moved = tables::polar(now.north, now.east);
    const bool both = moved.length > 0 && moved_.length > 0;
    last_turn_ = both ? static_cast<tables::Turn16>(moved.turn - moved_.turn) : tables::Turn16{0};
    moved_ = {moved.length, moved.length > 0 ? moved.turn : moved_.turn};
    velocity_ = {std::clamp(now.north * 256'000 / dt_ms_, -max_velocity, max_velocity),
                 std::clamp(now.east * 256'000 / dt_ms_, -max_velocity, max_velocity)};
    if (!moved_once_) smooth_ = velocity_;
    moved_once_ = true;
    smooth_.north += (velocity_.north - smooth_.north) * priors.position_smoothing / 16;
    smooth_.east += (velocity_.east - smooth_.east) * priors.position_smoothing / 16;
}

void VelocityModel::predict(const TrackSample& before, tables::Polar moved, std::int64_t dt_ms) {
    const std::int64_t dt = dt_ms > 0 ? dt_ms : 1000;
    const std::int64_t unit = scale_of(unit_);
    constexpr std::int64_t top = max_speed * 16;
    const std::int64_t mean = std::min(moved.length * 111'195 / (dt * 10 * unit), top);
    const std::int64_t last_speed = before.speed == TrackSample::absent ? mean : before.speed * 16;
    const std::int64_t rounding = 111'195 / (dt * 10);
    const std::int64_t change = magnitude(mean - last_speed);
    const std::array<std::int64_t, guesses> centres{mean, last_speed, smooth_speed_};
    for (std::size_t i = 0; i < guesses; ++i) {
        const CurvePrior& prior = priors.speed[i];
        speeds_[i] = {centres[i], prior.still + change * prior.per_length / 256 + rounding * prior.per_second / 16};
    }

    const std::int64_t bearing = moved.turn * std::int64_t{course_steps * 16} / 65'536;
    const std::int64_t last_course = before.course == TrackSample::absent ? bearing : before.course * 16;
    const std::int64_t turn = wrap_course(bearing - last_course);
    const std::int64_t blur = std::min<std::int64_t>(458 * 16 * unit / std::max<std::int64_t>(moved.length, 1), 1440);
    const std::array<std::int64_t, guesses> bearings{bearing, last_course, smooth_course_};
    for (std::size_t i = 0; i < guesses; ++i) {
        const CurvePrior& prior = priors.course[i];
        courses_[i] = {bearings[i],
                       prior.still + magnitude(turn) * prior.per_length / 256 + blur * prior.per_second / 16};
    }
}

std::array<Curve, VelocityModel::guesses> VelocityModel::speed() const {
    std::array<Curve, guesses> curves;
    for (std::size_t i = 0; i < guesses; ++i)
        curves[i] = Curve{speeds_[i].centre, speed_gain_[i].scale(speeds_[i].base)};
    return curves;
}

std::int64_t VelocityModel::course_origin() const { return wrap_course(courses_[0].centre) / 16; }

std::array<Curve, VelocityModel::guesses> VelocityModel::course() const {
    std::array<Curve, guesses> curves;
    for (std::size_t i = 0; i < guesses; ++i) {
        curves[i] =
            Curve{wrap_course(courses_[i].centre - course_origin() * 16), course_gain_[i].scale(courses_[i].base)};
    }
    return curves;
}

void VelocityModel::learn(const TrackSample& now) {
    if (now.speed != TrackSample::absent) {
        smooth_speed_ += (now.speed * 16 - smooth_speed_) * priors.velocity_smoothing / 16;
    }
    if (now.course != TrackSample::absent) {
        smooth_course_ += wrap_course(now.course * 16 - smooth_course_) * priors.velocity_smoothing / 16;
        smooth_course_ = wrap_course(smooth_course_);
    }
    for (std::size_t i = 0; i < guesses; ++i) {
        if (now.speed != TrackSample::absent) speed_gain_[i].learn(now.speed * 16 - speeds_[i].centre, speeds_[i].base);
        if (now.course != TrackSample::absent) {
            course_gain_[i].learn(wrap_course(now.course * 16 - courses_[i].centre), courses_[i].base);
        }
    }
}

}  // namespace plus7::wire
