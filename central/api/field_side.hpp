// What the API's field resources (devices, couriers, live map) need of the rest of central. A bundle of references that
// the composition root gives once; what they point to outlives the Api.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "central/app/audit/audit.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/devices/certificate_authority.hpp"
#include "central/app/devices/device_changes.hpp"
#include "central/app/devices/device_gate.hpp"
#include "central/app/tracking/live_hub.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

// What a handheld is told when it enrols.
struct AgentPlaces {
    std::string public_url;        // in the QR: where the device asks
    std::string sign_certificate;  // central-sign, PEM
    std::string broker_host;
    std::uint16_t broker_port = 8883;
};

struct FieldSide {
    sql::Database& db;
    core::Clock& clock;
    app::tracking::LiveHub& live;
    app::devices::DeviceChanges& views;
    app::devices::DeviceChanges& changes;
    app::devices::CertificateAuthority& authority;
    app::devices::DeviceGate& gate;
    AgentPlaces places;
};

// After the commit: ingest, the live map and the devices' views learn who carries what.
void tell_carried(const FieldSide& side, const std::vector<app::devices::Carried>& changes);
// Within the transaction: courier.bound and courier.unbound; the access record goes to the handheld he carries now.
void audit_carried(core::Tx& tx, const app::audit::Actor& who, const std::vector<app::devices::Carried>& changes,
                   core::TimeUs now);

}  // namespace plus7::central::api
