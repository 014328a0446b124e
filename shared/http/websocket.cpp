#include "shared/http/websocket.hpp"

#include "shared/http/websocket_queue.hpp"

namespace plus7::http {

bool WebSocket::send_text(Payload utf8) const { return queue_->push(std::move(utf8), true); }
bool WebSocket::send_text(std::string utf8) const {
    return queue_->push(std::make_shared<const std::string>(std::move(utf8)), true);
}
bool WebSocket::send_binary(Payload data) const { return queue_->push(std::move(data), false); }
bool WebSocket::ready_to_send() const { return queue_->is_open() && queue_->is_empty(); }
std::size_t WebSocket::queued_bytes() const { return queue_->bytes(); }
bool WebSocket::is_open() const { return queue_->is_open(); }
void WebSocket::close(std::uint16_t code, std::string_view reason) const { queue_->close(code, reason); }

bool WebSocketQueue::push(WebSocket::Payload payload, bool is_text) {
    bool wake = false, taken = false;
    {
        const std::lock_guard guard(lock_);
        if (state_ != State::open) return false;
        const auto size = payload->size();
        // The first frame is always taken: a limit below the size of one snapshot would close every viewer at once.
        const bool full =
            !frames_.empty() && (bytes_ + size > limits_.queue_bytes || frames_.size() >= limits_.queue_frames);
        if (full) {
            start_close(close_code::try_again_later, "reading too slowly");
        } else {
            bytes_ += size;
            frames_.push_back({std::move(payload), is_text});
            taken = true;
        }
        if (!busy_ && !woken_) wake = woken_ = true;
    }
    if (wake) wake_();
    return taken;
}

void WebSocketQueue::close(std::uint16_t code, std::string_view reason) {
    bool wake = false;
    {
        const std::lock_guard guard(lock_);
        if (state_ != State::open) return;
        start_close(code, reason);
        if (!busy_ && !woken_) wake = woken_ = true;
    }
    if (wake) wake_();
}

void WebSocketQueue::start_close(std::uint16_t code, std::string_view reason) {
    state_ = State::closing;
    code_ = code;
    reason_ = reason.substr(0, 123);  // RFC 6455 §5.5: control frames hold 125 bytes, two are the code
    if (code == close_code::try_again_later || code == close_code::internal) {
        frames_.erase(frames_.begin() + (busy_ ? 1 : 0), frames_.end());
        bytes_ = busy_ ? frames_.front().payload->size() : 0;
    }
}

WebSocketQueue::Step WebSocketQueue::next() {
    const std::lock_guard guard(lock_);
    woken_ = false;
    Step step;
    if (busy_ || state_ == State::shut) return step;
    if (!frames_.empty()) {
        busy_ = true;
        step.kind = Step::Kind::frame;
        step.payload = frames_.front().payload;
        step.is_text = frames_.front().is_text;
    } else if (state_ == State::closing && !close_given_) {
        close_given_ = true;
        step.kind = Step::Kind::close;
        step.code = code_;
        step.reason = reason_;
    }
    return step;
}

bool WebSocketQueue::done() {
    const std::lock_guard guard(lock_);
    busy_ = false;
    if (frames_.empty()) return true;
    bytes_ -= frames_.front().payload->size();
    frames_.pop_front();
    return frames_.empty() && state_ == State::open;
}

void WebSocketQueue::shut() {
    std::deque<Frame> dropped;  // freed without the lock
    const std::lock_guard guard(lock_);
    state_ = State::shut;
    dropped.swap(frames_);
    bytes_ = 0;
}

bool WebSocketQueue::is_open() const {
    const std::lock_guard guard(lock_);
    return state_ == State::open;
}

bool WebSocketQueue::is_empty() const {
    const std::lock_guard guard(lock_);
    return frames_.empty();
}

std::size_t WebSocketQueue::bytes() const {
    const std::lock_guard guard(lock_);
    return bytes_;
}

}  // namespace plus7::http
