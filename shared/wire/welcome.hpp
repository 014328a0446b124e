// `down/welcome`: central's answer to a hello (the body inside the signed envelope, see down_envelope). Any thread.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/wire/lane.hpp"
#include "shared/wire/policy.hpp"

namespace plus7::wire {

enum class EpochState : std::uint8_t {  // the numbers are on the wire
    unknown = 0,                        // central will not open it without an operator
    open = 1,
    sealed = 2,  // a child epoch took over
    frozen = 3,  // a fork or a clone
};

std::string_view name_of(EpochState state);

// What central has of a lane received in any order: everything up to `upto`, and of what is above the newest ranges.
// A state of a later version reads as unknown: the device keeps its records and asks anew.
EpochState epoch_state_of(std::uint64_t number);

struct ReceivedLane {
    std::uint64_t upto = 0;
    std::vector<SeqRange> newest;  // ≤ 64
    bool operator==(const ReceivedLane&) const = default;
};

struct ReceivedFacts {
    std::uint64_t upto = 0;
    core::Hash hash;  // of fact `upto`; zeros when it is 0
    bool operator==(const ReceivedFacts&) const = default;
};

struct Welcome {
    core::Nonce nonce;  // the hello's
    EpochState epoch_state = EpochState::unknown;
    ReceivedFacts fact;
    ReceivedLane track;
    ReceivedLane blob;
    std::uint64_t view_head = 0;
    core::TimeUs time{};  // central's clock; whole ms on the wire
    Policy policy;
    core::Bytes certificate;  // of central's signing key, DER, 1 – 4096 bytes
    bool operator==(const Welcome&) const = default;
};

core::Bytes encode(const Welcome& welcome);  // throws std::invalid_argument on a broken rule
core::Result<Welcome> decode_welcome(core::ByteView body);

}  // namespace plus7::wire
