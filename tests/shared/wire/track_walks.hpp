// Invented tracks for the track codec's tests: the same seed gives the same track on every machine.
#pragma once
#include <cstdint>
#include <random>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/model/fix.hpp"
#include "shared/wire/track_block.hpp"

namespace plus7::test {

struct WalkOptions {
    std::size_t count = 60;
    core::LatLon start{55.75, 37.62};
    std::int64_t interval_ms = 1000;
    int step_e5 = 2;             // how far a fix goes at most, in 1e-5 degree
    int missing_percent = 0;     // chance of each optional to be missing
    int millisecond_jitter = 0;  // added to each time
};

std::vector<model::Fix> random_walk(std::uint64_t seed, const WalkOptions& options = {});

// Nothing in it follows from anything: places all over the globe, times forth and back.
std::vector<model::Fix> noise(std::uint64_t seed, std::size_t count);

// Whether `read` is what the format promises to keep of `written` (track_sample.hpp), fix by fix; doctest checks
// inside.
void check_kept(const std::vector<model::Fix>& written, const wire::TrackBlock& read);

// The same bytes with a checksum that fits.
core::Bytes with_checksum(core::Bytes bytes);

}  // namespace plus7::test
