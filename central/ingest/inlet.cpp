#include "central/ingest/inlet.hpp"

#include "shared/mqtt/paho_client.hpp"
#include "shared/runtime/log.hpp"
#include "shared/wire/topics.hpp"

namespace plus7::central::ingest {
namespace {

std::vector<mqtt::Subscription> filters() {
    std::vector<mqtt::Subscription> all;
    for (const auto filter : wire::shared_filters()) all.push_back({std::string(filter), mqtt::Qos::at_least_once});
    for (const auto filter : wire::plain_filters()) all.push_back({std::string(filter), mqtt::Qos::at_least_once});
    return all;
}

}  // namespace

struct Inlet::State final : mqtt::ClientListener, std::enable_shared_from_this<Inlet::State> {
    State(runtime::Loop& on, Ingest& to, core::Clock& time)
        : loop(on), ingest(to), clock(time), ticker(on.every(std::chrono::seconds{1}, [this] { ingest.tick(); })) {}

    // Who was connected may be gone without a word; the retained states tell who is there.
    void connected() override {
        ingest.all_offline([weak = weak_from_this()] {
            const auto alive = weak.lock();
            if (!alive) return;
            alive->loop.post([weak] {
                if (const auto self = weak.lock()) self->subscribe();
            });
        });
    }
    void subscribe() {
        const auto told = [this](const mqtt::SubscribeResult& result) {
            subscribed = result.ok;
            if (result.ok) return;
            runtime::log_error("the broker does not let central listen");
            if (client) client->force_reconnect("not all subscriptions were granted");
        };
        if (client) static_cast<void>(client->subscribe(filters(), told).ok());
    }
    void disconnected(const mqtt::Disconnection& why) override {
        subscribed = false;
        runtime::log_warning("central lost its incoming connection to the broker", {{"reason", why.text}});
    }
    void connect_failed(const mqtt::Disconnection& why) override {
        runtime::log_warning("central cannot reach the broker", {{"reason", why.text}});
    }
    void message(const mqtt::Message& message) override {
        if (message.topic.starts_with(wire::central_topic(""))) {
            if (message.topic == wire::central_topic("news")) ingest.accept_news(message.payload);
            return;  // of a later version
        }
        ingest.accept({message.topic, message.payload, message.retain, clock.now()});
    }

    runtime::Loop& loop;
    Ingest& ingest;
    core::Clock& clock;
    runtime::Timer ticker;
    bool subscribed = false;
    std::unique_ptr<mqtt::PahoClient> client;
};

Inlet::Inlet(runtime::Loop& loop, mqtt::ClientOptions access, const std::string& instance, Ingest& ingest,
             core::Clock& clock)
    : state_(std::make_shared<State>(loop, ingest, clock)) {
    access.client_id = "central-in-" + instance;
    access.receive_maximum = 200;
    state_->client = std::make_unique<mqtt::PahoClient>(loop, std::move(access), *state_);
}

Inlet::~Inlet() {
    state_->client.reset();
    state_->ticker.cancel();
}

void Inlet::start() { state_->client->start(); }
void Inlet::stop(std::function<void()> stopped) { state_->client->stop(std::move(stopped)); }
bool Inlet::listening() const { return state_->client->connected() && state_->subscribed; }

}  // namespace plus7::central::ingest
