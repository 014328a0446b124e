#include "shared/wire/policy.hpp"

#include <algorithm>
#include <stdexcept>

namespace plus7::wire {
namespace {

constexpr std::uint32_t max_block_fixes = 600;
constexpr Policy::ms least_live{1000};

void read_ms(const Value& map, std::string_view key, Policy::ms& value, Policy::ms least) {
    const auto member = map.maybe(key);
    if (!member) return;
    value = std::max(member.duration(), least);
}

void read_number(const Value& map, std::string_view key, std::uint32_t& value, std::uint32_t least,
                 std::uint32_t most) {
    if (const auto member = map.maybe(key))
        value = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(member.uint(), least, most));
}

}  // namespace

CborMap policy_map(const Policy& policy) {
    CborMap map;
    map.integer("sample_ms", policy.sample.count()).integer("idle_sample_ms", policy.idle_sample.count());
    map.integer("live_ms", policy.live.count()).uint("decimals", policy.decimals);
    map.uint("seal_fixes", policy.seal_fixes).integer("seal_ms", policy.seal_age.count());
    map.uint("seal_fixes_offline", policy.seal_fixes_offline).uint("day_bytes", policy.day_bytes);
    map.integer("lease_ms", policy.lease.count()).integer("lease_warning_ms", policy.lease_warning.count());
    map.boolean("locked", policy.locked);
    if (policy.wipe)
        map.map("wipe", CborMap{}.bytes("id", policy.wipe->id.bytes()).time("asked_ms", policy.wipe->asked));
    return map;
}

Policy read_policy(const Value& map) {
    using ms = Policy::ms;
    Policy policy;
    read_ms(map, "sample_ms", policy.sample, ms{1});
    read_ms(map, "idle_sample_ms", policy.idle_sample, ms{1});
    read_ms(map, "live_ms", policy.live, least_live);
    read_number(map, "decimals", policy.decimals, 5, 6);
    read_number(map, "seal_fixes", policy.seal_fixes, 1, max_block_fixes);
    read_ms(map, "seal_ms", policy.seal_age, ms{1});
    read_number(map, "seal_fixes_offline", policy.seal_fixes_offline, 1, max_block_fixes);
    if (const auto bytes = map.maybe("day_bytes")) policy.day_bytes = bytes.uint();
    read_ms(map, "lease_ms", policy.lease, ms{0});
    read_ms(map, "lease_warning_ms", policy.lease_warning, ms{0});
    if (const auto locked = map.maybe("locked")) policy.locked = locked.boolean();
    if (const auto wipe = map.maybe("wipe"))
        policy.wipe = WipeRequest{wipe.get("id").fixed<model::WipeId>(), wipe.get("asked_ms").time()};
    return policy;
}

core::Bytes encode(const Policy& policy) {
    auto bytes = policy_map(policy).encode();
    const auto read = decode_policy(bytes);
    if (!read) throw std::invalid_argument(read.error().message);
    if (*read != policy) throw std::invalid_argument("a policy out of its bounds");
    return bytes;
}

core::Result<Policy> decode_policy(core::ByteView bytes) {
    const auto tree = read_cbor(bytes);
    if (!tree) return tree.error().context("policy");
    Faults faults;
    const auto policy = read_policy(Value(faults, &*tree, "policy"));
    if (faults.any()) return faults.first().context("policy");
    return policy;
}

}  // namespace plus7::wire
