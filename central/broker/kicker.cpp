#include "central/broker/kicker.hpp"

#include <map>

#include "shared/mqtt/paho_client.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::central::broker {
namespace {
constexpr auto patience = std::chrono::seconds{30};
}

struct Kicker::State {
    // One kick under way: connects, and leaves as soon as it is in.
    struct Kick final : mqtt::ClientListener {
        Kick(State& owner, core::DeviceId who) : state(owner), device(std::move(who)) {}
        void connected() override {
            client->stop([this] { state.done(device); });
        }
        void disconnected(const mqtt::Disconnection&) override {}
        void connect_failed(const mqtt::Disconnection& why) override {
            runtime::log_warning("kick could not reach the broker", {{"reason", why.text}});
        }
        void message(const mqtt::Message&) override {}

        State& state;
        core::DeviceId device;
        std::unique_ptr<mqtt::Client> client;
        runtime::Timer limit;
    };

    runtime::Loop& loop;
    mqtt::ClientOptions access;
    std::map<core::DeviceId, std::unique_ptr<Kick>> under_way;

    void begin(const core::DeviceId& device) {
        if (under_way.count(device) != 0) return;
        auto kick = std::make_unique<Kick>(*this, device);
        auto options = access;
        options.client_id = device.text();
        kick->client = std::make_unique<mqtt::PahoClient>(loop, std::move(options), *kick);
        kick->limit = loop.after(patience, [this, device] { done(device); });
        kick->client->start();
        under_way.emplace(device, std::move(kick));
    }

    // Posted: a client is not destroyed inside its own callback.
    void done(const core::DeviceId& device) {
        loop.post([this, device] { under_way.erase(device); });
    }
};

Kicker::Kicker(runtime::Loop& loop, mqtt::ClientOptions access)
    : state_(std::make_shared<State>(State{loop, std::move(access), {}})) {}

Kicker::~Kicker() { state_->under_way.clear(); }

void Kicker::kick(const core::DeviceId& device) {
    const std::weak_ptr<State> weak = state_;
    state_->loop.post([weak, device] {
        if (const auto state = weak.lock()) state->begin(device);
    });
}

}  // namespace plus7::central::broker
