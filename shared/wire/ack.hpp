// `down/ack`: what central has made durable of one lane (the body inside the signed envelope). Any thread.
#pragma once
#include <chrono>
#include <optional>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/wire/lane.hpp"
#include "shared/wire/welcome.hpp"

namespace plus7::wire {

enum class RefusedReason : std::uint8_t { other = 0, unreadable = 1, limit = 2 };  // the numbers are on the wire

// The reason for a payload_error or a failed decode_payload.
RefusedReason refused_reason(const core::Error& error);

// A batch whose payload could not be read: the device sends its records one by one.
struct Refused {
    std::uint64_t first_seq = 1;
    std::uint64_t count = 1;
    RefusedReason reason = RefusedReason::other;
    bool operator==(const Refused&) const = default;
};

struct Ack {
    core::Epoch epoch;
    EpochState epoch_state = EpochState::unknown;
    Lane lane = Lane::fact;
    std::uint64_t upto = 0;
    std::optional<core::Hash> hash;            // fact lane only: of fact `upto`, zeros when it is 0
    std::vector<SeqRange> got;                 // track and blob: above upto, ≤ 64
    std::vector<core::Hash> blobs_ok;          // ≤ 256: assembled, verified, durable
    std::vector<core::Hash> blobs_bad;         // ≤ 256: their chunks are needed again
    std::uint64_t credit = 0;                  // bytes of track and blob the device may have unacked; 0 = facts only
    std::chrono::milliseconds retry_after{0};  // no batch of track and blob before
    std::optional<Refused> refused;
    core::TimeUs time{};  // central's clock; whole ms on the wire
    bool operator==(const Ack&) const = default;
};

core::Bytes encode(const Ack& ack);  // throws std::invalid_argument on a broken rule
core::Result<Ack> decode_ack(core::ByteView body);

}  // namespace plus7::wire
