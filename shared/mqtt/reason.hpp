// MQTT 5 reason codes (OASIS MQTT 5.0, 2.4) that our code asks about. Codes below 0x80 are successes.
#pragma once
#include <cstdint>
#include <string>

namespace plus7::mqtt {

using ReasonCode = std::uint8_t;

namespace reason {
inline constexpr ReasonCode success = 0x00;
inline constexpr ReasonCode no_matching_subscribers = 0x10;
inline constexpr ReasonCode unspecified = 0x80;
inline constexpr ReasonCode bad_user_or_password = 0x86;
inline constexpr ReasonCode not_authorized = 0x87;
inline constexpr ReasonCode session_taken_over = 0x8e;
inline constexpr ReasonCode packet_too_large = 0x95;
inline constexpr ReasonCode quota_exceeded = 0x97;
}  // namespace reason

constexpr bool is_failure(ReasonCode code) { return code >= 0x80; }
std::string hex_of(ReasonCode code);  // "0x8e"

}  // namespace plus7::mqtt
