// What a satellite receiver makes of a true motion: a slowly wandering error of a few metres, an estimate of it, a
// course only while moving. One owner, one thread; same seed, same errors.
#pragma once
#include "shared/model/fix.hpp"
#include "tests/driving/motion.hpp"
#include "tests/driving/streets.hpp"

namespace plus7::test {

class Receiver {
  public:
    static constexpr double worst_error_m = 9;

    explicit Receiver(std::uint64_t seed) : dice_(seed) {}
    // `seconds` since the fix before.
    model::Fix fix(const Moment& moment, core::TimeMs time, double seconds);

  private:
    double noise();  // roughly normal, variance 1, bounded

    Dice dice_;
    double east_m_ = 0, north_m_ = 0;
};

}  // namespace plus7::test
