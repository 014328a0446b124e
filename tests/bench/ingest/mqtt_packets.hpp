// The few packets of MQTT 3.1.1 (OASIS standard, chapters 2 and 3) that the load generator speaks.
#pragma once
#include <optional>
#include <string_view>

#include "shared/core/bytes.hpp"

namespace plus7::bench {

enum class PacketType : std::uint8_t { connack = 2, publish = 3, puback = 4, suback = 9 };

void put_connect(core::Bytes& out, std::string_view client_id);
void put_subscribe(core::Bytes& out, std::string_view filter);  // QoS 1
void put_publish(core::Bytes& out, std::string_view topic, std::uint16_t packet_id, core::ByteView payload);  // QoS 1
void put_puback(core::Bytes& out, std::uint16_t packet_id);

struct Packet {
    PacketType type{};
    std::uint8_t flags = 0;
    core::ByteView body;    // looks into the bytes it was read from
    std::size_t whole = 0;  // bytes of it, the head included
};

// The first packet, or nothing when it is not there as a whole.
std::optional<Packet> first_packet(core::ByteView bytes);

struct Arrived {
    std::uint16_t packet_id = 0;  // 0: QoS 0
    core::ByteView payload;
};
Arrived read_publish(const Packet& packet);

}  // namespace plus7::bench
