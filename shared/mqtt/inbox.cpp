#include "shared/mqtt/inbox.hpp"

namespace plus7::mqtt {
namespace {

constexpr int events_per_turn = 64;  // then the loop's other handlers have their turn

std::size_t size_of(const Message& message) { return message.topic.size() + message.payload.size(); }

}  // namespace

Inbox::Inbox(runtime::Loop& loop, std::size_t max_messages, std::size_t max_bytes, std::function<void(Event)> read)
    : loop_(loop), max_messages_(max_messages), max_bytes_(max_bytes), read_(std::move(read)) {}

void Inbox::push(Event event) {
    const std::lock_guard guard(lock_);
    if (closed_) return;
    if (const auto* message = std::get_if<Message>(&event.what)) {
        const auto size = size_of(*message);
        if (messages_ >= max_messages_ || bytes_ + size > max_bytes_) {
            ++dropped_;
            return;
        }
        ++messages_;
        bytes_ += size;
    }
    queue_.push_back(std::move(event));
    if (!scheduled_) {
        scheduled_ = true;
        loop_.post([self = shared_from_this()] { self->deliver(); });
    }
}

void Inbox::deliver() {
    // Runs however this turn ends: an exception of a listener must not leave events lying.
    struct Next {
        Inbox& inbox;
        ~Next() {
            const std::lock_guard guard(inbox.lock_);
            inbox.scheduled_ = !inbox.queue_.empty() && !inbox.closed_;
            if (inbox.scheduled_) inbox.loop_.post([self = inbox.shared_from_this()] { self->deliver(); });
        }
    } next{*this};
    for (int i = 0; i < events_per_turn; ++i) {
        Event event;
        {
            const std::lock_guard guard(lock_);
            if (queue_.empty() || closed_) return;
            event = std::move(queue_.front());
            queue_.pop_front();
            if (const auto* message = std::get_if<Message>(&event.what)) {
                --messages_;
                bytes_ -= size_of(*message);
            }
        }
        read_(std::move(event));
    }
}

void Inbox::close() {
    const std::lock_guard guard(lock_);
    closed_ = true;
    queue_.clear();
}

}  // namespace plus7::mqtt
