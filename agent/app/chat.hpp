// The courier's talk with the dispatchers, without a network too: what he writes is saved here first, and shown over
// what central's view tells until the view has it. Storage thread; owned by the agent.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/app/logbook.hpp"
#include "agent/app/shift.hpp"
#include "agent/store/blob_store.hpp"
#include "agent/store/own_chat.hpp"
#include "agent/store/view_store.hpp"

namespace plus7::agent::app {

enum class MessageState : std::uint8_t {
    received,  // from a dispatcher
    waiting,   // own: central does not have it, or not its text
    sent,
    read,
};

struct Message {
    core::EventId id;
    std::uint64_t number = 0;  // central's; 0: central does not have it
    bool is_own = false;
    std::string name;  // of the dispatcher
    std::string text;  // empty: it is still on its way
    core::TimeMs at{};
    std::optional<model::OrderId> order;
    MessageState state = MessageState::received;
    bool is_new = false;  // from a dispatcher, and the courier has not seen it
};

class Chat {
  public:
    static constexpr std::string_view no_text = "a message has 1 to 2000 characters";
    static constexpr std::chrono::hours remember{7 * 24};  // own ones that never came back in the view

    Chat(store::Stores& stores, Logbook& logbook, Stamps& stamps, const Shift& shift)
        : view_(stores.view()),
          outbox_(stores.outbox()),
          blobs_(stores.blobs()),
          logbook_(logbook),
          stamps_(stamps),
          shift_(shift) {}

    // The id of the message, durable when it returns. invalid: no_text; conflict: no shift; full, unavailable.
    core::Result<core::EventId> send(std::string_view text, const std::optional<model::OrderId>& order);
    // All that the dispatchers wrote has been seen. States nothing when nothing was new. conflict: no shift; full,
    // unavailable.
    core::Status read();
    // In the order in which they were written.
    std::vector<Message> messages() const;
    // Notes that the view has made needless are dropped; after each change of the view, and now and then.
    core::Status tidy();

  private:
    std::vector<Message> told() const;
    std::vector<store::OwnMessage> own() const;
    core::TimeMs own_moment() const;  // now, or so much later that no two own messages have one: they stay in order
    MessageState state_of(const store::OwnMessage& message) const;

    store::ViewStore& view_;
    store::Outbox& outbox_;
    store::BlobStore& blobs_;
    Logbook& logbook_;
    Stamps& stamps_;
    const Shift& shift_;
};

}  // namespace plus7::agent::app
