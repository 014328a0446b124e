// What the handlers of ingest work with; made and owned by Ingest, which outlives them.
#pragma once
#include "central/app/devices/device_changes.hpp"
#include "central/app/devices/device_gate.hpp"
#include "central/app/tracking/live_hub.hpp"
#include "central/ingest/ack_box.hpp"
#include "central/ingest/attempts.hpp"
#include "central/ingest/counts.hpp"
#include "central/ingest/downlink.hpp"
#include "central/ingest/flight_slots.hpp"
#include "central/ingest/key_ring.hpp"
#include "central/ingest/positions.hpp"
#include "central/ingest/unit_desk.hpp"

namespace plus7::central::ingest {

struct Parts {
    core::Clock& clock;
    app::tracking::LiveHub& hub;
    app::devices::DeviceGate& gate;
    app::devices::DeviceChanges& views;
    Counts& counts;
    KeyRing& keys;
    const Downlink& down;
    AckBox& acks;
    Attempts& attempts;
    FlightSlots* flights;  // may be absent
    Positions& positions;
    Peers& peers;
    UnitDesk& desk;
};

using Done = std::function<void(Outcome)>;  // called exactly once, from any thread

}  // namespace plus7::central::ingest
