// Port: closes a handheld's live connection at the broker. Real: broker/kicker. Any thread.
#pragma once
#include "shared/core/ids.hpp"

namespace plus7::central::app::devices {

class DeviceGate {
  public:
    virtual ~DeviceGate() = default;
    // Asynchronous and repeatable; a device that is not connected is left alone. A revoked one cannot come back.
    virtual void kick(const core::DeviceId& device) = 0;
};

}  // namespace plus7::central::app::devices
