#include "central/store/chat_store.hpp"

namespace plus7::central::store {
namespace {

constexpr const char* select_message =
    "SELECT m.message_id, m.courier_id, m.number, m.from_kind, m.staff_id, s.name AS staff_name, m.order_id, "
    "o.number AS order_number, m.text, m.text_state, m.blob, m.at_us, m.received_us, m.reached_us, m.read_us "
    "FROM chat_message m LEFT JOIN staff s ON s.staff_id = m.staff_id "
    "LEFT JOIN customer_order o ON o.order_id = m.order_id ";

ChatText text_state_of(const std::string& name) {
    if (name == "coming") return ChatText::coming;
    return name == "lost" ? ChatText::lost : ChatText::here;
}

ChatMessageRow message_of(const sql::Row& row) {
    ChatMessageRow message;
    message.id = row.get<std::string>("message_id");
    message.courier = row.get<std::string>("courier_id");
    message.number = row.get<std::int64_t>("number");
    message.from_courier = row.get<std::string>("from_kind") == "courier";
    message.staff = row.get<std::optional<std::string>>("staff_id");
    message.staff_name = row.get<std::optional<std::string>>("staff_name");
    message.order = row.get<std::optional<std::string>>("order_id");
    message.order_number = row.get<std::optional<std::string>>("order_number");
    message.text = row.get<std::optional<std::string>>("text");
    message.text_state = text_state_of(row.get<std::string>("text_state"));
    message.blob = row.get<std::optional<core::Hash>>("blob");
    message.at = row.get<core::TimeUs>("at_us");
    message.received = row.get<core::TimeUs>("received_us");
    message.reached = row.get<std::optional<core::TimeUs>>("reached_us");
    message.read = row.get<std::optional<core::TimeUs>>("read_us");
    return message;
}

std::vector<ChatMessageRow> messages_of(const std::vector<sql::Row>& rows) {
    std::vector<ChatMessageRow> messages;
    for (const auto& row : rows) messages.push_back(message_of(row));
    return messages;
}

const char* kind_of(bool from_courier) { return from_courier ? "courier" : "staff"; }

}  // namespace

std::string_view name_of(ChatText state) {
    switch (state) {
        case ChatText::coming:
            return "coming";
        case ChatText::lost:
            return "lost";
        case ChatText::here:
            break;
    }
    return "here";
}

bool insert_chat_message(sql::Tx& tx, ChatMessageRow& m) {
    m.number = tx.one("SELECT COALESCE(MAX(number), 0) + 1 FROM chat_message WHERE courier_id = $1", m.courier)
                   ->get<std::int64_t>(0);
    return tx.exec(
               "INSERT INTO chat_message (message_id, courier_id, number, from_kind, staff_id, order_id, text, "
               "text_state, blob, at_us, received_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
               "ON CONFLICT (message_id) DO NOTHING",
               m.id, m.courier, m.number, kind_of(m.from_courier), m.staff, m.order, m.text, name_of(m.text_state),
               m.blob, m.at, m.received) == 1;
}

std::optional<ChatMessageRow> find_chat_message(sql::Tx& tx, const std::string& id) {
    const auto row = tx.one(std::string(select_message) + "WHERE m.message_id = $1", id);
    if (!row) return std::nullopt;
    return message_of(*row);
}

std::vector<ChatMessageRow> chat_messages(sql::Tx& tx, const std::string& courier,
                                          const std::optional<std::pair<core::TimeUs, std::int64_t>>& before,
                                          int limit) {
    const std::string order = "ORDER BY m.at_us DESC, m.number DESC LIMIT ";
    if (!before)
        return messages_of(
            tx.query(std::string(select_message) + "WHERE m.courier_id = $1 " + order + "$2", courier, limit));
    return messages_of(tx.query(std::string(select_message) +
                                    "WHERE m.courier_id = $1 AND (m.at_us < $2 OR (m.at_us = $2 AND m.number < $3)) " +
                                    order + "$4",
                                courier, before->first, before->second, limit));
}

std::vector<ChatMessageRow> chat_messages_of_blob(sql::Tx& tx, const core::Hash& blob) {
    return messages_of(tx.query(std::string(select_message) + "WHERE m.blob = $1 ORDER BY m.message_id", blob));
}

std::vector<std::string> chat_messages_on_the_way(sql::Tx& tx, const std::string& courier) {
    std::vector<std::string> ids;
    for (const auto& row : tx.query("SELECT message_id FROM chat_message WHERE courier_id = $1 AND from_kind = 'staff' "
                                    "AND read_us IS NULL AND reached_us IS NULL ORDER BY number",
                                    courier))
        ids.push_back(row.get<std::string>(0));
    return ids;
}

void set_chat_text(sql::Tx& tx, const std::string& id, const std::optional<std::string>& text, ChatText state) {
    tx.exec("UPDATE chat_message SET text = $2, text_state = $3 WHERE message_id = $1", id, text, name_of(state));
}

void set_chat_reached(sql::Tx& tx, const std::string& id, core::TimeUs at) {
    tx.exec("UPDATE chat_message SET reached_us = $2 WHERE message_id = $1", id, at);
}

std::int64_t set_chat_read(sql::Tx& tx, const std::string& courier, bool from_courier, std::int64_t upto,
                           core::TimeUs at) {
    return tx.exec(
        "UPDATE chat_message SET read_us = $4, reached_us = COALESCE(reached_us, $4) WHERE courier_id = $1 AND "
        "from_kind = $2 AND number <= $3 AND read_us IS NULL AND text_state <> 'coming'",
        courier, kind_of(from_courier), upto, at);
}

std::int64_t unread_chat_messages(sql::Tx& tx, const std::string& courier) {
    return tx
        .one(
            "SELECT COUNT(*) FROM chat_message WHERE courier_id = $1 AND from_kind = 'courier' AND read_us IS NULL "
            "AND text_state <> 'coming'",
            courier)
        ->get<std::int64_t>(0);
}

std::vector<ChatSummary> chats(sql::Tx& tx, int limit) {
    std::vector<ChatSummary> all;
    for (const auto& row : tx.query(
             "SELECT c.courier_id, c.name, c.code, t.unread, t.last FROM courier c JOIN (SELECT courier_id, "
             "SUM(CASE WHEN from_kind = 'courier' AND read_us IS NULL AND text_state <> 'coming' THEN 1 ELSE 0 END) "
             "AS unread, MAX(number) AS last FROM chat_message GROUP BY courier_id) t ON t.courier_id = c.courier_id "
             "JOIN chat_message l ON l.courier_id = t.courier_id AND l.number = t.last "
             "ORDER BY CASE WHEN t.unread > 0 THEN 0 ELSE 1 END, l.received_us DESC, c.courier_id LIMIT $1",
             limit)) {
        ChatSummary chat;
        chat.courier = row.get<std::string>("courier_id");
        chat.name = row.get<std::string>("name");
        chat.code = row.get<std::string>("code");
        chat.unread = row.get<std::int64_t>("unread");
        const auto last = tx.one(std::string(select_message) + "WHERE m.courier_id = $1 AND m.number = $2",
                                 chat.courier, row.get<std::int64_t>("last"));
        chat.last = message_of(*last);
        all.push_back(std::move(chat));
    }
    return all;
}

}  // namespace plus7::central::store
