// A managed broker with its authority in a temporary folder, and clients of either kind that remember what they heard.
// Everything runs on the test's own thread: until() drives the loop.
#pragma once
#include <doctest/doctest.h>

#include <set>

#include "central/broker/managed_broker.hpp"
#include "shared/core/random.hpp"
#include "shared/crypto/csr.hpp"
#include "shared/crypto/secret_file.hpp"
#include "shared/mqtt/paho_client.hpp"
#include "tests/support/temp_dir.hpp"

namespace plus7::test {

struct Enrolled {
    core::DeviceId id = core::DeviceId::random();
    std::string serial;
    mqtt::TlsFiles files;
};

struct Listening final : mqtt::ClientListener {
    std::unique_ptr<mqtt::PahoClient> client;
    std::set<std::string> texts;
    int ends = 0, failures = 0;
    void connected() override {}
    void disconnected(const mqtt::Disconnection&) override { ++ends; }
    void connect_failed(const mqtt::Disconnection&) override { ++failures; }
    void message(const mqtt::Message& message) override { texts.emplace(core::text_of(message.payload)); }
};

class BrokerFixture {
  public:
    BrokerFixture();
    ~BrokerFixture();

    const central::broker::ServiceAccess& access() const { return broker->service(); }
    mqtt::ClientOptions access_of(const std::string& user, const std::string& password) const;
    Enrolled enrol();
    std::unique_ptr<Listening> service(const std::string& user, const std::string& password);
    std::unique_ptr<Listening> device(const Enrolled& enrolled);

    bool until(const std::function<bool()>& condition);  // false after 20 s
    bool all_connected(const std::vector<Listening*>& clients);
    bool subscribe(Listening& who, const std::string& filter);  // answered at all
    mqtt::PublishResult publish(Listening& who, const std::string& topic, const std::string& text);

    TempDir dir;
    core::SystemClock clock;
    runtime::Loop loop;
    std::unique_ptr<central::broker::AuthorityFolder> authority;
    std::unique_ptr<central::broker::ManagedBroker> broker;

  private:
    std::unique_ptr<Listening> listen(mqtt::ClientOptions options);
};

}  // namespace plus7::test
