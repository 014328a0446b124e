// What central instances on one database tell each other through the broker (`p7/1/_central/news`), so that the live
// map, views and remembered devices of each follow at once. Lost messages harm nobody for long: all of it is in the
// database or comes again. Any thread.
#pragma once
#include <variant>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/model/fix.hpp"
#include "shared/model/ids.hpp"

namespace plus7::wire {

struct PeerPlace {
    model::Fix fix;
    core::TimeMs received{};
    bool operator==(const PeerPlace&) const = default;
};
struct PeerShift {
    std::optional<core::TimeMs> since;          // nothing: it ended
    std::optional<core::TimeMs> rests_since{};  // in a break
    bool operator==(const PeerShift&) const = default;
};
struct PeerOnline {
    bool online = false;
    bool operator==(const PeerOnline&) const = default;
};
struct PeerBattery {
    std::uint8_t percent = 0;
    bool operator==(const PeerBattery&) const = default;
};
struct PeerAct {
    core::EventId event;
    bool operator==(const PeerAct&) const = default;
};
struct PeerFilled {  // a stretch of track that came late
    core::TimeMs from{}, to{};
    bool operator==(const PeerFilled&) const = default;
};
struct PeerViewChanged {
    bool operator==(const PeerViewChanged&) const = default;
};
struct PeerDeviceChanged {  // state, key or courier
    bool operator==(const PeerDeviceChanged&) const = default;
};
struct PeerChat {  // the talk with a courier: a message came, or was read
    model::CourierId courier;
    bool operator==(const PeerChat&) const = default;
};

struct PeerNews {
    core::DeviceId device;
    std::variant<PeerPlace, PeerShift, PeerOnline, PeerBattery, PeerAct, PeerFilled, PeerViewChanged, PeerDeviceChanged,
                 PeerChat>
        what;
    bool operator==(const PeerNews&) const = default;
};

using InstanceId = core::Fixed<16, struct InstanceIdTag>;

struct PeerMessage {
    InstanceId from;             // made at each start
    std::vector<PeerNews> news;  // 1 – 64
    std::size_t skipped = 0;     // read, of kinds that a later version knows
};

constexpr std::size_t max_peer_news = 64;
constexpr std::size_t max_peer_bytes = 16 * 1024;

core::Bytes encode(const PeerMessage& message);  // throws std::invalid_argument on a broken rule
core::Result<PeerMessage> decode_peer_message(core::ByteView bytes);

}  // namespace plus7::wire
