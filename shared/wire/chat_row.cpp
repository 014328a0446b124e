#include "shared/wire/chat_row.hpp"

#include <algorithm>
#include <stdexcept>

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"

namespace plus7::wire {
namespace {

constexpr std::size_t max_name_bytes = 400;

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

ChatFrom known_or_unknown(std::uint64_t number) {
    return number <= static_cast<std::uint64_t>(ChatFrom::courier) ? static_cast<ChatFrom>(number) : ChatFrom::unknown;
}

}  // namespace

bool is_chat_text(std::string_view text) {
    if (text.size() > max_chat_bytes || text.find_first_not_of(" \t\r\n") == text.npos) return false;
    const auto characters = std::count_if(text.begin(), text.end(), begins_character);
    return static_cast<std::size_t>(characters) <= max_chat_characters && is_wire_text(text);
}

core::Bytes encode(const ChatRow& row) {
    CborMap map;
    map.uint("n", row.number).uint("from", static_cast<std::uint64_t>(row.from)).time("at_ms", row.at);
    if (!row.name.empty()) map.text("name", row.name);
    if (row.text) map.text("text", *row.text);
    if (row.order) map.bytes("order", row.order->bytes());
    map.boolean("read", row.read);
    auto bytes = map.encode();
    if (const auto read = decode_chat_row(bytes); !read) throw std::invalid_argument(read.error().message);
    return bytes;
}

core::Result<ChatRow> decode_chat_row(core::ByteView body) {
    const auto tree = read_cbor(body);
    if (!tree) return tree.error();
    Faults faults;
    const Value map(faults, &*tree, "chat");
    ChatRow row;
    row.number = map.get("n").uint(1);
    row.from = known_or_unknown(map.get("from").uint());
    row.at = map.get("at_ms").time();
    if (const auto name = map.maybe("name")) row.name = name.text(1, max_name_bytes);
    if (const auto text = map.maybe("text")) {
        row.text = text.text(1, max_chat_bytes);
        if (!is_chat_text(*row.text)) text.fault("is no message");
    }
    row.order = map.maybe("order").maybe_fixed<model::OrderId>();
    row.read = map.get("read").boolean();
    return faults.finish(std::move(row));
}

}  // namespace plus7::wire
