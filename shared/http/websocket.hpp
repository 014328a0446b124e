// One websocket of a viewer: a handle that any thread may copy, keep and send by; its callbacks run on the loop thread.
// Owned by the server's connection; a handle that outlives it only answers "closed".
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace plus7::http {

class WebSocketQueue;

// Close codes of RFC 6455 §7.4.1, and ours.
namespace close_code {
constexpr std::uint16_t normal = 1000;
constexpr std::uint16_t going_away = 1001;
constexpr std::uint16_t policy = 1008;
constexpr std::uint16_t too_big = 1009;
constexpr std::uint16_t internal = 1011;
constexpr std::uint16_t try_again_later = 1013;  // the viewer reads too slowly
constexpr std::uint16_t session_expired = 4401;  // sign in again
}  // namespace close_code

class WebSocket {
  public:
    using Payload = std::shared_ptr<const std::string>;  // shared, so that a fan-out to many viewers copies nothing

    // False, and nothing is queued, when the socket is closed or its queue is over the limit; in the latter case it is
    // also closed with 1013. Whoever coalesces (one pending frame per viewer) asks ready_to_send() first, or waits for
    // on_drained.
    bool send_text(Payload utf8) const;
    bool send_text(std::string utf8) const;
    bool send_binary(Payload data) const;

    bool ready_to_send() const;  // nothing is waiting: a frame given now leaves at once
    std::size_t queued_bytes() const;
    bool is_open() const;
    void close(std::uint16_t code, std::string_view reason = {}) const;  // reason ≤ 123 bytes, cut if longer
    bool operator==(const WebSocket&) const = default;

    explicit WebSocket(std::shared_ptr<WebSocketQueue> queue) : queue_(std::move(queue)) {}

  private:
    std::shared_ptr<WebSocketQueue> queue_;
};

// All on the loop thread, one at a time. An exception closes that socket with 1011 and is reported to the server's
// events.
struct WebSocketHandlers {
    std::function<void(const WebSocket&)> on_open{};
    std::function<void(const WebSocket&, std::string_view message, bool is_text)> on_message{};
    std::function<void(const WebSocket&)> on_drained{};  // the queue has just become empty
    std::function<void(const WebSocket&, std::uint16_t code)>
        on_close{};  // once, after on_open{}; 1006: the line broke
};

struct WebSocketLimits {
    std::size_t queue_bytes = 1 << 20;
    std::size_t queue_frames = 64;
    std::size_t message_bytes = 64 * 1024;            // of an incoming message, inflated
    std::chrono::milliseconds ping_every{20'000};     // silence after which a ping is sent; twice that silent: cut
    std::chrono::milliseconds write_timeout{20'000};  // a frame that the viewer does not take for so long: cut
    std::size_t deflate_from =
        512;  // bytes; shorter frames are sent as they are; SIZE_MAX: nothing is ever packed, either way
};

}  // namespace plus7::http
