#include "central/store/chat_view.hpp"

#include "shared/wire/chat_row.hpp"

namespace plus7::central::store {

wire::RowKey chat_key(const std::string& message) { return {wire::RowKind::chat, row_id(message)}; }

ViewBody chat_row(const ChatMessageRow& message) {
    wire::ChatRow row;
    row.number = static_cast<std::uint64_t>(message.number);
    row.from = message.from_courier ? wire::ChatFrom::courier : wire::ChatFrom::dispatcher;
    if (!message.from_courier) row.name = message.staff_name.value_or("");
    row.text = message.text;
    row.at = std::chrono::floor<std::chrono::milliseconds>(message.at);
    if (message.order) row.order = model::OrderId{row_id(*message.order).value};
    row.read = message.read.has_value();
    return {chat_key(message.id), wire::encode(row)};
}

}  // namespace plus7::central::store
