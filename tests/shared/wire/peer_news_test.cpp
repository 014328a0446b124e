#include "shared/wire/peer_news.hpp"

#include <doctest/doctest.h>

#include "shared/wire/cbor_writer.hpp"
#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
namespace model = plus7::model;
namespace wire = plus7::wire;
using plus7::test::filled;

namespace {

const core::DeviceId device = *core::DeviceId::parse("0123456789abc");

wire::PeerMessage one_of_each() {
    wire::PeerPlace place;
    place.fix.place = {55.75, 37.5};
    place.fix.time = core::time_ms(1'763'800'200'123);
    place.fix.speed_mps = 4.5;
    place.received = core::time_ms(1'763'800'200'456);
    wire::PeerMessage message;
    message.from = filled<wire::InstanceId>(9);
    message.news = {{device, place},
                    {device, wire::PeerShift{core::time_ms(5)}},
                    {device, wire::PeerShift{core::time_ms(5), core::time_ms(7)}},
                    {device, wire::PeerShift{}},
                    {device, wire::PeerOnline{true}},
                    {device, wire::PeerBattery{42}},
                    {device, wire::PeerAct{filled<core::EventId>(3)}},
                    {device, wire::PeerFilled{core::time_ms(1), core::time_ms(2)}},
                    {device, wire::PeerViewChanged{}},
                    {device, wire::PeerDeviceChanged{}},
                    {device, wire::PeerChat{filled<model::CourierId>(4)}}};
    return message;
}

core::Bytes with_item(const wire::CborMap& item) {
    const auto list = wire::CborWriter{}.array(1).item(item.encode()).take();
    return wire::CborMap{}.bytes("from", filled<wire::InstanceId>(1).bytes()).item("news", list).encode();
}

}  // namespace

TEST_CASE("news between instances are read back as they were, and no shorter form of them is read") {
    const auto message = one_of_each();
    const auto bytes = wire::encode(message);
    const auto read = wire::decode_peer_message(bytes);
    REQUIRE(read.ok());
    CHECK(read->from == message.from);
    CHECK(read->news == message.news);
    CHECK(read->skipped == 0);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_FALSE(wire::decode_peer_message(core::ByteView(bytes).first(size)).ok());
}

TEST_CASE("news of a kind that a later version knows are skipped, the rest is read") {
    const auto later = with_item(wire::CborMap{}.uint("kind", 99).text("dev", device.text()).uint("x", 1));
    const auto read = wire::decode_peer_message(later);
    REQUIRE(read.ok());
    CHECK(read->news.empty());
    CHECK(read->skipped == 1);
    CHECK(wire::decode_peer_message(with_item(wire::CborMap{}.uint("kind", 7).text("dev", device.text())))->news ==
          std::vector<wire::PeerNews>{{device, wire::PeerViewChanged{}}});
}

TEST_CASE("news that break a rule are refused on both sides") {
    CHECK_THROWS_AS(wire::encode(wire::PeerMessage{}), std::invalid_argument);
    auto many = one_of_each();
    many.news.assign(wire::max_peer_news, {device, one_of_each().news.front().what});
    const auto largest = wire::encode(many);
    CHECK(largest.size() <= wire::max_peer_bytes);
    CHECK(wire::decode_peer_message(largest).ok());
    many.news.push_back(many.news.front());
    CHECK_THROWS_AS(wire::encode(many), std::invalid_argument);
    CHECK_FALSE(
        wire::decode_peer_message(with_item(wire::CborMap{}.uint("kind", 7).text("dev", "_central_____"))).ok());
    CHECK_FALSE(wire::decode_peer_message(with_item(wire::CborMap{}.uint("kind", 4).text("dev", device.text()))).ok());
    const auto full = wire::CborMap{}.uint("kind", 4).text("dev", device.text()).uint("percent", 101);
    CHECK_FALSE(wire::decode_peer_message(with_item(full)).ok());
    CHECK_FALSE(wire::decode_peer_message(core::Bytes(wire::max_peer_bytes + 1)).ok());
}
