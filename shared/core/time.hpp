// Time: Unix time in the units we store (µs) and send (ms), the three clocks of a record, and the Clock port.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/ids.hpp"

namespace plus7::core {

using TimeUs = std::chrono::sys_time<std::chrono::microseconds>;  // databases
using TimeMs = std::chrono::sys_time<std::chrono::milliseconds>;  // the wire

constexpr std::int64_t count(TimeUs t) { return t.time_since_epoch().count(); }
constexpr std::int64_t count(TimeMs t) { return t.time_since_epoch().count(); }
constexpr TimeUs time_us(std::int64_t unix_us) { return TimeUs{std::chrono::microseconds{unix_us}}; }
constexpr TimeMs time_ms(std::int64_t unix_ms) { return TimeMs{std::chrono::milliseconds{unix_ms}}; }

// "2026-11-22T09:30:00.123Z"; years 0001–9999, UTC. Parsing accepts what printing gives, with or without the fraction.
std::string to_iso8601(TimeMs t);
std::optional<TimeMs> from_iso8601(std::string_view text);

// Where the wall clock of a device got its time from; the numbers are on the wire (sync-protocol.md, `wall_src`).
enum class WallSource : std::uint8_t {
    unset = 0,    // the clock was never set since power-on
    rtc = 1,      // a battery-backed clock
    network = 2,  // NTP, the modem
    gps = 3,      // disciplined by GPS
    central = 4,  // the offset learned from central's `welcome`
};

// The three clocks of an act: what GPS said, what the wall clock said, and the monotonic clock of one boot.
struct Stamp {
    std::optional<TimeMs> gps;
    TimeMs wall{};
    WallSource wall_src = WallSource::unset;
    BootId boot;
    std::chrono::milliseconds mono{0};  // CLOCK_BOOTTIME: goes on in suspend
    bool operator==(const Stamp&) const = default;
};

class Clock {
  public:
    virtual ~Clock() = default;
    virtual TimeUs now() = 0;                      // wall clock
    virtual std::chrono::milliseconds mono() = 0;  // never goes back within one boot
};

// The machine's own clocks. Any thread.
class SystemClock final : public Clock {
  public:
    TimeUs now() override;
    std::chrono::milliseconds mono() override;
};

}  // namespace plus7::core
