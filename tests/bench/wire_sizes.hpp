// The size of one fix as others send it, for comparison with the track block.
#pragma once
#include <cstddef>

#include "shared/wire/track_sample.hpp"

namespace plus7::bench {

// OwnTracks location message: {"_type":"location","tid":…,"tst":…,"lat":…,"lon":…,"vel":…,"cog":…,"acc":…}, no spaces
// (booklet, "JSON: _type=location"); speed there is whole km/h. Bytes of the payload alone.
std::size_t owntracks_json(const wire::TrackSample& sample);

// A CBOR array (RFC 8949) of the seven columns as whole numbers, absolute values, null for what is missing.
std::size_t cbor_array(const wire::TrackSample& sample);

}  // namespace plus7::bench
