// A load generator: many MQTT 3.1.1 connections that publish prepared messages (QoS 1) as fast as a window lets them, and
// one that counts what arrives. No TLS, nothing of shared/mqtt: the same cheap client stands before both sides that are
// compared. Blocks the calling thread; throws std::runtime_error when the broker refuses or the time is over.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "shared/core/bytes.hpp"

namespace plus7::bench {

struct LoadLine {
    std::string topic;
    std::vector<core::Bytes> messages;
    std::string answers{};  // subscribed to (QoS 1) when not empty
    // How many of the messages are done, by an answer's payload; without `answers` a PUBACK says so.
    std::function<std::uint64_t(core::ByteView)> done_by{};
};

struct Load {
    std::uint16_t port = 0;  // on 127.0.0.1
    std::size_t window = 12;  // messages of a line that are sent and not done
    std::chrono::seconds limit{60};
};

// Seconds from the first publish until all messages of all lines are done.
double publish_all(const Load& load, std::vector<LoadLine>& lines);

// The same, until a subscriber of `filter` (QoS 1) has got them all: what the broker alone can carry.
double publish_and_count(const Load& load, std::vector<LoadLine>& lines, const std::string& filter);

}  // namespace plus7::bench
