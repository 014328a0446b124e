#include "shared/crypto/totp.hpp"

#include <openssl/hmac.h>

#include <array>
#include <chrono>
#include <stdexcept>

#include "shared/crypto/base32.hpp"
#include "shared/crypto/openssl_ptr.hpp"
#include "shared/crypto/token.hpp"

namespace plus7::crypto {
namespace {

constexpr std::chrono::seconds step_length{30};

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const auto byte : core::view_of(text)) {
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
        if (plain) {
            out.push_back(static_cast<char>(byte));
        } else {
            out.push_back('%');
            out.push_back(digits[byte >> 4U]);
            out.push_back(digits[byte & 15U]);
        }
    }
    return out;
}

}  // namespace

std::string decimal_code(core::ByteView mac, unsigned digits) {
    if (mac.size() < 20 || mac.size() > 64) throw std::invalid_argument("a code is cut from a MAC of 20–64 bytes");
    if (digits < 6 || digits > 9) throw std::invalid_argument("a code has 6–9 digits");
    const std::size_t offset = mac.back() & 15U;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = (number << 8U) | mac[offset + i];
    number &= 0x7fffffffU;
    std::string out(digits, '0');
    for (auto digit = out.rbegin(); digit != out.rend(); ++digit, number /= 10) {
        *digit = static_cast<char>('0' + number % 10);
    }
    return out;
}

std::string hotp(core::ByteView secret, std::uint64_t counter, unsigned digits) {
    std::array<std::uint8_t, 8> message{};
    for (auto byte = message.rbegin(); byte != message.rend(); ++byte, counter >>= 8U) {
        *byte = static_cast<std::uint8_t>(counter & 255U);
    }
    std::array<std::uint8_t, 20> mac{};
    const auto* done = HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), message.data(), message.size(),
                            mac.data(), nullptr);
    require(done != nullptr, "HMAC-SHA-1");
    return decimal_code(mac, digits);
}

SecretBytes totp_secret() { return SecretBytes::random(20); }

std::uint64_t totp_step(core::TimeUs at) {
    const auto steps = at.time_since_epoch() / step_length;
    return steps < 0 ? 0 : static_cast<std::uint64_t>(steps);
}

std::optional<std::uint64_t> totp_verify(core::ByteView secret, std::string_view code, core::TimeUs at,
                                         std::optional<std::uint64_t> used) {
    const auto now = totp_step(at);
    std::optional<std::uint64_t> matched;
    for (auto step = now == 0 ? 0 : now - 1; step <= now + 1; ++step) {
        const bool fits = equal_constant_time(core::view_of(hotp(secret, step)), core::view_of(code));
        if (fits && !matched && (!used || step > *used)) matched = step;
    }
    return matched;
}

std::string totp_uri(std::string_view issuer, std::string_view account, core::ByteView secret) {
    const auto by = percent_encoded(issuer);
    return "otpauth://totp/" + by + ":" + percent_encoded(account) + "?secret=" + to_base32(secret) + "&issuer=" + by +
           "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace plus7::crypto
