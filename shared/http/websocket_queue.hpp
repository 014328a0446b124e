// What waits to be sent on one websocket. Filled by any thread, emptied by the connection on the loop thread; holds no
// Asio object, so the last handle may die on any thread.
#pragma once
#include <deque>
#include <mutex>

#include "shared/http/websocket.hpp"

namespace plus7::http {

class WebSocketQueue {
  public:
    // `wake` is called from any thread, without a lock held, when there is something to do; at most once until next()
    // is.
    WebSocketQueue(const WebSocketLimits& limits, std::function<void()> wake)
        : limits_(limits), wake_(std::move(wake)) {}

    bool push(WebSocket::Payload payload, bool is_text);
    void close(std::uint16_t code, std::string_view reason);
    bool is_open() const;
    bool is_empty() const;
    std::size_t bytes() const;

    // For the connection: what to do now. A frame stays counted until done(); `close` is given once.
    struct Step {
        enum class Kind { nothing, frame, close } kind = Kind::nothing;
        WebSocket::Payload payload;
        bool is_text = false;
        std::uint16_t code = 0;
        std::string reason;
    };
    Step next();
    bool done();  // the frame is written; true when nothing waits any more
    void shut();  // the line is gone: everything is dropped, nothing is taken any more

  private:
    struct Frame {
        WebSocket::Payload payload;
        bool is_text;
    };
    enum class State { open, closing, shut };

    const WebSocketLimits limits_;
    const std::function<void()> wake_;
    mutable std::mutex lock_;
    std::deque<Frame> frames_;  // the first one is being written while busy_
    std::size_t bytes_ = 0;
    State state_ = State::open;
    bool busy_ = false;
    bool woken_ = false;
    bool close_given_ = false;
    std::uint16_t code_ = 0;
    std::string reason_;

    void start_close(std::uint16_t code, std::string_view reason);  // with the lock held
};

}  // namespace plus7::http
