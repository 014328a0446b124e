#include "agent/store/told_chat.hpp"

#include "shared/wire/chat_row.hpp"

namespace plus7::agent::store {

std::vector<ToldMessage> told_messages(const ViewStore& view) {
    std::vector<ToldMessage> all;
    for (const auto& row : view.rows(wire::RowKind::chat)) {
        auto read = wire::decode_chat_row(row.body);
        if (!read) continue;
        all.push_back({core::EventId{row.key.id.value}, read->number, read->from == wire::ChatFrom::courier,
                       std::move(read->name), std::move(read->text), read->at, read->order, read->read});
    }
    return all;
}

bool is_message(std::string_view text) { return wire::is_chat_text(text); }

}  // namespace plus7::agent::store
