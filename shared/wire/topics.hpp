// The topic table of protocol p7/1 (docs/protocol.md): building and parsing of topic names. Pure values, any thread.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/ids.hpp"

namespace plus7::wire {

// What a topic of one device carries; the order is that of the table.
enum class TopicKind : std::uint8_t {
    hello,
    fact,
    track,
    blob,
    up_view,
    live,
    state,
    welcome,
    ack,
    view,
};

enum class Direction : std::uint8_t { up, down };

struct TopicRow {
    TopicKind kind;
    std::string_view suffix;  // after "p7/1/{device}/"
    Direction direction;
    int qos;
    bool retained;
    std::uint32_t expiry_s;  // message expiry interval; 0 = none
};

// THE table: one row per kind, in the order of TopicKind.
const std::array<TopicRow, 10>& topic_table();
const TopicRow& row_of(TopicKind kind);

struct Topic {
    core::DeviceId device;
    TopicKind kind;
    bool operator==(const Topic&) const = default;
};

std::string topic_name(const core::DeviceId& device, TopicKind kind);
// Nothing for another protocol version, an unknown suffix, or a level that is no device id (`_central` never is one).
std::optional<Topic> parse_topic(std::string_view name);

// "p7/1/_central/{what}": between central instances only.
std::string central_topic(std::string_view what);

// What each central instance subscribes to on every connect: first the shared filters, then the plain ones.
std::array<std::string_view, 5> shared_filters();
std::array<std::string_view, 3> plain_filters();
// What a device subscribes to: its three down topics.
std::array<std::string, 3> device_filters(const core::DeviceId& device);

}  // namespace plus7::wire
