// A courier on streets: accelerates, slows for corners, waits at lights, stands at customers' doors. Believable, not a
// traffic simulation. One owner, one thread; same seed, same drive.
#pragma once
#include <vector>

#include "tests/driving/motion.hpp"
#include "tests/driving/path.hpp"
#include "tests/driving/streets.hpp"

namespace plus7::test {

class Driver final : public Motion {
  public:
    static constexpr double least_stop_s = 60, most_stop_s = 360;  // at a customer

    // not_found: no streets for this profile.
    static core::Result<Driver> start(std::shared_ptr<const Streets> streets, Profile profile, std::uint64_t seed);

    Moment advance(double seconds) override;

  private:
    struct Limit {  // not faster than this at that place
        double at_m = 0;
        double speed_mps = 0;
        double wait_s = 0;  // a light: stands so long
    };
    Driver(StreetWalk walk, Profile profile, std::uint64_t seed);
    void plan();
    void add_lights(double cruise_mps);
    void step(double seconds);
    double allowed_mps() const;
    void pass_limits();

    StreetWalk walk_;
    Profile profile_;
    Dice dice_;
    double temper_;  // how close to the possible speed this courier goes, 0.75 … 1
    Path path_;
    std::vector<Limit> limits_;  // ahead, in order
    std::size_t next_limit_ = 0;
    double cruise_mps_ = 0;
    double at_m_ = 0;
    double speed_mps_ = 0;
    double wait_s_ = 0;
    bool at_customer_ = false;
    bool arrived_ = false;
};

}  // namespace plus7::test
