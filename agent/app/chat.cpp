#include "agent/app/chat.hpp"

#include <algorithm>
#include <tuple>

#include "agent/app/parcels.hpp"
#include "agent/store/told_chat.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::agent::app {
namespace {

Message message_of(store::ToldMessage told) {
    Message message;
    message.id = told.id;
    message.number = told.number;
    message.is_own = told.is_own;
    message.name = std::move(told.name);
    if (told.is_own)
        message.state = told.is_read ? MessageState::read : told.text ? MessageState::sent : MessageState::waiting;
    message.is_new = !told.is_own && !told.is_read;
    message.text = std::move(told.text).value_or("");
    message.at = told.at;
    message.order = told.order;
    return message;
}

Message message_of(const store::OwnMessage& own, MessageState state) {
    Message message;
    message.id = own.event;
    message.is_own = true;
    message.text = own.text;
    message.at = own.at;
    message.order = own.order;
    message.state = state;
    return message;
}

}  // namespace

core::Result<core::EventId> Chat::send(std::string_view text, const std::optional<model::OrderId>& order) {
    if (!shift_.open()) return core::conflict(Parcels::no_shift);
    if (!store::is_message(text)) return core::invalid(no_text);
    const auto blob = blobs_.put(core::view_of(text));
    if (!blob) return blob.error();
    const auto at = own_moment();
    const auto event = core::uuid_v7(at);
    const store::OwnMessage message{event, shift_.open()->courier.id, std::string(text), *blob, at, order};
    const auto saved = logbook_.state_about({event, {}, order, {}, {}}, model::ChatSent{*blob},
                                            {{store::own_message_note(event), store::encode(message)}});
    if (!saved) return saved.error();
    return event;
}

core::Status Chat::read() {
    if (!shift_.open()) return core::conflict(Parcels::no_shift);
    const auto all = messages();
    const Message* newest = nullptr;
    for (const auto& message : all)
        if (message.is_new && (newest == nullptr || message.number > newest->number)) newest = &message;
    if (newest == nullptr) return {};
    const auto saved = logbook_.state(model::ChatRead{newest->id},
                                      {{std::string(store::chat_read_note), core::copy_of(newest->id.bytes())}});
    return saved ? core::Status{} : core::Status{saved.error()};
}

// As central tells it; what was read here counts before central knows it. The note names a message, not its number: a
// restored central may number anew.
std::vector<Message> Chat::told() const {
    std::vector<Message> all;
    for (auto& message : store::told_messages(view_)) all.push_back(message_of(std::move(message)));
    const auto note = outbox_.note(store::chat_read_note);
    if (!note) return all;
    const auto seen =
        std::find_if(all.begin(), all.end(), [&](const Message& one) { return core::equal(one.id.bytes(), *note); });
    const auto upto = seen == all.end() ? 0 : seen->number;
    for (auto& message : all)
        if (message.number <= upto) message.is_new = false;
    return all;
}

std::vector<store::OwnMessage> Chat::own() const {
    std::vector<store::OwnMessage> all;
    for (const auto& note : outbox_.notes(store::own_message_prefix))
        if (auto message = store::own_message_from(note.value)) all.push_back(std::move(*message));
    return all;
}

core::TimeMs Chat::own_moment() const {
    auto at = stamps_.best_time();
    const auto written = own();
    const auto is_taken = [&] {
        return std::any_of(written.begin(), written.end(), [&](const auto& one) { return one.at == at; });
    };
    while (is_taken()) at += std::chrono::milliseconds{1};
    return at;
}

MessageState Chat::state_of(const store::OwnMessage& message) const {
    const bool is_there = outbox_.is_acked(message.event) && !blobs_.has(message.blob);
    return is_there ? MessageState::sent : MessageState::waiting;
}

std::vector<Message> Chat::messages() const {
    auto all = told();
    const auto& courier = shift_.open() ? std::optional(shift_.open()->courier) : shift_.courier();
    for (const auto& message : own()) {
        if (!courier || courier->id != message.courier) continue;
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Message& one) { return one.id == message.event; });
        if (found == all.end())
            all.push_back(message_of(message, state_of(message)));
        else if (found->text.empty())
            found->text = message.text;
    }
    std::sort(all.begin(), all.end(), [](const Message& a, const Message& b) {
        return std::tuple(a.at, a.number == 0, a.number) < std::tuple(b.at, b.number == 0, b.number);
    });
    return all;
}

core::Status Chat::tidy() {
    std::vector<std::string> needless;
    const auto told = store::told_messages(view_);
    for (const auto& message : own()) {
        const bool is_told =
            std::any_of(told.begin(), told.end(), [&](const auto& one) { return one.id == message.event && one.text; });
        const bool is_old = stamps_.best_time() - message.at > remember && state_of(message) == MessageState::sent;
        if (is_told || is_old) needless.push_back(store::own_message_note(message.event));
    }
    return needless.empty() ? core::Status{} : outbox_.drop_notes(needless);
}

}  // namespace plus7::agent::app
