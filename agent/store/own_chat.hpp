// A message that the courier wrote here, kept as a note beside its fact until central's view shows it. The text is
// personal: the lock wipes these notes with the view (the fact and its blob go to central all the same). Pure codec.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/model/ids.hpp"

namespace plus7::agent::store {

struct OwnMessage {
    core::EventId event;
    model::CourierId courier;  // who wrote it: nobody else is shown it here
    std::string text;
    core::Hash blob;  // that central has to have before others can read the text
    core::TimeMs at{};
    std::optional<model::OrderId> order;
    bool operator==(const OwnMessage&) const = default;
};

constexpr std::string_view chat_prefix = "chat:";           // of every note of the talk
constexpr std::string_view own_message_prefix = "chat:m:";  // by event, so in the order in which they were written
constexpr std::string_view chat_read_note = "chat:read";    // id of the newest message of the dispatchers that was read
std::string own_message_note(const core::EventId& event);
core::Bytes encode(const OwnMessage& message);
std::optional<OwnMessage> own_message_from(core::ByteView note);  // none for what cannot be read

}  // namespace plus7::agent::store
