#include "agent/store/own_chat.hpp"

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/chat_row.hpp"

namespace plus7::agent::store {

std::string own_message_note(const core::EventId& event) { return std::string(own_message_prefix) + event.hex(); }

core::Bytes encode(const OwnMessage& message) {
    wire::CborMap map;
    map.bytes("event", message.event.bytes())
        .bytes("courier", message.courier.bytes())
        .text("text", message.text)
        .bytes("blob", message.blob.bytes());
    map.time("at_ms", message.at);
    if (message.order) map.bytes("order", message.order->bytes());
    return map.encode();
}

std::optional<OwnMessage> own_message_from(core::ByteView note) {
    const auto tree = wire::read_cbor(note);
    if (!tree) return std::nullopt;
    wire::Faults faults;
    const wire::Value map(faults, &*tree, "message");
    OwnMessage message;
    message.event = map.get("event").fixed<core::EventId>();
    message.courier = map.get("courier").fixed<model::CourierId>();
    message.text = map.get("text").text(1, wire::max_chat_bytes);
    message.blob = map.get("blob").fixed<core::Hash>();
    message.at = map.get("at_ms").time();
    message.order = map.maybe("order").maybe_fixed<model::OrderId>();
    if (faults.any()) return std::nullopt;
    return message;
}

}  // namespace plus7::agent::store
