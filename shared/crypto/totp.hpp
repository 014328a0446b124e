// One-time codes: the second factor of staff (TOTP, RFC 6238: SHA-1, 6 digits, 30 s) and decimal codes cut from any MAC
// (the customer's handover code). Any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/bytes.hpp"
#include "shared/core/time.hpp"
#include "shared/crypto/secret_bytes.hpp"

namespace plus7::crypto {

// RFC 4226 §5.3 on the last byte of a MAC of 20–64 bytes; 6–9 digits, leading zeros kept; else std::invalid_argument.
std::string decimal_code(core::ByteView mac, unsigned digits = 6);

// RFC 4226: HMAC-SHA-1 over the counter (u64 big-endian).
std::string hotp(core::ByteView secret, std::uint64_t counter, unsigned digits = 6);

SecretBytes totp_secret();                 // 20 random bytes
std::uint64_t totp_step(core::TimeUs at);  // number of the 30 s step; 0 before 1970

// The step whose code was given: the present one, the one before or after. Nothing when none fits. The caller stores it
// and passes it as `used` next time: steps up to `used` are not accepted again (a code works once, RFC 6238 §5.2).
std::optional<std::uint64_t> totp_verify(core::ByteView secret, std::string_view code, core::TimeUs at,
                                         std::optional<std::uint64_t> used = std::nullopt);

// otpauth://totp/… for the QR of an authenticator app (Google Authenticator's key URI format); holds the secret.
std::string totp_uri(std::string_view issuer, std::string_view account, core::ByteView secret);

}  // namespace plus7::crypto
