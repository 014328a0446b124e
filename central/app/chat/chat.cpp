#include "central/app/chat/chat.hpp"

#include <algorithm>
#include <set>

#include "central/app/view/view.hpp"
#include "central/store/chat_view.hpp"
#include "central/store/courier_store.hpp"
#include "central/store/device_store.hpp"
#include "central/store/order_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::chat {
namespace {

using store::ChatMessageRow;
using store::ChatText;

std::vector<ChatMessageRow> shown_messages(core::Tx& tx, const std::string& courier, std::optional<core::TimeUs> now) {
    auto messages = store::chat_messages(tx, courier, {}, kept_messages);
    if (messages.empty()) return messages;
    const auto oldest = now.value_or(messages.front().at) - kept_for;
    std::erase_if(messages, [&](const auto& message) { return message.at < oldest; });
    return messages;
}

Told retell(core::Tx& tx, const std::string& courier, core::TimeUs now) {
    Told told{courier, {}};
    const auto device = store::device_of_courier(tx, courier);
    if (!device) return told;
    if (retell_device(tx, device->id, now)) told.device = device->id;
    return told;
}

}  // namespace

bool retell_device(core::Tx& tx, const core::DeviceId& id, std::optional<core::TimeUs> now) {
    const auto device = store::find_device(tx, id);
    if (!device) return false;
    view::Rows rows;
    if (device->courier)
        for (const auto& message : shown_messages(tx, *device->courier, now)) {
            auto row = store::chat_row(message);
            rows.emplace(row.key, std::move(row.body));
        }
    return view::replace(
        tx, id, [](wire::RowKind kind) { return kind == wire::RowKind::chat; }, rows);
}

void forget_old(core::Tx& tx, const core::DeviceId& id, core::TimeUs now) {
    const auto device = store::find_device(tx, id);
    if (!device || !device->courier) return;
    view::Change old;
    for (const auto& message : store::chat_messages(tx, *device->courier, {}, kept_messages))
        if (message.at < now - kept_for) old.gone.insert(store::chat_key(message.id));
    view::change(tx, id, old);
}

core::Result<Sent> send(core::Tx& tx, const Written& written, core::TimeUs now) {
    if (!store::lock_courier(tx, written.courier)) return core::not_found("no such courier");
    if (written.order && !store::find_order_line(tx, *written.order)) return core::invalid(no_order);
    ChatMessageRow message;
    message.id = core::new_uuid_text(now);
    message.courier = written.courier;
    message.staff = written.staff;
    message.order = written.order;
    message.text = written.text;
    message.at = message.received = now;
    store::insert_chat_message(tx, message);
    auto told = retell(tx, written.courier, now);
    return Sent{*store::find_chat_message(tx, message.id), std::move(told)};
}

std::optional<Told> receive(core::Tx& tx, const Received& fact, const Text& text) {
    if (!store::lock_courier(tx, fact.courier)) return std::nullopt;
    ChatMessageRow message;
    message.id = fact.id;
    message.courier = fact.courier;
    message.from_courier = true;
    message.order = fact.order;
    message.text = text.text;
    message.text_state = text.state;
    message.blob = fact.blob;
    message.at = fact.at;
    message.received = fact.received;
    if (!store::insert_chat_message(tx, message)) return std::nullopt;
    return retell(tx, fact.courier, fact.received);
}

bool waits_for(core::Tx& tx, const core::Hash& blob) {
    const auto messages = store::chat_messages_of_blob(tx, blob);
    return std::any_of(messages.begin(), messages.end(),
                       [](const auto& message) { return message.text_state != ChatText::here; });
}

std::vector<Told> settle_text(core::Tx& tx, const core::Hash& blob, const Text& text, core::TimeUs now) {
    std::vector<Told> all;
    for (const auto& message : store::chat_messages_of_blob(tx, blob)) {
        if (message.text_state == ChatText::here || message.text_state == text.state) continue;
        store::set_chat_text(tx, message.id, text.text, text.state);
        all.push_back(retell(tx, message.courier, now));
    }
    return all;
}

std::optional<Told> read_by_courier(core::Tx& tx, const std::string& courier, const std::string& upto, core::TimeUs at,
                                    core::TimeUs now) {
    const auto message = store::find_chat_message(tx, upto);
    if (!message || message->courier != courier) return std::nullopt;
    if (store::set_chat_read(tx, courier, false, message->number, at) == 0) return std::nullopt;
    return retell(tx, courier, now);
}

core::Result<std::optional<Told>> read_by_office(core::Tx& tx, const std::string& courier, const std::string& upto,
                                                 core::TimeUs now) {
    const auto message = store::find_chat_message(tx, upto);
    if (!message || message->courier != courier) return core::not_found("no such message of this courier");
    if (store::set_chat_read(tx, courier, true, message->number, now) == 0) return std::optional<Told>{};
    return std::optional(retell(tx, courier, now));
}

std::optional<std::string> reached(core::Tx& tx, const core::DeviceId& id, std::uint64_t version, core::TimeUs now) {
    const auto device = store::find_device(tx, id);
    if (!device || !device->courier) return std::nullopt;
    bool any = false;
    for (const auto& message : store::chat_messages_on_the_way(tx, *device->courier)) {
        const auto row = store::find_view_row(tx, id, store::chat_key(message));
        if (!row || row->version > version) continue;
        store::set_chat_reached(tx, message, now);
        any = true;
    }
    if (!any) return std::nullopt;
    return device->courier;
}

}  // namespace plus7::central::app::chat
