#include "agent/sync/sync_client.hpp"

#include "shared/core/random.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::agent::sync {

SyncClient::SyncClient(runtime::Loop& loop, runtime::Workers& storage, store::Stores& stores, core::Clock& clock,
                       SyncClientOptions options)
    : loop_(loop), storage_(storage), options_(std::move(options)), session_(stores, *this, clock, options_.session) {
    client_ = make_client();
}

SyncClient::~SyncClient() = default;

void SyncClient::start() {
    timer_ = loop_.every(options_.tick, [this] { tick(); });
    client_->start();
}

std::unique_ptr<mqtt::PahoClient> SyncClient::make_client() {
    mqtt::ClientListener& listener = *this;
    return std::make_unique<mqtt::PahoClient>(loop_, client_options(), listener);
}

mqtt::ClientOptions SyncClient::client_options() {
    mqtt::ClientOptions options;
    options.host = options_.identity.broker_host;
    options.port = options_.identity.broker_port;
    options.client_id = options_.identity.device.text();
    options.timings = options_.connector;
    options.will = [this] { return will(); };
    if (options_.tls) {
        const store::IdentityFiles files(options_.data_dir);
        options.tls =
            mqtt::TlsFiles{files.authority().string(), files.certificate().string(), files.tls_key().string()};
    }
    return options;
}

mqtt::Publication SyncClient::publication(wire::TopicKind kind, core::Bytes payload) const {
    const auto& row = wire::row_of(kind);
    mqtt::Publication publication;
    publication.topic = wire::topic_name(options_.identity.device, kind);
    publication.payload = std::move(payload);
    publication.qos = row.qos == 0 ? mqtt::Qos::at_most_once : mqtt::Qos::at_least_once;
    publication.retain = row.retained;
    publication.expiry = std::chrono::seconds{row.expiry_s};
    return publication;
}

// Each attempt to connect gets its own nonce, so that the Will of an old connection cannot speak for a new one.
mqtt::Publication SyncClient::will() {
    nonce_ = core::random_id<core::Nonce>();
    const wire::DeviceState state{false, nonce_, options_.session.boot, unacked_};
    return publication(wire::TopicKind::state, wire::encode(state));
}

void SyncClient::connected() {
    std::vector<mqtt::Subscription> subscriptions;
    for (const auto& filter : wire::device_filters(options_.identity.device)) subscriptions.push_back({filter});
    const auto asked = client_->subscribe(std::move(subscriptions),
                                          [this](const mqtt::SubscribeResult& result) { subscribed(result); });
    if (!asked) client_->force_reconnect(asked.error().message);
}

void SyncClient::subscribed(const mqtt::SubscribeResult& result) {
    if (!result.ok) {
        if (client_->connected()) client_->force_reconnect("the broker did not grant the down topics");
        return;
    }
    runtime::log_info("connected to the broker");
    const auto greet = [this, nonce = nonce_] { session_.connected(nonce); };
    if (!on_storage(greet)) client_->force_reconnect("the storage thread is too busy");
}

void SyncClient::disconnected(const mqtt::Disconnection& why) {
    runtime::log_info("connection to the broker ended", {{"why", why.text}, {"code", mqtt::hex_of(why.reason_code)}});
    on_storage([this] { session_.disconnected(); });
}

void SyncClient::connect_failed(const mqtt::Disconnection& why) {
    runtime::log_warning("no connection to the broker", {{"why", why.text}, {"code", mqtt::hex_of(why.reason_code)}});
}

void SyncClient::message(const mqtt::Message& message) {
    if (!on_storage([this, payload = message.payload] { session_.message(payload); })) ++dropped_;
}

void SyncClient::tick() {
    if (tick_queued_.exchange(true)) return;
    const auto job = [this] {
        tick_queued_ = false;
        unacked_ = session_.state(true).unacked;
        session_.tick();
    };
    if (!on_storage(job)) tick_queued_ = false;
}

void SyncClient::publish(wire::TopicKind kind, core::Bytes payload, Done done) {
    auto shared = std::make_shared<mqtt::Publication>(publication(kind, std::move(payload)));
    on_loop([this, shared, done = std::move(done)] {
        const auto tell = [this, done](const mqtt::PublishResult& result) {
            if (done) on_storage([done, result] { done(result); });
        };
        const auto taken = client_->publish(std::move(*shared), tell);
        if (!taken) tell({});
    });
}

void SyncClient::force_reconnect(std::string_view why) {
    on_loop([this, reason = std::string(why)] { client_->force_reconnect(reason); });
}

void SyncClient::renew_client(std::string_view why) {
    on_loop([this, reason = std::string(why)] {
        if (stopping_) return;
        runtime::log_warning("a new connection is made", {{"why", reason}});
        client_.reset();  // tells nobody: so the session is told here
        on_storage([this] { session_.disconnected(); });
        client_ = make_client();
        client_->start();
    });
}

void SyncClient::stop(std::function<void()> stopped) {
    stopping_ = true;
    timer_.cancel();
    const bool asked = online() && on_storage([this, stopped] {
                           auto state = wire::encode(session_.state(false));
                           on_loop([this, state = std::move(state), stopped] { say_goodbye(state, stopped); });
                       });
    if (!asked) end(stopped);
}

// The last word is retained by the broker in place of the Will, which an orderly end never sends.
void SyncClient::say_goodbye(core::Bytes state, std::function<void()> stopped) {
    auto once = std::make_shared<bool>(false);
    const auto finish = [this, once, stopped] {
        if (*once) return;
        *once = true;
        end(stopped);
    };
    goodbye_timer_ = loop_.after(options_.goodbye, finish);
    const auto taken = client_->publish(publication(wire::TopicKind::state, std::move(state)),
                                        [finish](const mqtt::PublishResult&) { finish(); });
    if (!taken) finish();
}

void SyncClient::end(const std::function<void()>& stopped) {
    client_->stop([this, stopped] {
        on_storage([this] { session_.disconnected(); });
        stopped();
    });
}

bool SyncClient::on_storage(std::function<void()> job) {
    const auto guarded = [this, job = std::move(job)] {
        try {
            job();
        } catch (const std::exception& broken) {
            // Memory and database may disagree now: the next hello settles it.
            runtime::log_error("sync session failed", {{"error", broken.what()}});
            force_reconnect("the session failed");
        }
    };
    return storage_.submit(guarded).ok();
}

void SyncClient::on_loop(std::function<void()> job) {
    loop_.post([alive = std::weak_ptr(alive_), job = std::move(job)] {
        if (!alive.expired()) job();
    });
}

}  // namespace plus7::agent::sync
