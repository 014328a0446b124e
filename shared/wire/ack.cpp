#include "shared/wire/ack.hpp"

#include <stdexcept>

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::wire {
namespace {

void put_hashes(CborMap& map, std::string_view key, const std::vector<core::Hash>& hashes) {
    if (hashes.empty()) return;
    CborWriter list;
    list.array(hashes.size());
    for (const auto& hash : hashes) list.bytes(hash.bytes());
    map.item(key, list.take());
}

std::vector<core::Hash> read_hashes(const Value& list) {
    std::vector<core::Hash> hashes;
    if (!list) return hashes;
    for (const auto& item : list.items(0, max_blobs_named)) hashes.push_back(item.fixed<core::Hash>());
    return hashes;
}

Refused read_refused(const Value& map) {
    const auto reason = map.get("reason").uint();
    const bool known = reason <= static_cast<std::uint64_t>(RefusedReason::limit);
    return {map.get("first_seq").uint(1), map.get("count").uint(1),
            known ? static_cast<RefusedReason>(reason) : RefusedReason::other};
}

}  // namespace

RefusedReason refused_reason(const core::Error& error) {
    if (error.kind == core::ErrorKind::limit) return RefusedReason::limit;
    return error.kind == core::ErrorKind::invalid ? RefusedReason::unreadable : RefusedReason::other;
}

core::Bytes encode(const Ack& ack) {
    CborMap map;
    map.bytes("epoch", ack.epoch.bytes()).uint("epoch_state", static_cast<std::uint64_t>(ack.epoch_state));
    map.uint("lane", static_cast<std::uint64_t>(ack.lane)).uint("upto", ack.upto);
    if (ack.hash) map.bytes("hash", ack.hash->bytes());
    if (!ack.got.empty()) map.item("got", encode_ranges(ack.got));
    put_hashes(map, "blobs_ok", ack.blobs_ok);
    put_hashes(map, "blobs_bad", ack.blobs_bad);
    map.uint("credit", ack.credit).time("time_ms", ack.time);
    if (ack.retry_after.count() != 0) map.integer("retry_after_ms", ack.retry_after.count());
    if (ack.refused) {
        CborMap refused;
        refused.uint("first_seq", ack.refused->first_seq).uint("count", ack.refused->count);
        refused.uint("reason", static_cast<std::uint64_t>(ack.refused->reason));
        map.map("refused", refused);
    }
    auto bytes = map.encode();
    if (const auto read = decode_ack(bytes); !read) throw std::invalid_argument(read.error().message);
    return bytes;
}

core::Result<Ack> decode_ack(core::ByteView body) {
    const auto tree = read_cbor(body);
    if (!tree) return tree.error().context("ack");
    Faults faults;
    const Value map(faults, &*tree, "ack");
    Ack ack;
    ack.epoch = map.get("epoch").fixed<core::Epoch>();
    ack.epoch_state = epoch_state_of(map.get("epoch_state").uint());
    ack.lane = static_cast<Lane>(map.get("lane").uint(1, 3));
    ack.upto = map.get("upto").uint();
    const auto hash = ack.lane == Lane::fact ? map.get("hash") : map.maybe("hash");
    ack.hash = hash.maybe_fixed<core::Hash>();
    if (const auto got = map.maybe("got")) ack.got = read_ranges(got);
    if (!ack.got.empty() && ack.got.front().first <= ack.upto) map.fault("names ranges at or below upto");
    ack.blobs_ok = read_hashes(map.maybe("blobs_ok"));
    ack.blobs_bad = read_hashes(map.maybe("blobs_bad"));
    ack.credit = map.get("credit").uint();
    if (const auto wait = map.maybe("retry_after_ms")) ack.retry_after = wait.duration();
    if (const auto refused = map.maybe("refused")) ack.refused = read_refused(refused);
    ack.time = map.get("time_ms").time();
    if (faults.any()) return faults.first().context("ack");
    return ack;
}

}  // namespace plus7::wire
