// A handheld of our own making on central's broker: the keys and the certificate of one that was enrolled in the
// ordinary way, and whatever bytes a test wants to send under its name.
#pragma once
#include <memory>
#include <string>

#include "shared/mqtt/paho_client.hpp"
#include "shared/runtime/loop.hpp"
#include "shared/wire/topics.hpp"
#include "tests/central/ingest/hand_device.hpp"
#include "tests/system/agent_process.hpp"
#include "tests/system/staff_client.hpp"

namespace plus7::test {

class HandClient final : private mqtt::ClientListener {
  public:
    // Enrols; its facts are those of today. Throws with the output of what failed.
    HandClient(StaffClient& staff, const std::string& code);

    void connect();  // throws when the broker does not let it in
    // Sends, and returns when the broker has it; false when it does not take it.
    bool say(wire::TopicKind kind, core::Bytes payload);
    bool say(const std::string& topic, core::Bytes payload);
    std::string topic(wire::TopicKind kind) const { return wire::topic_name(device.id, kind); }
    // The file of its certificate and others, for other programs.
    std::filesystem::path data() const { return files_.data(); }
    std::uint16_t broker_port() const { return port_; }

    HandDevice device;
    CarriedDevice carried;

  private:
    void connected() override {}
    void disconnected(const mqtt::Disconnection&) override {}
    void connect_failed(const mqtt::Disconnection&) override {}
    void message(const mqtt::Message&) override {}

    AgentProcess files_;
    std::uint16_t port_ = 0;
    runtime::Loop loop_;
    std::unique_ptr<mqtt::PahoClient> client_;
};

}  // namespace plus7::test
