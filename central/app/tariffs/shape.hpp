// The ground a zone covers: whether a shape is one, and what lies in it. Degrees as a plane, so a zone never crosses
// ±180°. Boost.Geometry is behind shape.cpp. Pure functions; any thread.
#pragma once
#include "central/store/zone_store.hpp"
#include "shared/core/result.hpp"

namespace plus7::central::app::tariffs {

constexpr std::size_t most_vertices = 10'000;

// invalid: no ring, an open or self-crossing one, a point off the globe, more than 10 000 points, no area.
core::Status check_shape(const store::Shape& shape);

bool holds(const store::Shape& shape, core::LatLon place);  // its edge belongs to it

}  // namespace plus7::central::app::tariffs
