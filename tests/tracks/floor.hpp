// The entropy floor of a track: what a simple coder cannot get below. The measure the track codec is held against.
//
// Columns are rounded as the block format rounds them (wire::TrackSample). Per column the differences between
// neighbours are taken: first differences, or second differences (differences of the differences; for places: the error
// of going straight on), whichever is smaller for the whole track. The floor is the zeroth-order Shannon entropy of
// these numbers' empirical distribution over the whole file, in bits per fix: no cost for stating the distribution,
// none for the first fix, no head. Longitude and course differences wrap. A missing value is a symbol of its own.
// Flags: entropy of the change of all three.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "shared/model/fix.hpp"
#include "shared/wire/track_sample.hpp"

namespace plus7::test {

struct FloorColumn {
    std::string name;
    double bits_per_fix = 0;
};

struct Floor {
    std::vector<FloorColumn> columns;
    double bytes_per_fix() const;
};

// Throws when a fix cannot be a sample: recorded tracks are expected to be sound.
Floor entropy_floor(std::span<const model::Fix> fixes, wire::PositionUnit unit = wire::PositionUnit::e5);

}  // namespace plus7::test
