// The fact: what a device states, chained by hash and signed. Body layout, hash and signature are fixed for ever
// (docs/protocol.md); the bytes of a body are never made anew from a Fact that was read. Any thread.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "shared/core/geo.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/model/ids.hpp"

namespace plus7::wire {

struct Where {
    core::LatLon place;                  // kept to 1e-7 degree
    std::optional<std::uint32_t> acc_m;  // metres
    std::chrono::milliseconds age{0};    // of the fix when the act happened
    bool operator==(const Where&) const = default;
};

struct Who {
    std::optional<model::CourierId> courier;
    std::optional<model::ShiftId> shift;
    bool operator==(const Who&) const = default;
};

struct About {
    std::optional<model::ParcelId> parcel;
    std::optional<model::OrderId> order;
    std::optional<std::uint64_t> custody_version;  // which the device expected
    std::optional<model::TransferId> transfer;
    bool operator==(const About&) const = default;
};

struct Fact {
    core::DeviceId device;
    core::Epoch epoch;
    std::uint64_t seq = 1;
    core::Hash prev;  // hash of fact seq − 1, or first_prev
    core::EventId id;
    std::string type;  // 1 – 48 of a-z 0-9 _ . with a letter first; unknown types pass
    core::Stamp at;    // an unknown wall_src reads as unset
    std::optional<Where> where;
    std::uint64_t view = 0;  // view version applied when the act happened
    Who who;
    About about;
    core::Bytes data;  // one CBOR map (fact_data.hpp); empty = the empty map
    bool operator==(const Fact&) const = default;
};

struct SignedFact {
    core::Bytes body;
    core::Signature sig;
    bool operator==(const SignedFact&) const = default;
};

// Throws std::invalid_argument when the fact breaks the rules above, its data is no map, or the body is too long.
core::Bytes encode_body(const Fact& fact);
core::Result<Fact> decode_body(core::ByteView body);

core::Hash hash_of_body(core::ByteView body);  // SHA-256, whatever the bytes are
SignedFact sign_body(core::Bytes body, const crypto::SigningKey& key);
SignedFact seal(const Fact& fact, const crypto::SigningKey& key);
bool verify(const SignedFact& fact, const core::PublicKey& key);

// The record of the fact lane: `[body, sig]`.
core::Bytes encode_record(const SignedFact& fact);
core::Result<SignedFact> decode_fact_record(core::ByteView record);

// The epoch this one follows, cut at central's word: facts up to `upto` with that hash are in, the rest is
// re-sequenced.
struct Parent {
    core::Epoch epoch;
    std::uint64_t upto = 0;
    core::Hash hash;
};

// `prev` of seq 1: SHA-256("p7-epoch" ‖ epoch ‖ parent epoch ‖ parent upto (u64 BE) ‖ parent hash), zeros without a
// parent.
core::Hash first_prev(const core::Epoch& epoch, const std::optional<Parent>& parent);

}  // namespace plus7::wire
