#include "shared/wire/down_envelope.hpp"

#include <doctest/doctest.h>

#include "shared/wire/cbor_writer.hpp"
#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
namespace wire = plus7::wire;
using plus7::test::filled;
using wire::DownFault;
using wire::DownType;

namespace {

const core::ServerGen known_gen = filled<core::ServerGen>(0x88);
const core::ServerGen other_gen = filled<core::ServerGen>(0x89);

wire::DownExpectation expectation() {
    return {plus7::test::sample_device(), known_gen, filled<core::Nonce>(0x66),
            plus7::test::central_key().public_key()};
}

wire::DownMessage sealed(DownType type, const core::ServerGen& gen, const core::Bytes& body) {
    const auto bytes = wire::seal_down(type, plus7::test::sample_device(), gen, body, plus7::test::central_key());
    return wire::decode_down(bytes).value();
}

core::Bytes ack_body() { return wire::encode(plus7::test::sample_ack()); }

}  // namespace

TEST_CASE("a message of the known central to this device may be acted on") {
    for (const auto type : {DownType::ack, DownType::view}) {
        const auto message = sealed(type, known_gen, ack_body());
        CHECK(message.type == type);
        CHECK(message.body == ack_body());
        CHECK_FALSE(wire::check_down(message, expectation()).has_value());
    }
}

TEST_CASE("another device's, another central's and a forged message are told apart") {
    auto expected = expectation();
    const auto message = sealed(DownType::ack, known_gen, ack_body());
    expected.device = *core::DeviceId::parse("0123456789abd");
    CHECK(wire::check_down(message, expected) == DownFault::other_device);
    expected = expectation();
    expected.key = plus7::test::sample_key().public_key();
    CHECK(wire::check_down(message, expected) == DownFault::bad_signature);
    CHECK(wire::check_down(sealed(DownType::ack, other_gen, ack_body()), expectation()) == DownFault::other_server_gen);
    expected = expectation();
    expected.server_gen.reset();
    CHECK(wire::check_down(message, expected) == DownFault::other_server_gen);
    CHECK(wire::name_of(DownFault::other_server_gen) == "other_server_gen");
}

TEST_CASE("a welcome may bring a new server generation, but only with the nonce of this connection") {
    auto welcome = plus7::test::sample_welcome();
    CHECK_FALSE(
        wire::check_down(sealed(DownType::welcome, other_gen, wire::encode(welcome)), expectation()).has_value());
    auto first = expectation();
    first.server_gen.reset();
    CHECK_FALSE(wire::check_down(sealed(DownType::welcome, other_gen, wire::encode(welcome)), first).has_value());
    welcome.nonce = filled<core::Nonce>(0x67);
    CHECK(wire::check_down(sealed(DownType::welcome, known_gen, wire::encode(welcome)), expectation()) ==
          DownFault::other_nonce);
    CHECK(wire::check_down(sealed(DownType::welcome, known_gen, ack_body()), expectation()) == DownFault::unreadable);
}

TEST_CASE("a down message of which any bit was turned is refused") {
    const auto bytes = wire::seal_down(DownType::welcome, plus7::test::sample_device(), known_gen,
                                       wire::encode(plus7::test::sample_welcome()), plus7::test::central_key());
    REQUIRE_FALSE(wire::check_down(wire::decode_down(bytes).value(), expectation()).has_value());
    std::size_t accepted = 0;
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        auto turned = bytes;
        turned[bit / 8] = static_cast<std::uint8_t>(turned[bit / 8] ^ (1U << (bit % 8)));
        const auto read = wire::decode_down(turned);
        if (read && !wire::check_down(*read, expectation())) ++accepted;
    }
    CHECK(accepted == 0);
}

TEST_CASE("a signature made for a fact does not open a down message") {
    const auto down = sealed(DownType::ack, known_gen, ack_body());
    core::Bytes as_fact = core::copy_of(core::view_of("p7-fact"));
    as_fact.insert(as_fact.end(), down.digest.value.begin(), down.digest.value.end());
    auto forged = down;
    forged.sig = plus7::test::central_key().sign(as_fact);
    CHECK(wire::check_down(forged, expectation()) == DownFault::bad_signature);
}

TEST_CASE("an envelope of another version, type or shape is refused") {
    const auto envelope = [](std::uint64_t version, std::uint64_t type, std::string_view device,
                             std::size_t sig_bytes) {
        return wire::CborWriter{}
            .array(6)
            .uint(version)
            .uint(type)
            .text(device)
            .bytes(known_gen.bytes())
            .bytes(plus7::test::hex("a0"))
            .bytes(core::Bytes(sig_bytes))
            .take();
    };
    CHECK(wire::decode_down(envelope(1, 2, "0123456789abc", 64)).ok());
    CHECK_FALSE(wire::decode_down(envelope(2, 2, "0123456789abc", 64)).ok());
    CHECK_FALSE(wire::decode_down(envelope(1, 0, "0123456789abc", 64)).ok());
    CHECK_FALSE(wire::decode_down(envelope(1, 4, "0123456789abc", 64)).ok());
    CHECK_FALSE(wire::decode_down(envelope(1, 2, "_central", 64)).ok());
    CHECK_FALSE(wire::decode_down(envelope(1, 2, "0123456789abc", 63)).ok());
    CHECK_FALSE(wire::decode_down(plus7::test::hex("85 01 02 00 00 00")).ok());
}
