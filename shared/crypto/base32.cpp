#include "shared/crypto/base32.hpp"

namespace plus7::crypto {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

int digit_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a';
    if (c >= '2' && c <= '7') return c - '2' + 26;
    return -1;
}

// 1, 3 or 6 digits over a group of eight hold no whole number of bytes.
bool possible_length(std::size_t digits) {
    const auto rest = digits % 8;
    return rest != 1 && rest != 3 && rest != 6;
}

}  // namespace

std::string to_base32(core::ByteView bytes) {
    std::string out;
    out.reserve((bytes.size() * 8 + 4) / 5);
    std::uint32_t buffer = 0;
    unsigned bits = 0;
    for (const auto byte : bytes) {
        buffer = (buffer << 8U) | byte;
        for (bits += 8; bits >= 5; bits -= 5) out.push_back(alphabet[(buffer >> (bits - 5)) & 31U]);
    }
    if (bits > 0) out.push_back(alphabet[(buffer << (5 - bits)) & 31U]);
    return out;
}

std::optional<core::Bytes> from_base32(std::string_view text) {
    const auto digits = text.substr(0, text.find('='));
    const auto padding = text.substr(digits.size());
    if (!possible_length(digits.size())) return std::nullopt;
    if (!padding.empty() && padding != std::string_view("======").substr(0, (8 - digits.size() % 8) % 8)) {
        return std::nullopt;
    }
    core::Bytes out;
    out.reserve(digits.size() * 5 / 8);
    std::uint32_t buffer = 0;
    unsigned bits = 0;
    for (const char c : digits) {
        const int digit = digit_of(c);
        if (digit < 0) return std::nullopt;
        buffer = (buffer << 5U) | static_cast<std::uint32_t>(digit);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<std::uint8_t>((buffer >> bits) & 255U));
        }
    }
    if ((buffer & ((1U << bits) - 1U)) != 0) return std::nullopt;
    return out;
}

}  // namespace plus7::crypto
