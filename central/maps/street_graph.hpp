// The street graph of a map file in memory: nearest street and shortest way. Immutable after loading; any thread.
// Turn restrictions are not in the map file and not kept.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "central/maps/street.hpp"
#include "shared/core/result.hpp"

namespace plus7::central::maps {

struct StreetPlace {
    core::LatLon place;     // on the street
    double distance_m = 0;  // from the place asked for
    std::string name;       // of the street; may be empty
};

struct Route {
    std::vector<core::LatLon> line;  // from street place to street place; at least two points
    double length_m = 0;
    double seconds = 0;  // a car at the allowed speed, a bicycle at 15, a walker at 5 km/h; no traffic, no lights
};

struct StreetArrays;  // street_arrays.hpp

class StreetGraph {
  public:
    // Errors: not_found (no file), invalid (no map file, or a damaged one).
    static core::Result<StreetGraph> load(const std::string& path);
    StreetGraph(StreetGraph&&) noexcept;
    StreetGraph& operator=(StreetGraph&&) noexcept;
    ~StreetGraph();

    std::size_t nodes() const;
    std::size_t edges() const;

    // The nearest street the profile may use, at most 2 km away.
    std::optional<StreetPlace> nearest(core::LatLon place, Profile profile) const;

    // The fastest way between the streets near both places; one-way streets are kept. Errors: not_found (no street
    // within 2 km of a place, or no way between them), limit (search given up after 4 million junctions).
    core::Result<Route> route(core::LatLon from, core::LatLon to, Profile profile) const;

  private:
    explicit StreetGraph(std::unique_ptr<StreetArrays> arrays);
    std::unique_ptr<StreetArrays> arrays_;
};

}  // namespace plus7::central::maps
