// `up/hello`: the first message of a device on every connection; its cursors, so that both sides agree where to go on.
// Any thread.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"

namespace plus7::wire {

// What a lane still holds: min = the oldest record kept (max + 1 when none is), max = the newest ever numbered.
struct LaneExtent {
    std::uint64_t min = 1;
    std::uint64_t max = 0;
    bool operator==(const LaneExtent&) const = default;
};

struct FactExtent {
    std::uint64_t min = 1;
    std::uint64_t acked = 0;  // ≤ max
    std::uint64_t max = 0;
    core::Hash hash;  // of fact `acked`; zeros when acked is 0
    bool operator==(const FactExtent&) const = default;
};

struct Hello {
    core::Nonce nonce;  // new for every connection
    core::BootId boot;
    core::Epoch epoch;
    std::vector<core::Epoch> ancestors;  // ≤ 8, the parent first
    FactExtent fact;
    LaneExtent track;
    LaneExtent blob;
    std::uint64_t view = 0;                       // view version applied
    std::optional<core::ServerGen> server_gen;    // the last one known
    std::map<std::string, std::string> versions;  // "agent" → "0.1.0"; ≤ 8, names ≤ 32 bytes, values ≤ 64
    core::TimeUs time{};                          // the device's wall clock; whole ms on the wire
    bool operator==(const Hello&) const = default;
};

core::Bytes encode(const Hello& hello);  // throws std::invalid_argument on a broken rule
core::Result<Hello> decode_hello(core::ByteView message);

}  // namespace plus7::wire
