// Port: how one courier moves. Real ones: Driver (streets of a map), Replay (a recorded track as it was), PacedWalk (a
// recorded track's speeds on streets of a map). One owner, one thread; no clock of its own.
#pragma once
#include <optional>

#include "shared/core/geo.hpp"

namespace plus7::test {

struct Moment {
    core::LatLon place;  // true, without a receiver's error
    double speed_mps = 0;
    std::optional<double> course_deg;  // 0 … 360; nothing when standing
    bool arrived = false;              // since the call before: at a customer's door
};

class Motion {
  public:
    virtual ~Motion() = default;
    // Where and how after so many more seconds (≥ 0) of motion.
    virtual Moment advance(double seconds) = 0;
};

}  // namespace plus7::test
