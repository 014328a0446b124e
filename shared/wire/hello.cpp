#include "shared/wire/hello.hpp"

#include <stdexcept>

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::wire {
namespace {

constexpr std::size_t max_versions = 8, max_version_name = 32, max_version_text = 64;

CborMap extent_map(std::uint64_t min, std::uint64_t max) {
    CborMap map;
    map.uint("min", min).uint("max", max);
    return map;
}

CborMap lanes_map(const Hello& hello) {
    CborMap fact = extent_map(hello.fact.min, hello.fact.max);
    fact.uint("acked", hello.fact.acked).bytes("hash", hello.fact.hash.bytes());
    CborMap lanes;
    lanes.map("fact", fact);
    lanes.map("track", extent_map(hello.track.min, hello.track.max));
    lanes.map("blob", extent_map(hello.blob.min, hello.blob.max));
    return lanes;
}

LaneExtent read_extent(const Value& lane) {
    const LaneExtent extent{lane.get("min").uint(1), lane.get("max").uint()};
    if (extent.min - 1 > extent.max) lane.fault("begins behind its end");
    return extent;
}

FactExtent read_fact_extent(const Value& lane) {
    const auto extent = read_extent(lane);
    const auto acked = lane.get("acked").uint();
    if (acked > extent.max) lane.fault("has more acked than there is");
    return {extent.min, acked, extent.max, lane.get("hash").fixed<core::Hash>()};
}

std::map<std::string, std::string> read_versions(const Value& value) {
    std::map<std::string, std::string> versions;
    if (!value || value.node()->kind != Node::Kind::map || value.node()->keys.size() > max_versions) {
        value.fault("is not a map of at most 8");
        return versions;
    }
    for (const auto key : value.node()->keys) {
        if (key.empty() || key.size() > max_version_name) value.fault("has a name that is too long or empty");
        versions.emplace(key, value.get(key).text(0, max_version_text));
    }
    return versions;
}

}  // namespace

core::Bytes encode(const Hello& hello) {
    CborMap map;
    map.bytes("nonce", hello.nonce.bytes()).bytes("boot", hello.boot.bytes()).bytes("epoch", hello.epoch.bytes());
    CborWriter ancestors;
    ancestors.array(hello.ancestors.size());
    for (const auto& ancestor : hello.ancestors) ancestors.bytes(ancestor.bytes());
    map.item("ancestors", ancestors.take()).map("lanes", lanes_map(hello)).uint("view", hello.view);
    if (hello.server_gen) map.bytes("server_gen", hello.server_gen->bytes());
    CborMap versions;
    for (const auto& [name, version] : hello.versions) versions.text(name, version);
    auto bytes = map.map("versions", versions).time("time_ms", hello.time).encode();
    if (const auto read = decode_hello(bytes); !read) throw std::invalid_argument(read.error().message);
    return bytes;
}

core::Result<Hello> decode_hello(core::ByteView message) {
    const auto tree = read_cbor(message);
    if (!tree) return tree.error().context("hello");
    Faults faults;
    const Value map(faults, &*tree, "hello");
    Hello hello;
    hello.nonce = map.get("nonce").fixed<core::Nonce>();
    hello.boot = map.get("boot").fixed<core::BootId>();
    hello.epoch = map.get("epoch").fixed<core::Epoch>();
    for (const auto& item : map.get("ancestors").items(0, max_ancestors)) {
        hello.ancestors.push_back(item.fixed<core::Epoch>());
    }
    const auto lanes = map.get("lanes");
    hello.fact = read_fact_extent(lanes.get("fact"));
    hello.track = read_extent(lanes.get("track"));
    hello.blob = read_extent(lanes.get("blob"));
    hello.view = map.get("view").uint();
    hello.server_gen = map.maybe("server_gen").maybe_fixed<core::ServerGen>();
    hello.versions = read_versions(map.get("versions"));
    hello.time = map.get("time_ms").time();
    if (faults.any()) return faults.first().context("hello");
    return hello;
}

}  // namespace plus7::wire
