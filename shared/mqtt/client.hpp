// Port: one MQTT 5 connection that comes back by itself and keeps nothing: no session at the broker, no queue while it
// is down (sync-protocol.md, "Client rules"). Real: PahoClient; the fleet and the simulation have their own.
// Every call is made, and every callback comes, on the loop thread; no callback comes inside a call.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"
#include "shared/mqtt/reason.hpp"

namespace plus7::mqtt {

enum class Qos : std::uint8_t { at_most_once = 0, at_least_once = 1 };

struct Publication {
    std::string topic;
    core::Bytes payload;
    Qos qos = Qos::at_least_once;
    bool retain = false;
    std::chrono::seconds expiry{0};  // message expiry interval; 0 = none
};

struct Subscription {
    std::string filter;
    Qos qos = Qos::at_least_once;
};

struct Message {
    std::string topic;
    core::Bytes payload;
    Qos qos = Qos::at_most_once;
    bool retain = false;
};

// QoS 1: the broker's PUBACK; QoS 0: handed to the socket. Not ok with reason code 0: the connection ended before.
// A PUBACK means pacing only, never "durable". Paho C 1.3.12 gives 0 for every success: 0x10 (no subscriber) is ok and
// looks like any other.
struct PublishResult {
    bool ok = false;
    ReasonCode reason_code = reason::success;
};

struct SubscribeResult {
    bool ok = false;                       // every filter was granted
    std::vector<ReasonCode> reason_codes;  // one per filter, in order; empty when the connection ended before
};

// Why there is no connection: the broker's reason code, or 0 and a text (network, TLS, timeout, own wish).
struct Disconnection {
    std::string text;
    ReasonCode reason_code = reason::success;
};

class ClientListener {
  public:
    virtual ~ClientListener() = default;
    // A new session without subscriptions: subscribe now, every time.
    virtual void connected() = 0;
    // After every connected() exactly once, when that session has ended. All pending results were told before.
    virtual void disconnected(const Disconnection& why) = 0;
    // An attempt came to nothing; the next one follows by itself.
    virtual void connect_failed(const Disconnection& why) = 0;
    virtual void message(const Message& message) = 0;
};

class Client {
  public:
    using PublishDone = std::function<void(PublishResult)>;
    using SubscribeDone = std::function<void(const SubscribeResult&)>;

    virtual ~Client() = default;

    virtual void start() = 0;
    // Says goodbye to the broker (no Will) and stays away; then `stopped`, once. Pending results end as not ok.
    virtual void stop(std::function<void()> stopped) = 0;
    virtual bool connected() const = 0;

    // `unavailable` when not connected (nothing is ever queued for later), `limit` when too large or when too much is
    // under way, `invalid` for a bad topic; then `done` is not called. Otherwise `done` is called exactly once, except
    // when the client is destroyed before.
    virtual core::Status publish(Publication publication, PublishDone done) = 0;
    virtual core::Status subscribe(std::vector<Subscription> subscriptions, SubscribeDone done) = 0;

    // Ends the session that the caller no longer trusts (no PUBACK for too long) and starts a new one after a backoff.
    virtual void force_reconnect(std::string_view why) = 0;
};

}  // namespace plus7::mqtt
