// `up/live`: the newest fix for the live map, never stored as track; and `state`, the device's retained word about
// itself, which is also its Will. Any thread.
#pragma once
#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/model/fix.hpp"

namespace plus7::wire {

// Place to 1e-7 degree, speed to 1 cm/s, course to 0.01 degree, accuracy to 0.1 m. Throws std::invalid_argument when
// the fix is not on the globe; speeds, courses and accuracies that are no sensible numbers are left out.
core::Bytes encode(const model::Fix& live);
core::Result<model::Fix> decode_live(core::ByteView message);

struct DeviceState {
    bool online = false;
    core::Nonce nonce;  // of the connection; a Will with an old one is ignored
    core::BootId boot;
    std::uint64_t unacked = 0;  // records of all lanes
    bool operator==(const DeviceState&) const = default;
};

core::Bytes encode(const DeviceState& state);
core::Result<DeviceState> decode_state(core::ByteView message);

}  // namespace plus7::wire
