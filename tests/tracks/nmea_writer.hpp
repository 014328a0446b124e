// Fixes as the sentences of a receiver (NMEA 0183: GGA, GSA, RMC per fix), for a gpsd that is fed with a recorded
// track.
#pragma once
#include <span>
#include <string>

#include "shared/model/fix.hpp"

namespace plus7::test {

// The times of the sentences begin at `start` and keep the distances of the track.
std::string to_nmea(std::span<const model::Fix> fixes, core::TimeMs start);

}  // namespace plus7::test
