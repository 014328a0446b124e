// Reads recorded tracks (GPX, NMEA 0183) as the fixes a receiver would have given. For tests and measurements only.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/model/fix.hpp"

namespace plus7::test {

// The track points of a GPX 1.0 or 1.1 file; points without a time are skipped. Speed and course are taken from <speed>
// and <course> where a point has them, else derived (derive_velocity). Accuracy stays unknown.
core::Result<std::vector<model::Fix>> read_gpx(std::string_view text);

// One fix per valid RMC sentence (any talker): time, place, speed, course. Accuracy is 2.5 m · HDOP of the GGA sentence
// with the same time of day. Sentences with a wrong or missing checksum are skipped.
core::Result<std::vector<model::Fix>> read_nmea(std::string_view text);

// Either kind, told apart by the first character that is not a space.
core::Result<std::vector<model::Fix>> read_track(const std::string& path);

// Speed and course where they are missing, as a receiver knows them at the moment of the fix, from the past only: mean
// speed and bearing from the fix before to this one (the first fix: speed 0). No course below 0.3 m/s, where receivers
// give none. The unrounded places are used, so what the format's rounding does to them is not known to the result.
void derive_velocity(std::vector<model::Fix>& fixes);

// A file of tests/data/tracks; throws when it cannot be read.
std::vector<model::Fix> recorded_track(const std::string& name);

}  // namespace plus7::test
