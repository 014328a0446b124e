// What a handheld is told of the talk with its courier, as rows of its view. SQL-free; beside the stores because only
// they know the wire's bytes.
#pragma once
#include "central/store/chat_store.hpp"
#include "central/store/task_view.hpp"

namespace plus7::central::store {

wire::RowKey chat_key(const std::string& message);
ViewBody chat_row(const ChatMessageRow& message);

}  // namespace plus7::central::store
