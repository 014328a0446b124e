// Hands what Paho's threads report over to the loop thread. Messages are bounded in number and bytes (overflow: dropped
// and counted); everything else is bounded by what was asked for. Internal to shared/mqtt.
#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <variant>

#include "shared/mqtt/client.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::mqtt {

struct SessionOpened {
    std::uint32_t max_packet = 0;  // the broker's limit; 0 = it gave none
};
struct SessionEnded {  // refused, failed or lost
    Disconnection why;
};
struct SessionClosed {         // by our own wish: goodbye said, or given up saying it
    std::uint64_t ticket = 0;  // of the call that asked for it
};
struct Published {
    std::uint64_t id = 0;
    PublishResult result;
};
struct Subscribed {
    std::uint64_t id = 0;
    SubscribeResult result;
};

struct Event {
    std::uint64_t session = 0;
    std::variant<SessionOpened, SessionEnded, SessionClosed, Published, Subscribed, Message> what;
};

class Inbox : public std::enable_shared_from_this<Inbox> {
  public:
    // `read` gets every event in order, on the loop.
    Inbox(runtime::Loop& loop, std::size_t max_messages, std::size_t max_bytes, std::function<void(Event)> read);

    void push(Event event);  // any thread; never blocks for long
    void close();            // loop thread: `read` is not called and the loop not touched afterwards

    std::uint64_t dropped() const { return dropped_; }

  private:
    void deliver();

    runtime::Loop& loop_;
    const std::size_t max_messages_;
    const std::size_t max_bytes_;
    std::function<void(Event)> read_;
    std::atomic<std::uint64_t> dropped_{0};
    std::mutex lock_;
    std::deque<Event> queue_;
    std::size_t messages_ = 0;
    std::size_t bytes_ = 0;
    bool scheduled_ = false;
    bool closed_ = false;
};

}  // namespace plus7::mqtt
