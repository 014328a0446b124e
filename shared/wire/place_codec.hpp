// Degrees on the wire: integers of 1e-7 degree (about 1 cm), because the profile knows no floats. Any thread.
#pragma once
#include "shared/core/geo.hpp"
#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"

namespace plus7::wire {

void write_place(CborMap& map, core::LatLon place);  // members "lat", "lon"; throws std::invalid_argument off the globe
core::LatLon read_place(const Value& map);

}  // namespace plus7::wire
