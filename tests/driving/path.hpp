// A line of places measured in metres from its start. Value type.
#pragma once
#include <vector>

#include "shared/core/geo.hpp"

namespace plus7::test {

class Path {
  public:
    // At least one place; neighbours that are equal are taken as one.
    explicit Path(const std::vector<core::LatLon>& line);

    double length_m() const { return at_m_.back(); }
    core::LatLon place_at(double metres) const;  // ends for metres outside
    double course_at(double metres) const;       // of the piece there; 0 when the path is a single place
    // The inner corners: where they are and by how much the way turns there, 0 … 180 degrees.
    struct Corner {
        double at_m = 0;
        double turn_deg = 0;
    };
    std::vector<Corner> corners() const;

  private:
    std::size_t piece_at(double metres) const;  // index of its first place
    std::vector<core::LatLon> places_;
    std::vector<double> at_m_;
};

}  // namespace plus7::test
