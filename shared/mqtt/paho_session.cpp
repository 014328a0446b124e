#include "shared/mqtt/paho_session.hpp"

#include <mqtt/async_client.h>
#include <netdb.h>

#include <chrono>
#include <cstring>
#include <mutex>

#include "shared/runtime/log.hpp"

namespace plus7::mqtt {
namespace {

constexpr std::chrono::seconds goodbye_limit{1};

std::string uri_of(const ClientOptions& options) {
    const bool is_ipv6 = options.host.find(':') != std::string::npos;
    return (options.tls ? "ssl://" : "tcp://") + (is_ipv6 ? "[" + options.host + "]" : options.host) + ":" +
           std::to_string(options.port);
}

// Paho resolves names while it holds its global lock, which stops every client of the process (paho.mqtt.c#1221).
// Asking first, on our own thread, means that Paho is only started when the resolver answers.
std::optional<std::string> resolve_error(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int result = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
    if (result == 0) {
        ::freeaddrinfo(found);
        return std::nullopt;
    }
    return "cannot resolve " + host + ": " + ::gai_strerror(result);
}

::mqtt::message_ptr to_paho(const Publication& publication) {
    ::mqtt::properties properties;
    if (publication.expiry.count() > 0) {
        properties.add(
            {::mqtt::property::MESSAGE_EXPIRY_INTERVAL, static_cast<std::int32_t>(publication.expiry.count())});
    }
    return ::mqtt::message::create(publication.topic, publication.payload.data(), publication.payload.size(),
                                   static_cast<int>(publication.qos), publication.retain, properties);
}

Message from_paho(const ::mqtt::message& message) {
    const auto text = core::view_of(message.get_payload_str());
    return {message.get_topic(), core::copy_of(text), message.get_qos() == 0 ? Qos::at_most_once : Qos::at_least_once,
            message.is_retained()};
}

// A refusal of the broker is found in either place: CONNACK as return code, PUBACK as reason code (facts/stack.md).
ReasonCode code_of(int return_code, int reason_code) {
    if (reason_code >= 0x80 && reason_code <= 0xff) return static_cast<ReasonCode>(reason_code);
    if (return_code >= 0x80 && return_code <= 0xff) return static_cast<ReasonCode>(return_code);
    return reason::success;
}

Disconnection why(int return_code, int reason_code, const std::string& what) {
    const auto code = code_of(return_code, reason_code);
    if (code != reason::success) return {what + ": " + ::mqtt::exception::reason_code_str(code), code};
    const auto text = ::mqtt::exception::error_str(return_code);
    return {what + (text.empty() ? "" : ": " + text), code};
}

void* context_of(std::uint64_t id) { return reinterpret_cast<void*>(static_cast<std::uintptr_t>(id)); }
std::uint64_t id_of(const ::mqtt::token& token) { return reinterpret_cast<std::uintptr_t>(token.get_user_context()); }

struct Report {
    std::uint64_t session;
    std::shared_ptr<Inbox> inbox;
    template <typename What>
    void operator()(What what) const {
        inbox->push(Event{session, std::move(what)});
    }
};

struct ConnectAction final : ::mqtt::iaction_listener {
    Report report;
    explicit ConnectAction(Report to) : report(std::move(to)) {}
    void on_success(const ::mqtt::token& token) override {
        SessionOpened opened;
        const auto response = token.get_connect_response();
        const auto& properties = response.get_properties();
        if (properties.contains(::mqtt::property::MAXIMUM_PACKET_SIZE)) {
            opened.max_packet = ::mqtt::get<std::uint32_t>(properties, ::mqtt::property::MAXIMUM_PACKET_SIZE);
        }
        report(opened);
    }
    void on_failure(const ::mqtt::token& token) override {
        report(SessionEnded{why(token.get_return_code(), token.get_reason_code(), "connect failed")});
    }
};

struct PublishAction final : ::mqtt::iaction_listener {
    Report report;
    explicit PublishAction(Report to) : report(std::move(to)) {}
    void on_success(const ::mqtt::token& token) override {
        const auto code = static_cast<ReasonCode>(token.get_reason_code() & 0xff);
        report(Published{id_of(token), {!is_failure(code), code}});
    }
    void on_failure(const ::mqtt::token& token) override {
        report(Published{id_of(token), {false, code_of(token.get_return_code(), token.get_reason_code())}});
    }
};

struct SubscribeAction final : ::mqtt::iaction_listener {
    Report report;
    explicit SubscribeAction(Report to) : report(std::move(to)) {}
    void on_success(const ::mqtt::token& token) override {
        SubscribeResult result{true, {}};
        const auto response = token.get_subscribe_response();
        for (const auto code : response.get_reason_codes()) {
            result.reason_codes.push_back(static_cast<ReasonCode>(code & 0xff));
            if (is_failure(result.reason_codes.back())) result.ok = false;
        }
        report(Subscribed{id_of(token), std::move(result)});
    }
    void on_failure(const ::mqtt::token& token) override {
        const auto code = code_of(token.get_return_code(), token.get_reason_code());
        const auto topics = token.get_topics();
        SubscribeResult result;
        if (code != reason::success && topics) result.reason_codes.assign(topics->size(), code);
        report(Subscribed{id_of(token), std::move(result)});
    }
};

::mqtt::create_options create_options(const ClientOptions& options) {
    ::mqtt::create_options create(MQTTVERSION_5, static_cast<int>(options.max_pending));
    create.set_send_while_disconnected(false);
    create.set_restore_messages(false);
    return create;
}

::mqtt::connect_options connect_options(const ClientOptions& options, const std::optional<Publication>& will) {
    ::mqtt::connect_options connect;
    connect.set_mqtt_version(MQTTVERSION_5);
    connect.set_clean_start(true);
    connect.set_automatic_reconnect(false);
    connect.set_keep_alive_interval(options.keep_alive);
    const auto timeout = std::chrono::ceil<std::chrono::seconds>(options.timings.connect_timeout);
    connect.set_connect_timeout(timeout);
    connect.set_max_inflight(options.max_inflight);
    ::mqtt::properties properties;
    properties.add({::mqtt::property::SESSION_EXPIRY_INTERVAL, 0});
    properties.add({::mqtt::property::RECEIVE_MAXIMUM, static_cast<std::int32_t>(options.receive_maximum)});
    properties.add({::mqtt::property::MAXIMUM_PACKET_SIZE, static_cast<std::int32_t>(options.max_packet)});
    connect.set_properties(properties);
    if (!options.user.empty()) connect.set_user_name(options.user);
    if (!options.password.empty()) connect.set_password(options.password.reveal());
    if (will) connect.set_will_message(to_paho(*will));
    if (options.tls) {
        // No error handler: Paho C++ 1.2 keeps a pointer to a copy of these options that is gone by then.
        ::mqtt::ssl_options ssl;
        ssl.set_trust_store(options.tls->ca_file);
        if (!options.tls->cert_file.empty()) ssl.set_key_store(options.tls->cert_file);
        if (!options.tls->key_file.empty()) ssl.set_private_key(options.tls->key_file);
        ssl.set_enable_server_cert_auth(true);
        ssl.set_verify(true);  // the host name; off by default
        connect.set_ssl(ssl);
    }
    return connect;
}

}  // namespace

struct PahoSession::State {
    State(std::uint64_t session, const ClientOptions& given, std::optional<Publication> last_will,
          std::shared_ptr<Inbox> inbox)
        : number(session),
          options(given),
          will(std::move(last_will)),
          report{session, std::move(inbox)},
          client(uri_of(options), options.client_id, create_options(options), nullptr) {
        client.set_message_callback([to = report](::mqtt::const_message_ptr message) { to(from_paho(*message)); });
        client.set_connection_lost_handler([to = report](const std::string& cause) {
            to(SessionEnded{{cause.empty() ? "connection lost" : "connection lost: " + cause, reason::success}});
        });
        client.set_disconnected_handler([to = report](const ::mqtt::properties&, ::mqtt::ReasonCode code) {
            to(SessionEnded{why(0, static_cast<int>(code), "closed by the broker")});
        });
    }

    const std::uint64_t number;
    const ClientOptions& options;
    const std::optional<Publication> will;
    const Report report;
    // Before the client: it may still call them while it is destroyed.
    ConnectAction on_connect{report};
    PublishAction on_publish{report};
    SubscribeAction on_subscribe{report};
    ::mqtt::async_client client;
};

PahoSession::PahoSession(std::uint64_t number, const ClientOptions& options, std::optional<Publication> will,
                         std::shared_ptr<Inbox> inbox)
    : state_(std::make_unique<State>(number, options, std::move(will), std::move(inbox))) {}

PahoSession::~PahoSession() { disconnect(); }

std::uint64_t PahoSession::number() const { return state_->number; }

void PahoSession::connect() {
    if (const auto error = resolve_error(state_->options.host)) {
        state_->report(SessionEnded{{*error, reason::success}});
        return;
    }
    try {
        state_->client.connect(connect_options(state_->options, state_->will), nullptr, state_->on_connect);
    } catch (const ::mqtt::exception& error) {
        state_->report(SessionEnded{why(error.get_return_code(), error.get_reason_code(), "connect failed")});
    }
}

void PahoSession::publish(std::uint64_t id, const Publication& publication) {
    try {
        state_->client.publish(to_paho(publication), context_of(id), state_->on_publish);
    } catch (const ::mqtt::exception& error) {
        state_->report(Published{id, {false, code_of(error.get_return_code(), error.get_reason_code())}});
    }
}

void PahoSession::subscribe(std::uint64_t id, const std::vector<Subscription>& subscriptions) {
    std::vector<std::string> words;
    ::mqtt::iasync_client::qos_collection qos;
    for (const auto& subscription : subscriptions) {
        words.push_back(subscription.filter);
        qos.push_back(static_cast<int>(subscription.qos));
    }
    // In one go: push_back() of Paho C++ 1.2's collection keeps pointers into strings that it moves afterwards.
    const auto filters = ::mqtt::string_collection::create(words);
    try {
        // Without options: 1.2 loses their list on the way (paho.mqtt.cpp#524), and the defaults are what we want.
        state_->client.subscribe(filters, qos, context_of(id), state_->on_subscribe);
    } catch (const ::mqtt::exception&) {
        state_->report(Subscribed{id, {}});
    }
}

void PahoSession::disconnect() {
    if (!state_->client.is_connected()) return;
    try {
        state_->client.disconnect(0)->wait_for(goodbye_limit);
    } catch (const ::mqtt::exception& error) {
        runtime::log_debug("the broker got no goodbye", {{"error", error.what()}});
    }
}

}  // namespace plus7::mqtt
