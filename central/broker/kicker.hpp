// Closes a handheld's live session: a CONNECT on the service listener with the handheld's client id makes the broker
// end the older session (MQTT 5, 3.1.4-3). Used from any thread; works on the loop thread.
#pragma once
#include <memory>

#include "central/app/devices/device_gate.hpp"
#include "shared/mqtt/client_options.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::central::broker {

class Kicker final : public app::devices::DeviceGate {
  public:
    // `access`: host, port, user and password of the kick account; the client id is set for each kick.
    Kicker(runtime::Loop& loop, mqtt::ClientOptions access);
    ~Kicker() override;  // on the loop thread, or after it has stopped

    void kick(const core::DeviceId& device) override;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace plus7::central::broker
