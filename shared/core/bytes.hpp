// Byte strings, their printable forms, and fixed-size byte values with distinct types.
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plus7::core {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

ByteView view_of(std::string_view text);
std::string_view text_of(ByteView bytes);
Bytes copy_of(ByteView bytes);
bool equal(ByteView a, ByteView b);  // not constant-time: see crypto/ for secrets

// Lower case on output, either case on input; nothing for an odd length or a foreign character.
std::string to_hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view text);

// RFC 4648 §5 without padding; nothing for a foreign character, padding or an impossible length.
std::string to_base64url(ByteView bytes);
std::optional<Bytes> from_base64url(std::string_view text);

// Size bytes with a meaning: Fixed<16, struct EpochTag> and Fixed<16, struct BootTag> do not mix.
template <std::size_t Size, typename Tag>
struct Fixed {
    static constexpr std::size_t size = Size;
    std::array<std::uint8_t, Size> value{};

    ByteView bytes() const { return value; }
    std::string hex() const { return to_hex(value); }
    bool is_zero() const { return *this == Fixed{}; }
    auto operator<=>(const Fixed&) const = default;

    // Nothing unless exactly Size bytes are given.
    static std::optional<Fixed> from(ByteView bytes) {
        if (bytes.size() != Size) return std::nullopt;
        Fixed result;
        for (std::size_t i = 0; i < Size; ++i) result.value[i] = bytes[i];
        return result;
    }
};

using Hash = Fixed<32, struct HashTag>;            // SHA-256
using Signature = Fixed<64, struct SignatureTag>;  // Ed25519
using PublicKey = Fixed<32, struct PublicKeyTag>;  // Ed25519

}  // namespace plus7::core
