#include "shared/wire/welcome.hpp"

#include <stdexcept>

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"

namespace plus7::wire {
namespace {

constexpr std::size_t max_certificate_bytes = 4096;

CborMap received_map(const ReceivedLane& lane) {
    CborMap map;
    map.uint("upto", lane.upto).item("newest", encode_ranges(lane.newest));
    return map;
}

ReceivedLane read_received(const Value& map) {
    ReceivedLane lane{map.get("upto").uint(), read_ranges(map.get("newest"))};
    if (!lane.newest.empty() && lane.newest.front().first <= lane.upto) map.fault("names ranges at or below upto");
    return lane;
}

}  // namespace

std::string_view name_of(EpochState state) {
    switch (state) {
        case EpochState::unknown:
            return "unknown";
        case EpochState::open:
            return "open";
        case EpochState::sealed:
            return "sealed";
        case EpochState::frozen:
            return "frozen";
    }
    return "unknown";
}

EpochState epoch_state_of(std::uint64_t number) {
    const bool known = number <= static_cast<std::uint64_t>(EpochState::frozen);
    return known ? static_cast<EpochState>(number) : EpochState::unknown;
}

core::Bytes encode(const Welcome& welcome) {
    CborMap fact;
    fact.uint("upto", welcome.fact.upto).bytes("hash", welcome.fact.hash.bytes());
    CborMap lanes;
    lanes.map("fact", fact).map("track", received_map(welcome.track)).map("blob", received_map(welcome.blob));
    CborMap map;
    map.bytes("nonce", welcome.nonce.bytes()).uint("epoch_state", static_cast<std::uint64_t>(welcome.epoch_state));
    map.map("lanes", lanes).uint("view", welcome.view_head).time("time_ms", welcome.time);
    map.map("policy", policy_map(welcome.policy)).bytes("cert", welcome.certificate);
    auto bytes = map.encode();
    if (const auto read = decode_welcome(bytes); !read) throw std::invalid_argument(read.error().message);
    return bytes;
}

core::Result<Welcome> decode_welcome(core::ByteView body) {
    const auto tree = read_cbor(body);
    if (!tree) return tree.error().context("welcome");
    Faults faults;
    const Value map(faults, &*tree, "welcome");
    Welcome welcome;
    welcome.nonce = map.get("nonce").fixed<core::Nonce>();
    welcome.epoch_state = epoch_state_of(map.get("epoch_state").uint());
    const auto lanes = map.get("lanes");
    const auto fact = lanes.get("fact");
    welcome.fact = {fact.get("upto").uint(), fact.get("hash").fixed<core::Hash>()};
    welcome.track = read_received(lanes.get("track"));
    welcome.blob = read_received(lanes.get("blob"));
    welcome.view_head = map.get("view").uint();
    welcome.time = map.get("time_ms").time();
    welcome.policy = read_policy(map.get("policy"));
    welcome.certificate = core::copy_of(map.get("cert").bytes(1, max_certificate_bytes));
    if (faults.any()) return faults.first().context("welcome");
    return welcome;
}

}  // namespace plus7::wire
