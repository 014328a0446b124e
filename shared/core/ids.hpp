// Identifiers with distinct types. On the wire and in databases: 16 bytes, or the device id's 13 characters.
#pragma once
#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/bytes.hpp"

namespace plus7::core {

using EventId = Fixed<16, struct EventIdTag>;      // UUIDv7, made where the act happens
using Epoch = Fixed<16, struct EpochTag>;          // one unbroken life of a device's database
using BootId = Fixed<16, struct BootIdTag>;        // one power-on of a device (kernel's boot_id)
using Nonce = Fixed<16, struct NonceTag>;          // one MQTT connection, or one enrolment
using ServerGen = Fixed<16, struct ServerGenTag>;  // one unbroken life of central's database

// 13 characters of 0-9a-hjkmnp-tv-z (Crockford's base 32, lower case: 65 random bits), made by central only.
class DeviceId {
  public:
    static constexpr std::size_t length = 13;
    static std::optional<DeviceId> parse(std::string_view text);
    static DeviceId random();

    const std::string& text() const { return text_; }
    auto operator<=>(const DeviceId&) const = default;

  private:
    explicit DeviceId(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace plus7::core

template <>
struct std::hash<plus7::core::DeviceId> {
    std::size_t operator()(const plus7::core::DeviceId& id) const { return std::hash<std::string>{}(id.text()); }
};
