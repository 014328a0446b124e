#include "central/ingest/chat_step.hpp"

#include <algorithm>

#include "central/app/chat/chat.hpp"
#include "central/ingest/cases.hpp"
#include "central/store/blob_store.hpp"
#include "central/store/device_store.hpp"
#include "central/store/field_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/wire/blob_record.hpp"
#include "shared/wire/chat_row.hpp"

namespace plus7::central::ingest {
namespace {

namespace chat = app::chat;
using store::ChatText;

void tell(const chat::Told& told, FieldNews& news) {
    news.chats.push_back(told.courier);
    if (told.device && std::find(news.views.begin(), news.views.end(), *told.device) == news.views.end())
        news.views.push_back(*told.device);
}

chat::Text text_of(core::ByteView blob) {
    if (blob.size() <= wire::blob_salt_bytes) return {ChatText::lost, {}};
    const auto text = core::text_of(blob.subspan(wire::blob_salt_bytes));
    if (!wire::is_chat_text(text)) return {ChatText::lost, {}};
    return {ChatText::here, std::string(text)};
}

chat::Text read_text(core::Tx& tx, const core::DeviceId& device, const core::Hash& sha, core::ByteView blob,
                     core::TimeUs now) {
    auto text = text_of(blob);
    if (text.state == ChatText::lost)
        open_case(tx, CaseKind::blob_bad, device, sha.hex(), {{"sha256", sha.hex()}}, now);
    return text;
}

// Who wrote it, says the fact; of one without a word of it, who carries the device.
std::optional<std::string> courier_of(core::Tx& tx, const app::field::FieldEvent& event) {
    if (event.courier) return core::to_uuid_text(*event.courier);
    const auto device = store::find_device(tx, event.device);
    return device ? device->courier : std::nullopt;
}

void receive(core::Tx& tx, const app::field::FieldEvent& event, const model::ChatSent& sent, FieldNews& news) {
    const auto courier = courier_of(tx, event);
    if (!courier) return;
    chat::Received fact;
    fact.id = core::to_uuid_text(event.id);
    fact.courier = *courier;
    fact.blob = sent.blob;
    if (event.about.order) fact.order = core::to_uuid_text(*event.about.order);
    fact.at = store::find_act(tx, event.id)->at;
    fact.received = event.received;
    chat::Text text;
    if (const auto blob = store::find_blob(tx, sent.blob))
        text = read_text(tx, event.device, sent.blob, *blob, event.received);
    if (const auto told = chat::receive(tx, fact, text)) tell(*told, news);
}

}  // namespace

void apply_to_chat(core::Tx& tx, const app::field::FieldEvent& event, FieldNews& news) {
    if (const auto* sent = std::get_if<model::ChatSent>(&event.data)) receive(tx, event, *sent, news);
    const auto* read = std::get_if<model::ChatRead>(&event.data);
    if (read == nullptr) return;
    const auto courier = courier_of(tx, event);
    if (!courier) return;
    const auto at = store::find_act(tx, event.id)->at;
    if (const auto told = chat::read_by_courier(tx, *courier, core::to_uuid_text(read->upto), at, event.received))
        tell(*told, news);
}

void take_chat_text(core::Tx& tx, const Batch& batch, const core::Hash& sha, core::ByteView blob, FieldNews& news) {
    if (!chat::waits_for(tx, sha)) return;
    const auto text = read_text(tx, batch.device, sha, blob, batch.frame.received);
    for (const auto& told : chat::settle_text(tx, sha, text, batch.frame.received)) tell(told, news);
}

void lose_chat_text(core::Tx& tx, const core::Hash& sha, core::TimeUs now, FieldNews& news) {
    for (const auto& told : chat::settle_text(tx, sha, {ChatText::lost, {}}, now)) tell(told, news);
}

}  // namespace plus7::central::ingest
