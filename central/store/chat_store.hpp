// Messages between dispatchers and couriers (0015_chat.sql). SQL only; the rules are in app/chat. Within a transaction.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

enum class ChatText { coming, here, lost };
std::string_view name_of(ChatText state);

struct ChatMessageRow {
    std::string id;  // UUID text
    std::string courier;
    std::int64_t number = 0;  // given by insert_chat_message
    bool from_courier = false;
    std::optional<std::string> staff, staff_name;    // the name is read, never written
    std::optional<std::string> order, order_number;  // as well
    std::optional<std::string> text;
    ChatText text_state = ChatText::here;
    std::optional<core::Hash> blob;
    core::TimeUs at{}, received{};
    std::optional<core::TimeUs> reached, read;
};

struct ChatSummary {
    std::string courier, name, code;
    std::int64_t unread = 0;  // by the office; those with their text
    ChatMessageRow last;
};

// The caller holds the courier's row: the number is the next one. False: the message stands there already.
bool insert_chat_message(sql::Tx& tx, ChatMessageRow& message);
std::optional<ChatMessageRow> find_chat_message(sql::Tx& tx, const std::string& id);
// Newest first, by the time they were written. `before`: time and number of the last one of the page before.
std::vector<ChatMessageRow> chat_messages(sql::Tx& tx, const std::string& courier,
                                          const std::optional<std::pair<core::TimeUs, std::int64_t>>& before,
                                          int limit);
std::vector<ChatMessageRow> chat_messages_of_blob(sql::Tx& tx, const core::Hash& blob);
// Of the office, and not known to be on a handheld.
std::vector<std::string> chat_messages_on_the_way(sql::Tx& tx, const std::string& courier);

void set_chat_text(sql::Tx& tx, const std::string& id, const std::optional<std::string>& text, ChatText state);
void set_chat_reached(sql::Tx& tx, const std::string& id, core::TimeUs at);
// Of one side, up to that number, of which the text is there: how many were not read before.
std::int64_t set_chat_read(sql::Tx& tx, const std::string& courier, bool from_courier, std::int64_t upto,
                           core::TimeUs at);

std::int64_t unread_chat_messages(sql::Tx& tx, const std::string& courier);  // by the office, as in ChatSummary
// Couriers with whom there is a talk, those with something unread first, then by their last message.
std::vector<ChatSummary> chats(sql::Tx& tx, int limit);

}  // namespace plus7::central::store
