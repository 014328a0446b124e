// Client over Eclipse Paho C++ 1.2: its own reconnecting, a fresh Paho object per attempt, one thread that calls Paho.
// Owned by a composition root; loop thread. Not destroyed inside one of its own callbacks; the loop outlives it.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "shared/mqtt/client.hpp"
#include "shared/mqtt/client_options.hpp"
#include "shared/mqtt/connector.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::mqtt {

class Inbox;
class PahoThread;
struct Event;
struct SessionOpened;
struct SessionEnded;
struct SessionClosed;
struct Published;
struct Subscribed;

struct ClientCounters {
    std::uint64_t sessions = 0;          // connected
    std::uint64_t failed_attempts = 0;   // not connected
    std::uint64_t taken_over = 0;        // sessions ended by 0x8E: a clone may be about
    std::uint64_t messages = 0;          // delivered to the listener
    std::uint64_t dropped_messages = 0;  // queue full, or of a session that was over
    std::uint64_t published = 0;         // finished ok
    std::uint64_t failed_publishes = 0;  // refused by the broker, or cut off
};

class PahoClient final : public Client {
  public:
    PahoClient(runtime::Loop& loop, ClientOptions options, ClientListener& listener);
    ~PahoClient() override;

    void start() override;
    void stop(std::function<void()> stopped) override;
    bool connected() const override;
    core::Status publish(Publication publication, PublishDone done) override;
    core::Status subscribe(std::vector<Subscription> subscriptions, SubscribeDone done) override;
    void force_reconnect(std::string_view why) override;

    ClientCounters counters() const;

  private:
    struct PendingPublish {
        std::size_t bytes = 0;
        PublishDone done;
    };

    void open(std::uint64_t session);
    void attempt_timed_out(std::uint64_t session);
    void read(Event event);
    void on(std::uint64_t session, const SessionOpened& opened);
    void on(std::uint64_t session, const SessionEnded& ended);
    void on(std::uint64_t session, const SessionClosed& closed);
    void on(std::uint64_t session, const Published& published);
    void on(std::uint64_t session, const Subscribed& subscribed);
    void on(std::uint64_t session, const Message& message);
    void tell_stopped();
    void send_waiting();
    void fail_pending();
    core::Status check(const Publication& publication) const;

    runtime::Loop& loop_;
    const ClientOptions options_;
    ClientListener& listener_;
    ClientCounters counters_;
    std::uint32_t max_packet_ = 0;  // of the current session
    std::uint64_t next_id_ = 1;
    std::map<std::uint64_t, PendingPublish> publishes_;
    std::size_t pending_bytes_ = 0;
    // Not yet given to Paho, which gets no more than may be in flight: what Paho C 1.3.12 holds queued when its client
    // is destroyed is leaked (its destroy clears the pointers of publish commands first).
    std::deque<std::pair<std::uint64_t, Publication>> waiting_;
    std::size_t handed_ = 0;
    std::map<std::uint64_t, SubscribeDone> subscribes_;
    std::uint64_t stop_ticket_ = 0;
    std::vector<std::function<void()>> stopped_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // for what is posted to the loop
    Connector connector_;
    std::shared_ptr<Inbox> inbox_;
    std::unique_ptr<PahoThread> paho_;
};

}  // namespace plus7::mqtt
