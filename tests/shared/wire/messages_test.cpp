#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/limits.hpp"
#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
namespace wire = plus7::wire;
using plus7::test::Dice;

TEST_CASE("whatever valid value is written is read back equal") {
    Dice dice;
    CAPTURE(dice.seed());
    for (int round = 0; round < 2000; ++round) {
        CAPTURE(round);
        const auto fact = dice.fact();
        REQUIRE(wire::decode_body(wire::encode_body(fact)).value() == fact);
        const auto hello = dice.hello();
        REQUIRE(wire::decode_hello(wire::encode(hello)).value() == hello);
        const auto welcome = dice.welcome();
        REQUIRE(wire::decode_welcome(wire::encode(welcome)).value() == welcome);
        const auto ack = dice.ack();
        REQUIRE(wire::decode_ack(wire::encode(ack)).value() == ack);
        const auto policy = dice.policy();
        REQUIRE(wire::decode_policy(wire::encode(policy)).value() == policy);
        const auto gap = dice.gap();
        REQUIRE(std::get<wire::Gap>(wire::decode_track_record(wire::encode_record(gap)).value()) == gap);
        const auto chunk = dice.chunk();
        REQUIRE(wire::decode_blob_record(wire::encode_record(chunk)).value() == chunk);
        const auto fix = dice.fix();
        REQUIRE(wire::decode_live(wire::encode(fix)).value() == fix);
        const auto state = dice.state();
        REQUIRE(wire::decode_state(wire::encode(state)).value() == state);
        const wire::ViewApplied applied{dice.number(0, INT64_MAX), dice.fixed<core::Hash>()};
        REQUIRE(wire::decode_view_applied(wire::encode(applied)).value() == applied);
        const auto parts = wire::split_view(dice.view(10)).value();
        REQUIRE(parts.size() == 1);
        REQUIRE(wire::decode_view_part(wire::encode(parts.front())).value() == parts.front());
    }
}

TEST_CASE("a hello whose cursors contradict each other is refused, on both sides") {
    const auto broken = [](auto change) {
        auto hello = plus7::test::sample_hello();
        change(hello);
        CHECK_THROWS_AS(wire::encode(hello), std::invalid_argument);
    };
    broken([](auto& hello) { hello.fact.acked = hello.fact.max + 1; });
    broken([](auto& hello) { hello.track.min = hello.track.max + 2; });
    broken([](auto& hello) { hello.blob.min = 0; });
    broken([](auto& hello) { hello.ancestors.resize(9); });
    broken([](auto& hello) { hello.versions["agent"] = std::string(65, 'x'); });
    broken([](auto& hello) { hello.versions[""] = "x"; });
    auto empty = plus7::test::sample_hello();
    empty.fact = {.min = 44, .acked = 43, .max = 43, .hash = {}};
    empty.ancestors.resize(8);
    CHECK(wire::decode_hello(wire::encode(empty)).value() == empty);
}

TEST_CASE("what a later version adds to a message is ignored") {
    const auto hello = wire::encode(plus7::test::sample_hello());
    const auto tree = wire::read_cbor(hello).value();
    wire::CborMap map;
    for (std::size_t i = 0; i < tree.keys.size(); ++i) map.item(tree.keys[i], core::copy_of(tree.items[i].encoded));
    map.item("battery", plus7::test::hex("a1 61 70 18 32"));
    CHECK(wire::decode_hello(map.encode()).value() == plus7::test::sample_hello());
}

TEST_CASE("an older central's policy leaves the defaults in place") {
    CHECK(wire::decode_policy(wire::CborMap{}.encode()).value() == wire::Policy{});
    CHECK(wire::decode_policy(wire::CborMap{}.boolean("locked", true).encode()).value().locked);
}

TEST_CASE("a policy tells of a wipe that is asked") {
    wire::Policy policy;
    policy.locked = true;
    policy.wipe = wire::WipeRequest{plus7::model::WipeId{{9}}, core::time_ms(1'763'800'200'000)};
    CHECK(wire::decode_policy(wire::encode(policy)).value() == policy);
    CHECK_FALSE(wire::decode_policy(wire::CborMap{}.boolean("wipe", true).encode()).ok());
}

TEST_CASE("a policy beyond what this version can do reads as the nearest it can, and is not made here") {
    const auto read = [](std::string_view member, std::uint64_t value) {
        return wire::decode_policy(wire::CborMap{}.uint(member, value).encode()).value();
    };
    CHECK(read("live_ms", 0).live == std::chrono::seconds{1});
    CHECK(read("sample_ms", 0).sample == std::chrono::milliseconds{1});
    CHECK(read("decimals", 7).decimals == 6);
    CHECK(read("decimals", 4).decimals == 5);
    CHECK(read("seal_fixes", INT64_MAX).seal_fixes == 600);
    CHECK(read("seal_fixes_offline", 0).seal_fixes_offline == 1);
    CHECK_FALSE(wire::decode_policy(wire::CborMap{}.boolean("decimals", true).encode()).ok());
    wire::Policy wide;
    wide.seal_fixes = 601;
    CHECK_THROWS_AS(wire::encode(wide), std::invalid_argument);
}

TEST_CASE("an epoch's state of a later version reads as unknown") {
    CHECK(wire::epoch_state_of(3) == wire::EpochState::frozen);
    CHECK(wire::epoch_state_of(4) == wire::EpochState::unknown);
    auto welcome = plus7::test::sample_welcome();
    welcome.epoch_state = static_cast<wire::EpochState>(77);
    CHECK(wire::decode_welcome(wire::encode(welcome)).value().epoch_state == wire::EpochState::unknown);
    auto ack = plus7::test::sample_ack();
    ack.epoch_state = static_cast<wire::EpochState>(77);
    CHECK(wire::decode_ack(wire::encode(ack)).value().epoch_state == wire::EpochState::unknown);
}

TEST_CASE("an ack of facts carries the hash, and ranges lie above upto") {
    auto ack = plus7::test::sample_ack();
    ack.lane = wire::Lane::fact;
    CHECK_THROWS_AS(wire::encode(ack), std::invalid_argument);
    ack.hash = core::Hash{};
    CHECK(wire::decode_ack(wire::encode(ack)).value() == ack);
    ack.upto = 14;
    CHECK_THROWS_AS(wire::encode(ack), std::invalid_argument);
    ack.upto = 13;
    CHECK(wire::decode_ack(wire::encode(ack)).value() == ack);
    ack.blobs_bad.resize(wire::max_blobs_named + 1);
    CHECK_THROWS_AS(wire::encode(ack), std::invalid_argument);
}

TEST_CASE("a live position leaves out what is no number and keeps the place") {
    plus7::model::Fix fix;
    fix.place = {-90, 180};
    fix.speed_mps = std::numeric_limits<double>::quiet_NaN();
    fix.course_deg = -1;
    fix.accuracy_m = std::numeric_limits<double>::infinity();
    const auto read = wire::decode_live(wire::encode(fix)).value();
    CHECK(read.place == fix.place);
    CHECK_FALSE(read.speed_mps.has_value());
    CHECK_FALSE(read.course_deg.has_value());
    CHECK_FALSE(read.accuracy_m.has_value());
    fix.place.lat = 90.1;
    CHECK_THROWS_AS(wire::encode(fix), std::invalid_argument);
}
