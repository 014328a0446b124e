// Streets of an imported map and random ways over them. Streets: immutable, any thread. StreetWalk: one owner, one
// thread; the same seed on the same map gives the same ways.
#pragma once
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "central/maps/import.hpp"
#include "central/maps/street_graph.hpp"

namespace plus7::test {

using central::maps::Profile;
using Dice = std::mt19937_64;
double between(Dice& dice, double low, double high);

struct Streets {
    central::maps::StreetGraph graph;
    central::maps::Bounds bounds;
};
// Errors: no map file, or none with streets.
core::Result<std::shared_ptr<const Streets>> load_streets(const std::string& map_file);

class StreetWalk {
  public:
    struct Reach {  // straight from the start of a way to its end, metres
        double least_m = 0;
        double most_m = 0;
    };
    // not_found: the map has no streets for this profile that lead on.
    static core::Result<StreetWalk> begin(std::shared_ptr<const Streets> streets, Profile profile, Reach reach,
                                          std::uint64_t seed);

    core::LatLon place() const { return place_; }
    // A way from place() to another random place, which is place() from then on; the way back exists, too. Throws
    // std::runtime_error when no street leads on (begin() has tried it).
    central::maps::Route next();

  private:
    StreetWalk(std::shared_ptr<const Streets> streets, Profile profile, Reach reach, std::uint64_t seed)
        : streets_(std::move(streets)), profile_(profile), reach_(reach), dice_(seed) {}
    core::LatLon random_place();
    std::optional<central::maps::Route> way_to(core::LatLon target) const;
    central::maps::Route go(central::maps::Route route);
    bool joined(core::LatLon from, core::LatLon to) const;

    std::shared_ptr<const Streets> streets_;
    Profile profile_;
    Reach reach_;
    Dice dice_;
    core::LatLon home_;
    core::LatLon place_;
};

}  // namespace plus7::test
