#include "central/ingest/outlet.hpp"

#include <atomic>

#include "shared/mqtt/paho_client.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::central::ingest {

struct Outlet::State final : mqtt::ClientListener {
    State(runtime::Loop& on, runtime::Metrics& metrics)
        : loop(on),
          sent(metrics.counter("plus7_ingest_down_total", "Messages to devices", {{"end", "sent"}})),
          dropped(metrics.counter("plus7_ingest_down_total", "Messages to devices", {{"end", "dropped"}})) {}

    void connected() override {}
    void disconnected(const mqtt::Disconnection& why) override {
        runtime::log_warning("central lost its outgoing connection to the broker", {{"reason", why.text}});
    }
    void connect_failed(const mqtt::Disconnection& why) override {
        runtime::log_warning("central cannot reach the broker", {{"reason", why.text}});
    }
    void message(const mqtt::Message&) override {}

    void send(mqtt::Publication publication) {
        --posted;
        const auto told = [this](mqtt::PublishResult result) { (result.ok ? sent : dropped).add(); };
        if (!client || !client->publish(std::move(publication), told)) dropped.add();
    }

    static constexpr std::size_t max_posted = 4096;
    runtime::Loop& loop;
    runtime::Counter& sent;
    runtime::Counter& dropped;
    std::atomic<std::size_t> posted{0};
    std::unique_ptr<mqtt::PahoClient> client;
};

Outlet::Outlet(runtime::Loop& loop, mqtt::ClientOptions access, const std::string& instance, runtime::Metrics& metrics)
    : state_(std::make_shared<State>(loop, metrics)) {
    access.client_id = "central-out-" + instance;
    access.max_pending = 4096;
    access.max_pending_bytes = 32 * 1024 * 1024;
    access.max_inflight = 20;
    state_->client = std::make_unique<mqtt::PahoClient>(loop, std::move(access), *state_);
}

Outlet::~Outlet() { state_->client.reset(); }

void Outlet::start() { state_->client->start(); }
void Outlet::stop(std::function<void()> stopped) { state_->client->stop(std::move(stopped)); }
bool Outlet::connected() const { return state_->client->connected(); }

Publish Outlet::publish() const {
    return [weak = std::weak_ptr<State>(state_)](mqtt::Publication publication) {
        const auto state = weak.lock();
        if (!state) return;
        if (++state->posted > State::max_posted) {
            --state->posted;
            state->dropped.add();
            return;
        }
        const auto kept = std::make_shared<mqtt::Publication>(std::move(publication));
        state->loop.post([weak, kept] {
            if (const auto alive = weak.lock()) alive->send(std::move(*kept));
        });
    };
}

}  // namespace plus7::central::ingest
