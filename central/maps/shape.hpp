// Cutting and thinning of shapes for tiles. Pure functions over grid units; use from any thread.
#pragma once
#include "central/maps/grid.hpp"

namespace plus7::central::maps {

// Douglas–Peucker; ends stay. Tolerance in units of the line's own zoom.
Line simplified(const Line& line, double tolerance);
// The same for a ring. What is left may have fewer than 3 points: then the ring is too small to draw.
Line simplified_ring(const Line& ring, double tolerance);

// The parts of the line inside the box, in its direction. Empty when it passes by.
std::vector<Line> clipped(const Line& line, const Box& box);

// The part of the rings inside the box, winding and outer–holes order kept. Rings that vanish are dropped, an outer one
// with its holes. Sutherland–Hodgman on purpose: Boost's overlay refuses rings which touch themselves, and rounding to
// the grid makes such rings all the time; seams that run along the box edge lie in the buffer and are not seen.
Rings clipped_rings(const Rings& rings, const Box& box);

// A place inside the polygon (outer ring and its holes) for its label: the centroid, or if that is outside, the middle
// of the longest west–east chord through the middle of the ring.
Point label_place(const Rings& polygon);

}  // namespace plus7::central::maps
