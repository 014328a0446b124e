#include <doctest/doctest.h>

#include <stdexcept>

#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/fact.hpp"
#include "shared/wire/limits.hpp"
#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
namespace wire = plus7::wire;
using plus7::test::filled;

namespace {

// The body of the sample fact with one member put in another's place, or added.
core::Bytes body_with(std::string_view key, const core::Bytes& value) {
    const auto body = wire::encode_body(plus7::test::sample_fact());
    const auto tree = wire::read_cbor(body).value();
    wire::CborMap map;
    for (std::size_t i = 0; i < tree.keys.size(); ++i) {
        if (tree.keys[i] != key) map.item(tree.keys[i], core::copy_of(tree.items[i].encoded));
    }
    if (!value.empty()) map.item(key, value);
    return map.encode();
}

core::Bytes uint_item(std::uint64_t value) { return wire::CborWriter{}.uint(value).take(); }

std::string refusal(const core::Bytes& body) {
    const auto read = wire::decode_body(body);
    return read ? "" : read.error().message;
}

}  // namespace

TEST_CASE("a sealed fact is read back as it was and verifies") {
    const auto fact = plus7::test::sample_fact();
    const auto key = plus7::test::sample_key();
    const auto record = wire::encode_record(wire::seal(fact, key));
    const auto read = wire::decode_fact_record(record);
    REQUIRE(read.ok());
    CHECK(wire::verify(*read, key.public_key()));
    CHECK_FALSE(wire::verify(*read, plus7::test::central_key().public_key()));
    CHECK(wire::decode_body(read->body).value() == fact);
}

TEST_CASE("a fact of which any bit was turned is refused") {
    const auto key = plus7::test::sample_key();
    const auto record = wire::encode_record(wire::seal(plus7::test::sample_fact(), key));
    std::size_t accepted = 0;
    for (std::size_t bit = 0; bit < record.size() * 8; ++bit) {
        auto turned = record;
        turned[bit / 8] = static_cast<std::uint8_t>(turned[bit / 8] ^ (1U << (bit % 8)));
        const auto read = wire::decode_fact_record(turned);
        if (read && wire::verify(*read, key.public_key())) ++accepted;
    }
    CHECK(accepted == 0);
}

TEST_CASE("a fact with any member changed no longer verifies under its old signature") {
    const auto key = plus7::test::sample_key();
    const auto fact = plus7::test::sample_fact();
    const auto sig = wire::seal(fact, key).sig;
    std::vector<wire::Fact> changed(11, fact);
    changed[0].device = *core::DeviceId::parse("0123456789abd");
    changed[1].epoch.value[15] ^= 1;
    changed[2].seq = 2;
    changed[3].prev.value[0] ^= 1;
    changed[4].id.value[3] ^= 1;
    changed[5].type = "scam";
    changed[6].at.mono += std::chrono::milliseconds{1};
    changed[7].where->place.lat += 1e-6;
    changed[8].view = 8;
    changed[9].who.shift.reset();
    changed[10].about.custody_version = 4;
    for (const auto& other : changed) {
        const auto body = wire::encode_body(other);
        CAPTURE(core::to_hex(body));
        CHECK_FALSE(wire::verify({body, sig}, key.public_key()));
    }
}

TEST_CASE("what a later version adds to a fact is ignored, a type it invents passes") {
    const auto fact = plus7::test::sample_fact();
    const auto read = wire::decode_body(body_with("new", plus7::test::hex("82 f6 a1 61 78 20")));
    REQUIRE(read.ok());
    CHECK(*read == fact);
    auto invented = fact;
    invented.type = "parcel.frozen_by.drone2";
    CHECK(wire::decode_body(wire::encode_body(invented)).value() == invented);
}

TEST_CASE("a clock source of a later version reads as a clock that was never set") {
    const auto at = wire::CborMap{}
                        .bytes("boot", filled<core::BootId>(1).bytes())
                        .uint("mono_ms", 1)
                        .uint("wall_ms", 1)
                        .uint("wall_src", 77)
                        .encode();
    CHECK(wire::decode_body(body_with("at", at)).value().at.wall_src == core::WallSource::unset);
}

TEST_CASE("a fact that lacks a member or has a wrong one is refused with the member's name") {
    for (const std::string key : {"v", "id", "dev", "ep", "seq", "prev", "type", "at", "view", "data"}) {
        CAPTURE(key);
        CHECK(refusal(body_with(key, {})).find(std::string{key} + " is missing") != std::string::npos);
        CHECK_FALSE(refusal(body_with(key, plus7::test::hex("f6"))).empty());
    }
    CHECK(refusal(body_with("v", uint_item(2))) == "fact: v is not 1");
    CHECK(refusal(body_with("seq", uint_item(0))) == "fact: seq is not in 1 … 9223372036854775807");
    CHECK(refusal(body_with("id", plus7::test::hex("4101"))) == "fact: id has 1 bytes, not 16 … 16");
    CHECK(refusal(body_with("dev", wire::CborWriter{}.text("_central_____").take())) == "fact: dev is no device id");
    CHECK(refusal(body_with("type", wire::CborWriter{}.text("Scan").take())) == "fact: type is no name of a type");
    CHECK(refusal(body_with("data", plus7::test::hex("80"))) == "fact: data is not a map");
    CHECK(refusal(plus7::test::hex("80")) == "fact: fact is not a map");
}

TEST_CASE("places off the globe and times beyond the year 9999 are refused") {
    const auto where = [](std::int64_t lat, std::int64_t lon) {
        return body_with("where", wire::CborMap{}.integer("lat", lat).integer("lon", lon).uint("age_ms", 0).encode());
    };
    CHECK(refusal(where(900'000'000, -1'800'000'000)).empty());
    CHECK_FALSE(refusal(where(900'000'001, 0)).empty());
    CHECK_FALSE(refusal(where(0, -1'800'000'001)).empty());
    const auto at = [](std::int64_t wall_ms) {
        wire::CborMap map;
        map.bytes("boot", filled<core::BootId>(1).bytes()).uint("mono_ms", 1).uint("wall_src", 1);
        return body_with("at", map.integer("wall_ms", wall_ms).encode());
    };
    CHECK(refusal(at(wire::max_time_ms)).empty());
    CHECK_FALSE(refusal(at(wire::max_time_ms + 1)).empty());
    CHECK_FALSE(refusal(at(INT64_MIN)).empty());
}

TEST_CASE("a fact that breaks the rules is not encoded") {
    const auto broken = [](auto change) {
        auto fact = plus7::test::sample_fact();
        change(fact);
        CHECK_THROWS_AS(wire::encode_body(fact), std::invalid_argument);
    };
    broken([](auto& fact) { fact.seq = 0; });
    broken([](auto& fact) { fact.type = ""; });
    broken([](auto& fact) { fact.type = std::string(49, 'a'); });
    broken([](auto& fact) { fact.data = plus7::test::hex("80"); });
    broken([](auto& fact) { fact.data = plus7::test::hex("a0a0"); });
    broken([](auto& fact) { fact.where->place.lat = 91; });
    broken([](auto& fact) { fact.at.mono = std::chrono::milliseconds{-1}; });
    broken([](auto& fact) { fact.data = wire::CborMap{}.bytes("x", core::Bytes(wire::max_fact_body_bytes)).encode(); });
}

TEST_CASE("a body is taken up to 16 KiB and not beyond") {
    auto fact = plus7::test::sample_fact();
    fact.data = wire::CborMap{}.bytes("x", core::Bytes(1000)).encode();
    const auto rest = wire::encode_body(fact).size() - 1000;
    fact.data = wire::CborMap{}.bytes("x", core::Bytes(wire::max_fact_body_bytes - rest)).encode();
    CHECK(wire::encode_body(fact).size() == wire::max_fact_body_bytes);
    fact.data = wire::CborMap{}.bytes("x", core::Bytes(wire::max_fact_body_bytes - rest + 1)).encode();
    CHECK_THROWS_AS(wire::encode_body(fact), std::invalid_argument);
}

TEST_CASE("the first link depends on every part of the parent") {
    const auto epoch = filled<core::Epoch>(1);
    const wire::Parent parent{filled<core::Epoch>(2), 5, filled<core::Hash>(3)};
    const auto link = wire::first_prev(epoch, parent);
    CHECK(link != wire::first_prev(filled<core::Epoch>(9), parent));
    CHECK(link != wire::first_prev(epoch, wire::Parent{filled<core::Epoch>(9), 5, parent.hash}));
    CHECK(link != wire::first_prev(epoch, wire::Parent{parent.epoch, 6, parent.hash}));
    CHECK(link != wire::first_prev(epoch, wire::Parent{parent.epoch, 5, filled<core::Hash>(9)}));
    CHECK(wire::first_prev(epoch, std::nullopt) == wire::first_prev(epoch, wire::Parent{}));
}
