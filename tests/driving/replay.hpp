// Recorded tracks as motion: exactly where they were, or their speeds and stops on streets of a map. Both go on for
// ever: the recorded one there and back, the paced one from its beginning. One owner, one thread.
#pragma once
#include <vector>

#include "shared/model/fix.hpp"
#include "tests/driving/motion.hpp"
#include "tests/driving/path.hpp"
#include "tests/driving/streets.hpp"

namespace plus7::test {

// Seconds and metres of a recorded track.
class Pace {
  public:
    // Throws std::invalid_argument for fewer than two fixes or a time that goes back.
    explicit Pace(const std::vector<model::Fix>& track);

    double duration_s() const { return seconds_.back(); }
    double metres_at(double seconds) const;  // along the track, by linear interpolation
    double speed_at(double seconds) const;

  private:
    std::size_t piece_at(double seconds) const;
    std::vector<double> seconds_, metres_;
};

class Replay final : public Motion {
  public:
    // `begin_s`: how far into the track it starts.
    explicit Replay(const std::vector<model::Fix>& track, double begin_s = 0);
    Moment advance(double seconds) override;

  private:
    Pace pace_;
    Path path_;
    double clock_s_;
};

class PacedWalk final : public Motion {
  public:
    PacedWalk(const std::vector<model::Fix>& track, StreetWalk walk);
    Moment advance(double seconds) override;

  private:
    Pace pace_;
    StreetWalk walk_;
    Path path_;
    double clock_s_ = 0;
    double at_m_ = 0;
};

}  // namespace plus7::test
