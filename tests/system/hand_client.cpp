#include "tests/system/hand_client.hpp"

#include <stdexcept>

#include "agent/store/identity.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::test {
namespace {

constexpr std::chrono::seconds limit{30};

}  // namespace

HandClient::HandClient(StaffClient& staff, const std::string& code)
    : carried(staff.courier_with_device("Сидоров Тимур " + code, code)) {
    const auto enrolled = files_.enroll(carried.link);
    if (enrolled.code != 0) throw std::runtime_error("not enrolled: " + enrolled.output);
    const agent::store::IdentityFiles files(data());
    const auto identity = agent::store::load_identity(files).value();
    port_ = identity.broker_port;
    device.id = identity.device;
    device.key = std::make_shared<crypto::SigningKey>(agent::store::load_record_key(files).value());
    if (const auto courier = core::from_uuid_text(carried.courier)) device.courier.value = courier->value;
    device.at = std::chrono::floor<std::chrono::seconds>(core::SystemClock{}.now());

    mqtt::ClientOptions options;
    options.host = identity.broker_host;
    options.port = port_;
    options.client_id = device.id.text();
    options.tls = mqtt::TlsFiles{files.authority().string(), files.certificate().string(), files.tls_key().string()};
    options.timings.backoff.base = std::chrono::milliseconds{100};
    mqtt::ClientListener& listener = *this;
    client_ = std::make_unique<mqtt::PahoClient>(loop_, std::move(options), listener);
}

void HandClient::connect() {
    client_->start();
    if (!loop_.run_until([&] { return client_->connected(); }, limit))
        throw std::runtime_error("the broker does not let the handheld in");
}

bool HandClient::say(wire::TopicKind kind, core::Bytes payload) { return say(topic(kind), std::move(payload)); }

bool HandClient::say(const std::string& to, core::Bytes payload) {
    if (!client_->connected()) connect();
    std::optional<bool> taken;
    const auto told = [&](const mqtt::PublishResult& result) { taken = result.ok; };
    if (!client_->publish({to, std::move(payload), mqtt::Qos::at_least_once, false, {}}, told)) return false;
    loop_.run_until([&] { return taken.has_value(); }, limit);
    return taken.value_or(false);
}

}  // namespace plus7::test
