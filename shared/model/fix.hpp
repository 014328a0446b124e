// One GPS fix as the field's code passes it on: from gpsd to the sampler, the outbox, the wire and the map.
#pragma once
#include <optional>

#include "shared/core/geo.hpp"
#include "shared/core/time.hpp"

namespace plus7::model {

struct Fix {
    core::TimeMs time{};               // GPS time of the fix, UTC
    core::LatLon place;                // degrees, WGS 84
    std::optional<double> speed_mps;   // over ground; nothing when the receiver gave none
    std::optional<double> course_deg;  // 0 … 360 over ground; nothing when standing
    std::optional<double> accuracy_m;  // horizontal, 1 sigma as gpsd's eph/2; nothing when unknown
    bool is_3d = false;                // mode 3 fix
    bool is_turn = false;              // kept by the sampler because of a turn
    bool is_stationary = false;        // taken while the courier stands (sampling backed off)
    bool operator==(const Fix&) const = default;
};

}  // namespace plus7::model
