// The view row of kind `chat`: one message between the dispatchers and the courier who carries the device, under the
// message's id. His own ones are among them, so that a new handheld has the talk. Any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/model/ids.hpp"
#include "shared/wire/view_rows.hpp"

namespace plus7::wire {

constexpr std::size_t max_chat_characters = 2000;
constexpr std::size_t max_chat_bytes = 4 * max_chat_characters;

// What a message may be: 1 – 2000 characters of UTF-8 without U+0000, not only blanks.
bool is_chat_text(std::string_view text);

enum class ChatFrom : std::uint8_t {  // the numbers are on the wire
    unknown = 0,                      // also whoever a later version names
    dispatcher = 1,
    courier = 2,
};

struct ChatRow {
    std::uint64_t number = 1;  // as central took them, per courier: what was read goes up to a number
    ChatFrom from = ChatFrom::dispatcher;
    std::string name{};               // of the dispatcher, as the courier sees it; may be empty
    std::optional<std::string> text;  // none: the courier's own, of which the text has not come to central
    core::TimeMs at{};                // when it was written
    std::optional<model::OrderId> order{};
    bool read = false;  // by the other side
    bool operator==(const ChatRow&) const = default;
};

core::Bytes encode(const ChatRow& row);  // throws std::invalid_argument on a broken rule
core::Result<ChatRow> decode_chat_row(core::ByteView body);

}  // namespace plus7::wire
