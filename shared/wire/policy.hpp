// What central sets for a device: sampling, sealing, bytes, lease, lock. Part of `welcome` and of the view row
// "policy". Missing members read as the defaults below, and a number out of bounds as the nearest that
// this version can do, so that either side may be older: a welcome is never refused for its policy. Any thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/model/ids.hpp"
#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"

namespace plus7::wire {

struct WipeRequest {
    model::WipeId id;
    core::TimeMs asked{};
    bool operator==(const WipeRequest&) const = default;
};

struct Policy {
    using ms = std::chrono::milliseconds;
    ms sample{2000};                         // between fixes while moving
    ms idle_sample{60'000};                  // while standing
    ms live{2000};                           // between live positions, ≥ 1 s: by far the most of a shift's traffic
    std::uint32_t decimals = 5;              // of latitude and longitude in track blocks: 5 or 6
    std::uint32_t seal_fixes = 60;           // a block is sealed at so many fixes …
    ms seal_age{60'000};                     // … or at this age while online,
    std::uint32_t seal_fixes_offline = 600;  // and at so many offline (≤ 600)
    std::uint64_t day_bytes = 0;             // budget of track and blob bytes a day; 0 = none
    ms lease{std::chrono::hours{72}};        // offline lease, and when to warn of its end
    ms lease_warning{std::chrono::hours{48}};
    bool locked = false;
    // The office asks that nothing personal remains on the device; the fact `device.wiped` answers it. Only of a locked
    // device.
    std::optional<WipeRequest> wipe{};
    bool operator==(const Policy&) const = default;
};

CborMap policy_map(const Policy& policy);
Policy read_policy(const Value& map);

core::Bytes encode(const Policy& policy);  // throws std::invalid_argument on a broken rule
core::Result<Policy> decode_policy(core::ByteView bytes);

}  // namespace plus7::wire
