// Port: how the session reaches the broker. Real: MqttUplink over mqtt::Client; the fleet and the tests have their own.
// Storage thread.
#pragma once
#include <functional>
#include <string_view>

#include "shared/core/bytes.hpp"
#include "shared/mqtt/client.hpp"
#include "shared/wire/topics.hpp"

namespace plus7::agent::sync {

class Uplink {
  public:
    using Done = std::function<void(const mqtt::PublishResult&)>;

    virtual ~Uplink() = default;
    // To this device's topic of that kind, with its QoS, retain flag and expiry. `done` comes later on the storage
    // thread, never inside the call; it may be missing when the connection ends before. Empty: nobody asks.
    virtual void publish(wire::TopicKind kind, core::Bytes payload, Done done) = 0;
    // The connection is not trusted any more: end it; Session::disconnected follows.
    virtual void force_reconnect(std::string_view why) = 0;
    // As above, with a new client object.
    virtual void renew_client(std::string_view why) = 0;
};

}  // namespace plus7::agent::sync
