// Values for the tests of the wire: fixed ones, whose bytes are written down, and random ones from a seeded generator.
#pragma once
#include <cstdint>
#include <random>
#include <string_view>

#include "shared/core/bytes.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/wire/access_rows.hpp"
#include "shared/wire/ack.hpp"
#include "shared/wire/blob_record.hpp"
#include "shared/wire/fact.hpp"
#include "shared/wire/gap_record.hpp"
#include "shared/wire/hello.hpp"
#include "shared/wire/live.hpp"
#include "shared/wire/view_message.hpp"
#include "shared/wire/welcome.hpp"

namespace plus7::test {

core::Bytes hex(std::string_view text);  // spaces are skipped; throws std::invalid_argument

template <typename Fixed>
Fixed filled(std::uint8_t byte) {
    Fixed value;
    value.value.fill(byte);
    return value;
}

// The keys, device and messages that docs/protocol.md shows.
crypto::SigningKey sample_key();   // seed 00 01 … 1f
crypto::SigningKey central_key();  // seed 20 21 … 3f
core::DeviceId sample_device();    // 0123456789abc
wire::Fact sample_fact();
wire::Hello sample_hello();
wire::Welcome sample_welcome();
wire::Ack sample_ack();
wire::ViewDelta sample_view();
wire::AccessRow sample_access();

// Random but valid values; the seed comes from PLUS7_TEST_SEED or the system and is printed.
class Dice {
  public:
    Dice();
    explicit Dice(std::uint64_t seed) : seed_(seed), engine_(seed) {}

    std::uint64_t seed() const { return seed_; }
    std::uint64_t number(std::uint64_t least, std::uint64_t most);  // each magnitude about as likely as any other
    std::uint64_t even(std::uint64_t least, std::uint64_t most);    // uniform
    bool coin() { return even(0, 1) == 1; }
    core::Bytes bytes(std::size_t least, std::size_t most);
    core::TimeMs time();
    core::LatLon place();
    std::vector<wire::SeqRange> ranges(std::uint64_t above);
    template <typename Fixed>
    Fixed fixed() {
        return *Fixed::from(bytes(Fixed::size, Fixed::size));
    }
    template <typename Fixed>
    std::optional<Fixed> maybe_fixed() {
        if (coin()) return std::nullopt;
        return fixed<Fixed>();
    }

    wire::Fact fact();
    wire::Hello hello();
    wire::Welcome welcome();
    wire::Ack ack();
    wire::ViewDelta view(std::size_t most_rows);
    wire::Gap gap();
    wire::BlobChunk chunk();
    wire::Policy policy();
    model::Fix fix();
    wire::DeviceState state();

  private:
    std::uint64_t seed_;
    std::mt19937_64 engine_;
};

}  // namespace plus7::test
