// Signs what goes down to a device and hands it to MQTT. Any thread; keeps nothing: what is lost is asked for again.
#pragma once
#include <functional>

#include "shared/crypto/ed25519.hpp"
#include "shared/mqtt/client.hpp"
#include "shared/wire/down_envelope.hpp"

namespace plus7::central::ingest {

// Hands a message to the broker's client, from any thread.
using Publish = std::function<void(mqtt::Publication)>;

class Downlink {
  public:
    Downlink(const core::ServerGen& server_gen, const crypto::SigningKey& key, Publish publish)
        : server_gen_(server_gen), key_(key), publish_(std::move(publish)) {}

    void send(const core::DeviceId& device, wire::DownType type, core::ByteView body) const;

  private:
    const core::ServerGen server_gen_;
    const crypto::SigningKey& key_;
    const Publish publish_;
};

}  // namespace plus7::central::ingest
