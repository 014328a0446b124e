// The session on a real MQTT connection: mqtt::PahoClient on the loop thread, Session on the storage thread, and the
// posts between them. Owned by the composition root. Made, started, stopped and destroyed on the loop thread;
// destroyed after the storage workers were stopped.
#pragma once
#include <atomic>
#include <memory>

#include "agent/store/identity.hpp"
#include "agent/sync/session.hpp"
#include "shared/mqtt/paho_client.hpp"
#include "shared/runtime/loop.hpp"
#include "shared/runtime/workers.hpp"

namespace plus7::agent::sync {

struct SyncClientOptions {
    store::Identity identity;
    std::filesystem::path data_dir;  // of the TLS files
    bool tls = true;                 // false: only for tests on loopback
    mqtt::ConnectorTimings connector{};
    Milliseconds tick{1000};
    Milliseconds goodbye{2'000};  // at most, for the last word at stop()
    SessionOptions session;
};

class SyncClient final : private mqtt::ClientListener, private Uplink {
  public:
    SyncClient(runtime::Loop& loop, runtime::Workers& storage, store::Stores& stores, core::Clock& clock,
               SyncClientOptions options);
    ~SyncClient() override;

    void start();
    // Says "offline" (retained) and goodbye to the broker; then `stopped`, on the loop thread.
    void stop(std::function<void()> stopped);
    bool online() const { return client_ && client_->connected(); }

    // Storage thread only: wake() after an append, offer_live(), counters.
    Session& session() { return session_; }

    // Messages dropped because the storage thread's queue was full; central says everything again.
    std::uint64_t dropped_messages() const { return dropped_; }

  private:
    // mqtt::ClientListener, loop thread
    void connected() override;
    void disconnected(const mqtt::Disconnection& why) override;
    void connect_failed(const mqtt::Disconnection& why) override;
    void message(const mqtt::Message& message) override;
    // Uplink, storage thread
    void publish(wire::TopicKind kind, core::Bytes payload, Done done) override;
    void force_reconnect(std::string_view why) override;
    void renew_client(std::string_view why) override;

    std::unique_ptr<mqtt::PahoClient> make_client();
    mqtt::ClientOptions client_options();
    mqtt::Publication publication(wire::TopicKind kind, core::Bytes payload) const;
    mqtt::Publication will();
    void subscribed(const mqtt::SubscribeResult& result);
    void tick();
    void say_goodbye(core::Bytes state, std::function<void()> stopped);
    void end(const std::function<void()>& stopped);
    bool on_storage(std::function<void()> job);
    void on_loop(std::function<void()> job);

    runtime::Loop& loop_;
    runtime::Workers& storage_;
    SyncClientOptions options_;
    Session session_;
    core::Nonce nonce_;  // of the connection that stands or is being made; loop thread
    std::unique_ptr<mqtt::PahoClient> client_;
    runtime::Timer timer_;
    runtime::Timer goodbye_timer_;
    bool stopping_ = false;
    std::atomic<bool> tick_queued_ = false;
    std::atomic<std::uint64_t> unacked_ = 0;  // as of the last tick, for the Will
    std::uint64_t dropped_ = 0;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // for what is posted to the loop
};

}  // namespace plus7::agent::sync
