#include "tests/bench/ingest/mqtt_packets.hpp"

namespace plus7::bench {
namespace {

void put_number(core::Bytes& out, std::size_t number) {
    out.push_back(static_cast<std::uint8_t>(number >> 8));
    out.push_back(static_cast<std::uint8_t>(number));
}

void put_text(core::Bytes& out, std::string_view text) {
    put_number(out, text.size());
    out.insert(out.end(), text.begin(), text.end());
}

void put_head(core::Bytes& out, std::uint8_t first, std::size_t length) {
    out.push_back(first);
    do {
        const auto seven = static_cast<std::uint8_t>(length & 0x7f);
        length >>= 7;
        out.push_back(length > 0 ? static_cast<std::uint8_t>(seven | 0x80) : seven);
    } while (length > 0);
}

std::size_t number_at(core::ByteView bytes, std::size_t at) {
    return static_cast<std::size_t>(bytes[at]) << 8 | bytes[at + 1];
}

}  // namespace

void put_connect(core::Bytes& out, std::string_view client_id) {
    constexpr std::uint8_t level = 4, clean_session = 2;
    constexpr std::size_t keep_alive_s = 60;
    put_head(out, 0x10, 12 + client_id.size());
    put_text(out, "MQTT");
    out.push_back(level);
    out.push_back(clean_session);
    put_number(out, keep_alive_s);
    put_text(out, client_id);
}

void put_subscribe(core::Bytes& out, std::string_view filter) {
    put_head(out, 0x82, 5 + filter.size());
    put_number(out, 1);
    put_text(out, filter);
    out.push_back(1);
}

void put_publish(core::Bytes& out, std::string_view topic, std::uint16_t packet_id, core::ByteView payload) {
    put_head(out, 0x32, 4 + topic.size() + payload.size());
    put_text(out, topic);
    put_number(out, packet_id);
    out.insert(out.end(), payload.begin(), payload.end());
}

void put_puback(core::Bytes& out, std::uint16_t packet_id) {
    put_head(out, 0x40, 2);
    put_number(out, packet_id);
}

std::optional<Packet> first_packet(core::ByteView bytes) {
    std::size_t length = 0, at = 1;
    for (int shift = 0;; shift += 7) {
        if (at >= bytes.size()) return std::nullopt;
        const auto byte = bytes[at++];
        length |= static_cast<std::size_t>(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0) break;
    }
    if (bytes.size() - at < length) return std::nullopt;
    return Packet{static_cast<PacketType>(bytes[0] >> 4), static_cast<std::uint8_t>(bytes[0] & 0x0f),
                  bytes.subspan(at, length), at + length};
}

Arrived read_publish(const Packet& packet) {
    const auto topic = 2 + number_at(packet.body, 0);
    const bool has_id = (packet.flags & 0x06) != 0;
    return {has_id ? static_cast<std::uint16_t>(number_at(packet.body, topic)) : std::uint16_t{0},
            packet.body.subspan(topic + (has_id ? 2 : 0))};
}

}  // namespace plus7::bench
